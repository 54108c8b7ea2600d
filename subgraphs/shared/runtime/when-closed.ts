import type { FastifyReply } from 'fastify';

/**
 * Calls a function when the connection that waits for an answer has closed, whether it was answered or not: at once where that has
 * happened before, while the caller was still being looked up. Node says it once, and never to whoever listens later.
 */
export function whenClosed({ raw }: Pick<FastifyReply, 'raw'>, act: () => void): void {
  if (raw.closed) act();
  else raw.once('close', act);
}

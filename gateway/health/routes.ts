import type { FastifyInstance } from 'fastify';
import type { AskReadiness } from './readiness.js';

/** Health on the public port: whether, never why. What is down and how far behind is the operator's to know. */
export function installHealth(app: FastifyInstance, ready: AskReadiness): void {
  app.get('/health/live', () => ({ live: true }));
  app.get('/health/ready', async (_request, reply) => {
    const { ready: isReady } = await ready();
    return reply.code(isReady ? 200 : 503).send({ ready: isReady });
  });
}

import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** The header that tells the caller the number of its request. */
const REQUEST_HEADER = 'overblik-request';

/** An answer that says no, as far as it may be logged: the route as it is named, never the address that was asked for. */
interface RefusedAnswer {
  readonly requestId: string;
  readonly route: string;
  readonly status: number;
}

/** Makes the number of a request; a caller cannot choose it. For Fastify's `genReqId`. */
export const newRequestId = (): string => randomUUID();

/** Called with every answer with a status of 400 or more. */
export type OnRefusedAnswer = (answer: RefusedAnswer) => void;

/**
 * Gives every answer the number of its request, and tells the log of each answer that says no: whoever quotes the number is found there.
 * To be installed before whatever may answer.
 */
export function installRequestIds(app: FastifyInstance, onRefused: OnRefusedAnswer): void {
  app.addHook('onRequest', async (_request, reply) => tellRequestId(reply));
  app.addHook('onResponse', async (_request, reply) => noteAnswer(reply, onRefused));
}

/** Does for one request what the hooks do, where it has passed none: its address cannot be read. */
export function numberUnread(reply: FastifyReply, onRefused: OnRefusedAnswer): void {
  tellRequestId(reply);
  reply.raw.once('close', () => noteAnswer(reply, onRefused));
}

function tellRequestId(reply: FastifyReply): void {
  void reply.header(REQUEST_HEADER, reply.request.id);
}

function noteAnswer({ request, statusCode: status }: FastifyReply, onRefused: OnRefusedAnswer): void {
  if (status >= 400) onRefused({ requestId: request.id, route: request.routeOptions.url ?? 'none', status });
}

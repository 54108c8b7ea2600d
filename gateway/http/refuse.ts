import type { FastifyReply } from 'fastify';
import { ERROR_CATALOGUE, type ErrorCode } from '../../subgraphs/shared/errors/catalogue.js';
import { worded } from '../plugins/own-words.js';

/** Ends a request with one error of the catalogue. */
export function refuse(
  reply: FastifyReply,
  code: ErrorCode,
  requestId: string,
  detail: Readonly<Record<string, string>> = {},
): FastifyReply {
  const { status } = ERROR_CATALOGUE[code];
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  return reply.code(status).send({ errors: [worded(code, requestId, undefined, detail)] });
}

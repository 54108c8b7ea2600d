import type { FastifyReply } from 'fastify';
import { ERROR_CATALOGUE, type ErrorCode } from '../../subgraphs/shared/errors/catalogue.js';
import { worded } from '../plugins/own-words.js';
import { sendPage } from './message-page.js';
import { pageFor } from './messages.js';
import { wantsPage } from './reader.js';

/** @returns the HTTP status of a request that fails with a code; what may fail a part alone of an answer is a failure on our side here. */
export function statusOf(code: ErrorCode): number {
  const { status } = ERROR_CATALOGUE[code];
  return status < 400 ? 503 : status;
}

/** Ends a request with one error of the catalogue: as a page for a person who came by browser, as JSON for everybody else. */
export function refuse(
  reply: FastifyReply,
  code: ErrorCode,
  detail: Readonly<Record<string, string>> = {},
): FastifyReply {
  if (wantsPage(reply.request)) return sendPage(reply, pageFor(code));
  const status = statusOf(code);
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  return reply.code(status).send({ errors: [worded(code, reply.request.id, undefined, detail)] });
}

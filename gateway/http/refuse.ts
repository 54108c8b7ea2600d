import type { FastifyReply } from 'fastify';
import { ERROR_CATALOGUE, type ErrorCode } from '../../subgraphs/shared/errors/catalogue.js';
import { worded } from '../plugins/own-words.js';
import { sendPage } from './message-page.js';
import { pageFor } from './messages.js';
import { wantsPage } from './reader.js';

/** Ends a request with one error of the catalogue: as a page for a person who came by browser, as JSON for everybody else. */
export function refuse(
  reply: FastifyReply,
  code: ErrorCode,
  requestId: string,
  detail: Readonly<Record<string, string>> = {},
): FastifyReply {
  if (wantsPage(reply.request)) return sendPage(reply, { ...pageFor(code), requestId });
  const { status } = ERROR_CATALOGUE[code];
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  return reply.code(status).send({ errors: [worded(code, requestId, undefined, detail)] });
}

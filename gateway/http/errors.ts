import { randomUUID } from 'node:crypto';
import type { FastifyError, FastifyInstance } from 'fastify';
import type { ErrorCode } from '../../subgraphs/shared/errors/catalogue.js';
import { refuse } from './refuse.js';

/** Fastify's own refusals in our words. */
const BY_FASTIFY_CODE: ReadonlyMap<string, ErrorCode> = new Map([
  ['FST_ERR_CTP_BODY_TOO_LARGE', 'BODY_TOO_LARGE'],
  ['FST_ERR_CTP_INVALID_MEDIA_TYPE', 'OPERATION_INVALID'],
  ['FST_ERR_CTP_EMPTY_JSON_BODY', 'OPERATION_INVALID'],
  ['FST_ERR_CTP_INVALID_JSON_BODY', 'OPERATION_INVALID'],
  ['FST_ERR_CTP_INVALID_CONTENT_LENGTH', 'OPERATION_INVALID'],
]);

/** Every error and every unknown address answers with a code of the catalogue and nothing else. */
export function installErrorAnswers(
  app: FastifyInstance,
  onError: (error: unknown, requestId: string) => void,
): void {
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const requestId = randomUUID();
    const known =
      BY_FASTIFY_CODE.get(error.code) ?? (error.statusCode === 429 ? 'TOO_MANY_REQUESTS' : undefined);
    const code =
      known ?? (error.statusCode !== undefined && error.statusCode < 500 ? 'OPERATION_INVALID' : 'INTERNAL');
    if (code === 'INTERNAL') onError(error, requestId);
    return refuse(reply, code, requestId);
  });
  app.setNotFoundHandler((_request, reply) => refuse(reply, 'NOT_FOUND', randomUUID()));
}

import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorCode } from '../../subgraphs/shared/errors/catalogue.js';
import type { OnError } from './attempt.js';
import { refuse } from './refuse.js';

/** Fastify's own refusals in our words. */
const BY_FASTIFY_CODE: ReadonlyMap<string, ErrorCode> = new Map([
  ['FST_ERR_BAD_URL', 'NOT_FOUND'],
  ['FST_ERR_CTP_BODY_TOO_LARGE', 'BODY_TOO_LARGE'],
  ['FST_ERR_CTP_INVALID_MEDIA_TYPE', 'OPERATION_INVALID'],
  ['FST_ERR_CTP_EMPTY_JSON_BODY', 'OPERATION_INVALID'],
  ['FST_ERR_CTP_INVALID_JSON_BODY', 'OPERATION_INVALID'],
  ['FST_ERR_CTP_INVALID_CONTENT_LENGTH', 'OPERATION_INVALID'],
]);

type AnswerError = (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => void;

/** @returns what answers an error with a code of the catalogue and nothing else. */
export function errorAnswer(onError: OnError): AnswerError {
  return (error, _request, reply) => {
    const code = codeOf(error);
    if (code === 'INTERNAL') onError(error, reply.request.id);
    void refuse(reply, code);
  };
}

function codeOf({ code, statusCode = 500 }: FastifyError): ErrorCode {
  const known = BY_FASTIFY_CODE.get(code) ?? (statusCode === 429 ? 'TOO_MANY_REQUESTS' : undefined);
  return known ?? (statusCode < 500 ? 'OPERATION_INVALID' : 'INTERNAL');
}

/** Every error and every unknown address answers with a code of the catalogue and nothing else. */
export function installErrorAnswers(app: FastifyInstance, onError: OnError): void {
  app.setErrorHandler(errorAnswer(onError));
  app.setNotFoundHandler((_request, reply) => refuse(reply, 'NOT_FOUND'));
}

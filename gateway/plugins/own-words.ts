import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import { ERROR_CATALOGUE, isErrorCode, type ErrorCode } from '../../subgraphs/shared/errors/catalogue.js';
import { isCovered, reviewAnswer } from '../answer/review.js';
import type { GatewayContext } from '../request-context.js';
import type { SupergraphRules } from '../supergraph/rules.js';

export interface OwnWordsOptions {
  readonly rules: SupergraphRules;
  /** Development only: tells what a malformed operation did wrong. */
  readonly explainInvalid: boolean;
  /** Raised when a guarded value reached a caller without a grant for it. */
  readonly onBreach: (permissions: readonly string[], requestId: string) => void;
}

/** Apollo's codes for requests that never ran, in our catalogue. */
const TRANSLATED: Readonly<Record<string, ErrorCode>> = {
  GRAPHQL_PARSE_FAILED: 'OPERATION_INVALID',
  GRAPHQL_VALIDATION_FAILED: 'OPERATION_INVALID',
  OPERATION_RESOLUTION_FAILURE: 'OPERATION_INVALID',
  BAD_USER_INPUT: 'BAD_INPUT',
  BAD_REQUEST: 'OPERATION_INVALID',
  PERSISTED_QUERY_NOT_FOUND: 'OPERATION_UNKNOWN',
  PERSISTED_QUERY_NOT_SUPPORTED: 'OPERATION_UNKNOWN',
};

/**
 * The last word on every answer: each error is one of the catalogue with the request id, a part that a dead subgraph
 * left out has an error at its path, a required value that went missing becomes an error, and nothing of a subgraph's
 * own words passes.
 */
export function ownWords(options: OwnWordsOptions): ApolloServerPlugin<GatewayContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        willSendResponse({ response, contextValue, document, operation }) {
          if (response.body.kind !== 'single') return Promise.resolve();
          const { singleResult } = response.body;
          const { requestId } = contextValue;
          const raw = singleResult.errors ?? [];
          const completion = singleResult.extensions?.['valueCompletion'] as
            GraphQLFormattedError[] | undefined;
          delete singleResult.extensions;
          const errors = raw.map((error) => translate(error, requestId, options.explainInvalid));
          for (const { code, detail, path } of contextValue.subgraphErrors)
            if (isErrorCode(code)) errors.push(worded(code, requestId, path, detail));
          if (document && operation && singleResult.data !== undefined) {
            const { missing, breaches } = reviewAnswer(
              document,
              operation,
              singleResult.data,
              options.rules,
              contextValue.caller,
              contextValue.failed,
            );
            for (const part of missing) errors.push(worded(part.code, requestId, part.path));
            for (const { path } of completion ?? [])
              if (path && !isCovered(path, errors)) errors.push(worded('INCOMPLETE', requestId, path));
            if (breaches.length > 0) {
              options.onBreach(breaches, requestId);
              singleResult.data = null;
              errors.splice(0, errors.length, worded('INTERNAL', requestId));
            }
          }
          if (errors.length > 0) singleResult.errors = errors;
          else delete singleResult.errors;
          if (singleResult.data === undefined) response.http.status = statusOf(errors);
          return Promise.resolve();
        },
      }),
  };
}

/** A request that never ran answers with the status of its error. */
function statusOf(errors: readonly GraphQLFormattedError[]): number {
  const code = errors[0]?.extensions?.['code'];
  return isErrorCode(code) ? ERROR_CATALOGUE[code].status : 500;
}

function translate(error: GraphQLFormattedError, requestId: string, explain: boolean): GraphQLFormattedError {
  const raw = error.extensions?.['code'];
  const code: ErrorCode = isErrorCode(raw) ? raw : (TRANSLATED[String(raw)] ?? 'INTERNAL');
  const { field, rule } = error.extensions ?? {};
  const detail = {
    ...(typeof field === 'string' && { field }),
    ...(typeof rule === 'string' && { rule }),
    ...(code === 'BAD_INPUT' &&
      field === undefined && { field: 'variables', rule: 'values of the declared types' }),
    ...(explain && code === 'OPERATION_INVALID' && { explanation: error.message }),
  };
  return worded(code, requestId, error.path, detail);
}

/** @returns an error in our own words. */
export function worded(
  code: ErrorCode,
  requestId: string,
  path?: GraphQLFormattedError['path'],
  detail: Readonly<Record<string, unknown>> = {},
): GraphQLFormattedError {
  return {
    message: ERROR_CATALOGUE[code].text.en,
    ...(path && { path }),
    extensions: { code, requestId, ...detail },
  };
}

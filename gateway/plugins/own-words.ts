import type { ApolloServerPlugin, GraphQLRequestContextWillSendResponse } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import { ERROR_CATALOGUE, type ErrorCode, isErrorCode } from '../../subgraphs/shared/errors/catalogue.js';
import { isCovered, reviewAnswer } from '../answer/review.js';
import type { GatewayContext } from '../request-context.js';
import type { SupergraphRules } from '../supergraph/rules.js';
import { OPERATION_LIMITS } from './operation-size.js';

export interface OwnWordsOptions {
  readonly rules: SupergraphRules;
  /** Development only: tells what a malformed operation did wrong. */
  readonly explainInvalid: boolean;
  /** Raised when a guarded value reached a caller without a grant for it. */
  readonly onBreach: (permissions: readonly string[], requestId: string) => void;
  /** Called for every error of which the caller learns no more than that something went wrong. */
  readonly onInternal: (error: unknown, requestId: string) => void;
}

interface Translation {
  readonly code: ErrorCode;
  readonly field: string;
  readonly rule: string;
}

const invalid = (field: string, rule: string): Translation => ({ code: 'OPERATION_INVALID', field, rule });

/** Apollo's codes for requests that never ran, in our catalogue. */
const TRANSLATED: ReadonlyMap<unknown, Translation> = new Map([
  ['GRAPHQL_PARSE_FAILED', invalid('query', `GraphQL of at most ${OPERATION_LIMITS.tokens} tokens`)],
  ['GRAPHQL_VALIDATION_FAILED', invalid('query', 'a document that fits the schema')],
  ['OPERATION_RESOLUTION_FAILURE', invalid('operationName', 'an operation of the document')],
  ['BAD_REQUEST', invalid('body', 'a JSON object with a query or a documentId')],
  ['BAD_USER_INPUT', { code: 'BAD_INPUT', field: 'variables', rule: 'values of the declared types' }],
]);

/**
 * The last word on every answer: each error is one of the catalogue with the request id, a part that a dead subgraph
 * left out has an error at its path, a required value that went missing becomes an error, and nothing of a subgraph's
 * own words passes.
 */
export function ownWords(options: OwnWordsOptions): ApolloServerPlugin<GatewayContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        willSendResponse(request) {
          request.contextValue.answer.worded = true;
          const { body } = request.response;
          if (body.kind === 'single') wordAnswer(request, body.singleResult, options);
          return Promise.resolve();
        },
      }),
  };
}

type Sending = GraphQLRequestContextWillSendResponse<GatewayContext>;
type Answer = Extract<Sending['response']['body'], { readonly kind: 'single' }>['singleResult'];

function wordAnswer(request: Sending, answer: Answer, options: OwnWordsOptions): void {
  const { requestId } = request.contextValue;
  const completion = takeCompletion(answer);
  for (const error of request.errors ?? [])
    if (translationOf(error).code === 'INTERNAL') options.onInternal(error.originalError ?? error, requestId);
  const errors = reportedErrors(request, answer, options.explainInvalid);
  reviewParts(request, answer, { options, completion, errors });
  if (errors.length > 0) answer.errors = withoutRepeats(errors);
  else delete answer.errors;
  if (answer.data === undefined) request.response.http.status = statusOf(errors);
}

/** Takes Apollo's extensions out of an answer. @returns what they tell of required values that went missing */
function takeCompletion(answer: Answer): readonly GraphQLFormattedError[] {
  // cast: Apollo, or the lean way, has written them
  const completion = answer.extensions?.['valueCompletion'] as GraphQLFormattedError[] | undefined;
  delete answer.extensions;
  return completion ?? [];
}

/** @returns what Apollo and the subgraphs say went wrong, in our own words. */
function reportedErrors(
  { contextValue: { requestId, subgraphErrors } }: Sending,
  answer: Answer,
  explain: boolean,
): GraphQLFormattedError[] {
  return [
    ...(answer.errors ?? []).map((error) => translate(error, requestId, explain)),
    ...subgraphErrors.map(({ code, detail, path }) => worded(code, requestId, path, detail)),
  ];
}

interface UnderReview {
  readonly options: OwnWordsOptions;
  readonly completion: readonly GraphQLFormattedError[];
  /** Gets an error for each missing part; with a breach it is the only one. */
  readonly errors: GraphQLFormattedError[];
}

/** Looks through the data of an operation that ran; a breach takes all of it away. */
function reviewParts(
  { document, operation, contextValue }: Sending,
  answer: Answer,
  { options, completion, errors }: UnderReview,
): void {
  if (!document || !operation || answer.data === undefined) return;
  const { requestId, caller, failed } = contextValue;
  const { data } = answer;
  const { missing, breaches } = reviewAnswer({ document, operation, data }, options.rules, caller, failed);
  for (const part of missing) errors.push(worded(part.code, requestId, part.path));
  for (const { path } of completion)
    if (path && !isCovered(path, errors)) errors.push(worded('INCOMPLETE', requestId, path));
  if (breaches.length === 0) return;
  options.onBreach(breaches, requestId);
  answer.data = null;
  errors.splice(0, errors.length, worded('INTERNAL', requestId));
}

/** A request that never ran answers with the status of its error. */
function statusOf(errors: readonly GraphQLFormattedError[]): number {
  const code = errors[0]?.extensions?.['code'];
  return isErrorCode(code) ? ERROR_CATALOGUE[code].status : 500;
}

/** A thousand faults of one kind at one place are one error; what explains it in development is the first one's. */
function withoutRepeats(errors: readonly GraphQLFormattedError[]): GraphQLFormattedError[] {
  const byContent = new Map<string, GraphQLFormattedError>();
  for (const error of errors) {
    const { code, field, rule } = error.extensions ?? {};
    const content = JSON.stringify([code, field, rule, error.path]);
    if (!byContent.has(content)) byContent.set(content, error);
  }
  return [...byContent.values()];
}

function translationOf({
  extensions = {},
}: Pick<GraphQLFormattedError, 'extensions'>): Partial<Translation> & {
  readonly code: ErrorCode;
} {
  const { code, field, rule } = extensions;
  if (!isErrorCode(code)) return TRANSLATED.get(code) ?? { code: 'INTERNAL' };
  return {
    code,
    ...(typeof field === 'string' && { field }),
    ...(typeof rule === 'string' && { rule }),
  };
}

function translate(error: GraphQLFormattedError, requestId: string, explain: boolean): GraphQLFormattedError {
  const { code, ...detail } = translationOf(error);
  const explanation = explain && code === 'OPERATION_INVALID' && { explanation: error.message };
  return worded(code, requestId, error.path, { ...detail, ...explanation });
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

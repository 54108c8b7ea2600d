import type { FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { z } from 'zod';
import { ERROR_CATALOGUE, isErrorCode, type ErrorCode } from '../../subgraphs/shared/errors/catalogue.js';
import { PURPOSES, isPurpose } from '../../subgraphs/shared/policy/purposes.js';
import type { AccessClient } from '../auth/access-client.js';
import type { VerifyBearer } from '../auth/bearer.js';
import { worded } from '../plugins/own-words.js';
import type { GatewayContext } from '../request-context.js';
import { isOwnPage } from '../sessions/same-origin.js';
import type { SessionKeeper } from '../sessions/session-keeper.js';
import type { TokenFacts } from '../../subgraphs/shared/identity/token-claims.js';
import type { StoredOperations } from '../stored-operations.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by `admitRequest` before the operation runs. */
    overblik?: GatewayContext;
  }
}

export interface AdmissionOptions {
  readonly verify: VerifyBearer;
  readonly access: AccessClient;
  readonly operations: StoredOperations;
  readonly keeper: SessionKeeper;
  readonly publicUrl: () => string;
  readonly isReady: () => boolean;
  readonly onRefused: (code: ErrorCode) => void;
}

/** A refusal before anything runs. */
class Refusal extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly detail: Readonly<Record<string, string>> = {},
  ) {
    super(code);
  }
}

/** Decides whether a GraphQL request is run at all: who calls, for what, which operation. */
export function admitRequest(options: AdmissionOptions) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const requestId = randomUUID();
    reply.header('overblik-request', requestId);
    try {
      request.overblik = await admit(options, request, requestId);
      request.body = cleanBody(request.body, options.operations);
    } catch (error) {
      const code = codeOf(error);
      options.onRefused(code);
      const detail = error instanceof Refusal ? error.detail : {};
      await refuse(reply, code, requestId, detail);
    }
  };
}

async function admit(
  options: AdmissionOptions,
  request: FastifyRequest,
  requestId: string,
): Promise<GatewayContext> {
  if (!options.isReady()) throw new Refusal('ACCESS_UNAVAILABLE');
  const facts = await factsOf(options, request, requestId);
  const asked = { purpose: purposeOf(request), lookupId: lookupOf(request) };
  return contextOf(options.access, facts, requestId, asked);
}

/** @returns the context an operation of this caller runs in, with the rights of this moment. */
async function contextOf(
  access: AccessClient,
  facts: TokenFacts,
  requestId: string,
  asked: Pick<GatewayContext, 'purpose' | 'lookupId'>,
): Promise<GatewayContext> {
  const caller = await access.resolve(facts, requestId);
  return {
    ...asked,
    caller,
    hypothesis: (id) => access.hypothesis(caller, id, requestId),
    requestId,
    operationName: null,
    failed: new Set(),
    subgraphErrors: [],
  };
}

/** A bearer token speaks for itself; a session only from our own page. */
async function factsOf(
  { verify, keeper, publicUrl }: AdmissionOptions,
  request: FastifyRequest,
  requestId: string,
): Promise<TokenFacts> {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const token = /^Bearer ([A-Za-z0-9._~+/=-]+)$/.exec(authorization)?.[1];
    const facts = token === undefined ? undefined : await verify(token, requestId);
    if (facts) return facts;
    throw new Refusal('UNAUTHENTICATED');
  }
  const answer = await keeper.callerOf(request);
  if ('ended' in answer) throw new Refusal(answer.ended === undefined ? 'UNAUTHENTICATED' : 'SESSION_ENDED');
  if (!isOwnPage(request, publicUrl())) throw new Refusal('NOT_OWN_PAGE');
  return answer.caller.facts;
}

function purposeOf(request: FastifyRequest): string | null {
  const purpose = request.headers['overblik-purpose'];
  if (purpose === undefined) return null;
  if (typeof purpose !== 'string' || !isPurpose(purpose))
    throw new Refusal('PURPOSE_UNKNOWN', {
      field: 'overblik-purpose',
      rule: `one of ${PURPOSES.join(', ')}`,
    });
  return purpose;
}

function lookupOf(request: FastifyRequest): string | null {
  const lookup = request.headers['overblik-lookup'];
  if (lookup === undefined) return null;
  if (typeof lookup !== 'string' || !UUID.test(lookup))
    throw new Refusal('BAD_INPUT', { field: 'overblik-lookup', rule: 'a UUID' });
  return lookup.toLowerCase();
}

const bodyShape = z.object({
  query: z.string().optional(),
  documentId: z.unknown().optional(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  extensions: z.record(z.string(), z.unknown()).nullish(),
});

/**
 * Keeps of a body what the gateway runs: query, operation name and variables. `{ documentId }` names a stored operation,
 * whose text takes the place of `query`; a client's own extensions go no further.
 */
function cleanBody(body: unknown, operations: StoredOperations): unknown {
  const parsed = bodyShape.safeParse(body);
  if (!parsed.success) throw new Refusal('OPERATION_INVALID');
  const { documentId, operationName, variables, extensions } = parsed.data;
  const stored = typeof documentId === 'string' ? operations.get(documentId) : undefined;
  const unknownId = documentId !== undefined && stored === undefined;
  const query = stored ?? parsed.data.query;
  if (unknownId || (query === undefined && extensions?.['persistedQuery'] !== undefined))
    throw new Refusal('OPERATION_UNKNOWN');
  if (query === undefined || query === '') throw new Refusal('OPERATION_INVALID');
  return { query, ...(operationName != null && { operationName }), ...(variables != null && { variables }) };
}

function codeOf(error: unknown): ErrorCode {
  if (error instanceof Refusal) return error.code;
  const code = error instanceof GraphQLError ? error.extensions['code'] : undefined;
  return isErrorCode(code) ? code : 'INTERNAL';
}

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

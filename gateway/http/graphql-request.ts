import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AuditBatch } from '../../subgraphs/shared/audit/batch.js';
import { Openings } from '../../subgraphs/shared/audit/openings.js';
import type { AuditWriter } from '../../subgraphs/shared/audit/writer.js';
import { danishDay } from '../../subgraphs/shared/days/danish-day.js';
import type { ErrorCode } from '../../subgraphs/shared/errors/catalogue.js';
import type { TokenFacts } from '../../subgraphs/shared/identity/token-claims.js';
import { isPurpose, PURPOSES } from '../../subgraphs/shared/policy/purposes.js';
import type { SubgraphPorts } from '../../subgraphs/shared/ports/ports.js';
import { whenClosed } from '../../subgraphs/shared/runtime/when-closed.js';
import { readUuid } from '../../subgraphs/shared/scalars/uuid.js';
import type { AccessClient } from '../auth/access-client.js';
import type { VerifyBearer } from '../auth/bearer.js';
import { bearerToken } from '../auth/bearer-token.js';
import type { OperationRoom } from '../limits/operation-room.js';
import type { GatewayContext } from '../request-context.js';
import { calledBy } from '../sessions/caller.js';
import { isOwnPage } from '../sessions/same-origin.js';
import type { SessionKeeper } from '../sessions/session-keeper.js';
import type { StoredOperations } from '../stored-operations.js';
import { attempt, type OnError, Refusal } from './attempt.js';
import { takesJson } from './media-types.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by `admitRequest` before the operation runs. */
    overblik?: GatewayContext;
  }
}

export interface AdmissionOptions {
  readonly verify: VerifyBearer;
  readonly access: AccessClient;
  readonly audit: Pick<AuditWriter, 'append'>;
  readonly operations: StoredOperations;
  /** Whether callers may run documents of their own beside the stored operations. */
  readonly anyOperation: boolean;
  readonly room: OperationRoom;
  readonly keeper: SessionKeeper;
  readonly ports: Pick<SubgraphPorts, 'citizens'>;
  readonly now: () => Date;
  readonly publicUrl: () => string;
  readonly isReady: () => boolean;
  readonly onRefused: (code: ErrorCode) => void;
  /** Called with a refusal of which the caller learns no more than that something went wrong. */
  readonly onError: OnError;
}

/** Decides whether a GraphQL request is run at all: who calls, for what, which operation. */
export function admitRequest(options: AdmissionOptions) {
  const { isReady, onError, onRefused, room } = options;
  const answers = { isReady, onError, onRefused, failed: 'INTERNAL', coded: true } as const;
  const openings = new Openings();
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    await attempt(answers, reply, async (requestId) => {
      const gone = new AbortController();
      whenClosed(reply, () => gone.abort());
      const context = { ...(await admit({ ...options, openings }, request, requestId)), gone: gone.signal };
      enter(room, context, reply);
      request.overblik = context;
      // Whatever ends the request, what it recorded is written; the answer itself has waited for it. A failure has been logged.
      whenClosed(reply, () => void context.log.write().catch(() => undefined));
      request.body = cleanBody(request.body, options);
    });
  };
}

/** Whoever was refused for want of room tries again after so many seconds. */
const BUSY_SECONDS = 1;

/**
 * Takes room for an operation until its connection has closed. Only a caller who is known, and whose request is here as a whole, takes any.
 * @throws Refusal BUSY when there is none
 */
function enter(room: OperationRoom, { caller }: GatewayContext, reply: FastifyReply): void {
  const leave = room.enter(JSON.stringify([caller.cvr, caller.subject]));
  if (leave) return whenClosed(reply, leave);
  void reply.header('retry-after', BUSY_SECONDS);
  throw new Refusal('BUSY');
}

type Admission = AdmissionOptions & { readonly openings: Openings };

async function admit(
  options: Admission,
  request: FastifyRequest,
  requestId: string,
): Promise<GatewayContext> {
  // Asked before anything runs: what nobody can read must not have been looked up.
  if (!takesJson(request.headers.accept))
    throw new Refusal('NOT_ACCEPTABLE', { field: 'accept', rule: 'application/json' });
  const facts = await factsOf(options, request, requestId);
  const asked = { purpose: purposeOf(request), lookupId: lookupOf(request) };
  return contextOf(options, facts, requestId, asked);
}

/** @returns the context an operation of this caller runs in, with the rights of this moment. */
async function contextOf(
  { access, audit, openings, ports, now }: Pick<Admission, 'access' | 'audit' | 'openings' | 'ports' | 'now'>,
  facts: TokenFacts,
  requestId: string,
  asked: Pick<GatewayContext, 'purpose' | 'lookupId'>,
): Promise<GatewayContext> {
  const { caller, lookUpsPerHour } = await access.resolveLimited(facts, requestId);
  return {
    ...asked,
    caller,
    lookUpsPerHour,
    hypothesis: (id) => access.hypothesis(caller, id, requestId),
    liftable: (id) => ports.citizens.liftable(id, caller, danishDay(now())),
    requestId,
    log: new AuditBatch(audit, openings),
    operationName: null,
    failed: new Set(),
    subgraphErrors: [],
    answer: { worded: false },
  };
}

/** A bearer token speaks for itself; a session only from our own page. */
async function factsOf(
  { verify, keeper, publicUrl }: AdmissionOptions,
  request: FastifyRequest,
  requestId: string,
): Promise<TokenFacts> {
  if (request.headers.authorization !== undefined) {
    const token = bearerToken(request.headers);
    const facts = token === undefined ? undefined : await verify(token, requestId);
    if (facts) return facts;
    throw new Refusal('UNAUTHENTICATED');
  }
  const { facts } = await calledBy(keeper, request);
  if (!isOwnPage(request, publicUrl())) throw new Refusal('NOT_OWN_PAGE');
  return facts;
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
  const id = readUuid(lookup);
  if (id === undefined) throw new Refusal('BAD_INPUT', { field: 'overblik-lookup', rule: 'a UUID' });
  return id;
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
function cleanBody(body: unknown, { operations, anyOperation }: AdmissionOptions): unknown {
  const parsed = bodyShape.safeParse(body);
  if (!parsed.success) throw new Refusal('OPERATION_INVALID', bodyRule(parsed.error));
  const { documentId, operationName, variables, extensions } = parsed.data;
  if (extensions != null && Object.hasOwn(extensions, 'persistedQuery'))
    throw new Refusal('OPERATION_UNKNOWN', {
      field: 'extensions.persistedQuery',
      rule: 'a stored operation, by documentId',
    });
  const query = documentId === undefined ? parsed.data.query : storedText(documentId, operations);
  if (query === undefined || query === '')
    throw new Refusal('OPERATION_INVALID', { field: 'query', rule: 'a query, or a documentId' });
  if (documentId === undefined && !anyOperation)
    throw new Refusal('OPERATION_NOT_STORED', { field: 'query', rule: 'a stored operation, by documentId' });
  return { query, ...(operationName != null && { operationName }), ...(variables != null && { variables }) };
}

function storedText(documentId: unknown, operations: StoredOperations): string {
  const text = typeof documentId === 'string' ? operations.get(documentId) : undefined;
  if (text === undefined)
    throw new Refusal('OPERATION_UNKNOWN', { field: 'documentId', rule: 'the id of a stored operation' });
  return text;
}

/** @returns which part of a body has the wrong shape; a body that is no object is wrong as a whole. */
function bodyRule({ issues: [issue] }: z.ZodError): { readonly field: string; readonly rule: string } {
  const part = issue?.path[0];
  if (part === 'query' || part === 'operationName') return { field: part, rule: 'a text' };
  if (part === 'variables' || part === 'extensions') return { field: part, rule: 'an object' };
  return { field: 'body', rule: 'a JSON object with a query or a documentId' };
}

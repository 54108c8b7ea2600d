import { buildSubgraphSchema } from '@apollo/subgraph';
import { type ExecutionResult, GraphQLError, type GraphQLSchema, parse } from 'graphql';
import type { Db } from 'mongodb';
import { AuditBatch } from '../audit/batch.js';
import { Openings } from '../audit/openings.js';
import type { AuditTrust } from '../audit/verify.js';
import type { AuditWriter } from '../audit/writer.js';
import { danishDay } from '../days/danish-day.js';
import { isErrorCode } from '../errors/catalogue.js';
import { codedError } from '../errors/coded-error.js';
import { Guard } from '../guard/guard.js';
import type { BoundBody } from '../identity/body-hash.js';
import type { InternalIdentity } from '../identity/internal-identity.js';
import { type IdentityGate, ReplayMemory, requireIdentity } from '../identity/require-identity.js';
import type { VerifyIdentity } from '../identity/signature.js';
import { CursorCodec } from '../paging/cursor.js';
import { type IngestCall, type IngestFunctions, runIngest } from '../ports/endpoint.js';
import { referenceCollection, ReferenceCopy, References } from '../reference/reference-copy.js';
import { freshnessCopy } from '../sections/freshness-copy.js';
import { takeCanonicalIds } from './canonical-ids.js';
import { DocumentCache } from './document-cache.js';
import { resolveEachEntity } from './each-entity.js';
import type { RequestContext } from './request-context.js';
import { type RequestReads, type RequestTime, withinRequest } from './request-time.js';

/** What a subgraph is built from: connections, keys, clock. Nothing in a subgraph reads the environment itself. */
export interface SubgraphParts {
  readonly database: Db;
  readonly audit: Pick<AuditWriter, 'append'>;
  /** Secret for cursors, at least 32 bytes. */
  readonly cursorKey: Buffer;
  /** What the look-up log is verified against. */
  readonly auditTrust: AuditTrust;
  /** Undefined: only identities minted in this process are accepted. */
  readonly verifyIdentity: VerifyIdentity | undefined;
  readonly now: () => Date;
  /** Milliseconds that a query has for its reads; as long as they take when left out. */
  readonly timeoutMs?: number | undefined;
  /** Called for technical errors, with the request id; gets no personal data. */
  readonly onError: (error: unknown, requestId: string) => void;
}

export interface SubgraphDefinition<C extends RequestContext> {
  readonly name: string;
  readonly sdl: string;
  readonly resolvers: Readonly<Record<string, unknown>>;
  /** How records enter; undefined for a subgraph that takes none. */
  readonly ingest?: IngestFunctions;
  /**
   * Extends the request's context with the subgraph's own sources and loaders.
   * @param within gives the collections to read from within the request
   */
  readonly context: (base: RequestContext, within: RequestReads) => C;
}

export interface SubgraphCall extends BoundBody {
  /** A minted identity (in-process) or its signed form (over HTTP). */
  readonly identity: unknown;
  /** Where a caller in this process gathers what the subgraphs record of one answer; left out, a call is written by itself. */
  readonly log?: AuditBatch | undefined;
  /** Aborts when nobody waits for the answer any more: a query then ends. */
  readonly signal?: AbortSignal | undefined;
}

export interface Subgraph {
  readonly name: string;
  readonly schema: GraphQLSchema;
  /** Answers a call. Without a valid identity it gives nothing, `_entities` and `_service` included. */
  execute(call: SubgraphCall): Promise<ExecutionResult>;
  /** Takes records in, for the gateway alone. @returns the result by `encodeWire`; rejects when it is not done */
  ingest(call: IngestCall): Promise<string>;
}

/** Builds a subgraph that both processes share: executed in-process or behind HTTP. */
export function createSubgraph<C extends RequestContext>(
  definition: SubgraphDefinition<C>,
  parts: SubgraphParts,
): Subgraph {
  const schema = buildSubgraphSchema({
    typeDefs: parse(definition.sdl),
    // cast: the generated types of a subgraph's resolvers are narrower than those of the library
    resolvers: definition.resolvers as never,
  });
  resolveEachEntity(schema);
  takeCanonicalIds(schema);
  const gate: IdentityGate = {
    audience: definition.name,
    replay: new ReplayMemory(() => performance.now()),
    verify: parts.verifyIdentity,
    now: parts.now,
  };
  const documents = new DocumentCache(schema);
  const contextFor = contextMaker(definition, parts);
  const answering = { gate, documents, contextFor, openings: new Openings() };
  return {
    name: definition.name,
    schema,
    ingest: (call) => runIngest(definition.ingest ?? {}, call, gate),
    execute: (call) => answer({ ...answering, parts: heardBy(parts, call) }, call),
  };
}

type ContextFor<C> = (
  identity: InternalIdentity,
  readAudit: AuditBatch,
  onError: SubgraphParts['onError'],
  time: RequestTime | undefined,
) => C;

/** @returns what makes the context of each request; what requests have in common is made once. */
function contextMaker<C extends RequestContext>(
  definition: SubgraphDefinition<C>,
  parts: SubgraphParts,
): ContextFor<C> {
  const { audit, now } = parts;
  const references = new ReferenceCopy(referenceCollection(parts.database));
  const cursors = new CursorCodec(parts.cursorKey);
  return ({ claims }, readAudit, report, time) => {
    const onError = (error: unknown) => report(error, claims.requestId);
    const guard = new Guard({ claims, audit, readAudit, now, onError });
    const freshness = freshnessCopy(parts.database);
    const base: RequestContext = {
      claims,
      guard,
      cursors,
      references: new References(references),
      sections: { guard, freshness, now, onError },
      now,
      today: danishDay(now()),
    };
    return definition.context(base, withinRequest(time));
  };
}

/** @returns the parts for one call: what ends because nobody waits for it is no failure */
function heardBy(parts: SubgraphParts, { signal }: SubgraphCall): SubgraphParts {
  if (!signal) return parts;
  return {
    ...parts,
    onError(error, requestId) {
      if (!signal.aborted) parts.onError(error, requestId);
    },
  };
}

interface Answering {
  readonly gate: IdentityGate;
  readonly documents: DocumentCache;
  readonly contextFor: ContextFor<RequestContext>;
  readonly openings: Openings;
  readonly parts: Pick<SubgraphParts, 'audit' | 'onError' | 'timeoutMs'>;
}

/** Answers a call when its identity is good; nothing is parsed before that is known. */
async function answer(
  { gate, documents, contextFor, openings, parts: { audit, onError, timeoutMs = Infinity } }: Answering,
  call: SubgraphCall,
): Promise<ExecutionResult> {
  const time = { deadline: performance.now() + timeoutMs, signal: call.signal };
  let requestId = 'none';
  try {
    const identity = await requireIdentity(call.identity, call, gate);
    requestId = identity.claims.requestId;
    const document = documents.get(call.query);
    const shared = call.log instanceof AuditBatch ? call.log : undefined;
    const log = shared ?? new AuditBatch(audit, openings);
    const context = contextFor(identity, log, onError, document.changes ? undefined : time);
    const result = await document.execute(call.operationName ?? null, call.variables ?? {}, context);
    // Nothing leaves this process before it is durable that it was looked up.
    if (!shared) await log.write();
    return withOwnWords(result, (error) => onError(error, requestId));
  } catch (error) {
    if (!(error instanceof GraphQLError)) onError(error, requestId);
    return { errors: [error instanceof GraphQLError ? error : codedError('INTERNAL')] };
  }
}

/** Errors that are not of the catalogue become INTERNAL; their text stays in the log. */
function withOwnWords(result: ExecutionResult, onError: (error: unknown) => void): ExecutionResult {
  if (!result.errors) return result;
  const errors = result.errors.map((error) => {
    // cast: what compiled execution makes of an error that was thrown without extensions has none
    if (isErrorCode((error as Partial<GraphQLError>).extensions?.['code'])) return error;
    onError(error.originalError ?? error);
    const own = codedError('INTERNAL');
    return new GraphQLError(own.message, {
      ...(error.path && { path: error.path }),
      extensions: own.extensions,
    });
  });
  return { ...result, errors };
}

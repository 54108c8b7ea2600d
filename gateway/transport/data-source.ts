import type { GraphQLDataSource } from '@apollo/gateway';
import type { ExecutionResult } from 'graphql';
import type { SubgraphName } from '../../schema/subgraph-names.js';
import { isJsonObject } from '../../subgraphs/shared/certain/json-object.js';
import { pairs } from '../../subgraphs/shared/certain/pairs.js';
import { isErrorCode } from '../../subgraphs/shared/errors/catalogue.js';
import type { Hypothesis } from '../../subgraphs/shared/identity/hypothesis.js';
import { mintIdentity } from '../../subgraphs/shared/identity/internal-identity.js';
import type { GatewayContext, PlacedError } from '../request-context.js';
import { askedLift } from './asked-lift.js';
import type { ReadDetail } from './known-detail.js';
import { SubgraphFailure, type SubgraphTransport, withDeadline } from './transport.js';

/** One fetch of a plan. */
export interface SubgraphFetch {
  readonly request: {
    readonly query?: string | undefined;
    readonly variables?: Record<string, unknown> | undefined;
    readonly operationName?: string | undefined;
  };
  readonly context: GatewayContext;
  /** Where in the caller's answer the fetch stands; a list's items are `@`. */
  readonly pathInIncomingRequest?: readonly (string | number)[] | undefined;
}

/** Asks one subgraph; what failed is noted in the request's context and answered with null. */
export type AskSubgraph = (
  fetch: SubgraphFetch,
) => Promise<{ readonly data: Record<string, unknown> | null }>;

export interface DataSourceOptions {
  readonly transport: SubgraphTransport;
  readonly timeoutMs: number;
  readonly now: () => Date;
  /** What of an error may be passed on beside its code. */
  readonly readDetail: ReadDetail;
  /** Called with how each call went, for metrics and the log. */
  readonly onCall: (subgraph: string, seconds: number, failure: unknown) => void;
}

/**
 * One subgraph as an executor sees it. Mints the identity for exactly this call, gives it a deadline, and keeps errors to
 * itself: what failed is noted in the request's context, and `answer/` words it.
 */
export function subgraphAsker(options: DataSourceOptions): AskSubgraph {
  const { transport, onCall } = options;
  return async (call) => {
    const { context } = call;
    const started = performance.now();
    const seconds = () => (performance.now() - started) / 1000;
    try {
      const result = await ask(options, call, context);
      onCall(transport.name, seconds(), undefined);
      context.subgraphErrors.push(...saidFaults(options, call, result));
      context.subgraphErrors.push(...unsaidFaults(options, call, result));
      return { data: result.data ?? null };
    } catch (error) {
      onCall(transport.name, seconds(), error);
      context.failed.add(transport.name);
      return { data: null };
    }
  };
}

/** @returns a subgraph in the form in which Apollo's executor asks it */
export function subgraphDataSource(ask: AskSubgraph): GraphQLDataSource<GatewayContext> {
  return {
    process: (call) =>
      ask({
        request: call.request,
        // cast: Apollo leaves the type open; every context is made by graphql-request.ts
        context: call.context as GatewayContext,
        pathInIncomingRequest: 'pathInIncomingRequest' in call ? call.pathInIncomingRequest : undefined,
      }),
  };
}

const CHANGE = /^\s*mutation\b/;

/** Executes a call under an identity minted for it alone. */
async function ask(
  { transport, timeoutMs, now }: DataSourceOptions,
  call: SubgraphFetch,
  context: GatewayContext,
): Promise<ExecutionResult> {
  const { query = '', variables, operationName } = call.request;
  const body = { query, variables, operationName };
  const { caller, purpose, lookupId, requestId, operationName: callersName } = context;
  const simulated = await simulationOf(context, variables);
  const liftable = transport.name === 'access' ? await liftOf(context, body) : null;
  const identity = mintIdentity(
    {
      liftable,
      ...(simulated ? { kind: 'simulate', hypothesis: simulated } : { kind: 'caller' }),
      audience: transport.name,
      caller,
      purpose,
      lookupId,
      requestId,
      operationName: callersName,
      body,
    },
    now(),
  );
  return withDeadline(
    transport.name,
    timeoutMs,
    (signal) => transport.execute(body, identity, signal, context.log),
    // A change is not broken off.
    CHANGE.test(query) ? undefined : context.gone,
  );
}

/** What counts of an error that a subgraph answers. */
interface SaidError {
  readonly path?: readonly (string | number)[] | undefined;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** @returns what a subgraph itself says went wrong. */
function saidFaults(
  { readDetail }: DataSourceOptions,
  call: SubgraphFetch,
  { errors = [] }: ExecutionResult,
): PlacedError[] {
  return errors.map((error) => placeError(error, call, readDetail));
}

/** @returns what is missing though the subgraph says nothing of it; throws as `missingEntities` does */
function unsaidFaults(
  { transport }: DataSourceOptions,
  call: SubgraphFetch,
  result: ExecutionResult,
): PlacedError[] {
  return missingEntities(transport.name, call.request.variables, result).map((index) => ({
    code: 'INCOMPLETE',
    detail: {},
    path: pathOf(['_entities', index], call),
  }));
}

/** @returns the objects that a fetch names; undefined for one that names none */
function representationsOf(variables: unknown): readonly unknown[] | undefined {
  const named = isJsonObject(variables) ? variables['representations'] : undefined;
  return Array.isArray(named) ? named : undefined;
}

/** Who may answer null for an entity: it hides one that the caller may not see. Everyone else only adds to a key. */
const HIDES: ReadonlyMap<unknown, SubgraphName> = new Map([
  ['Citizen', 'citizens'],
  ['Company', 'citizens'],
  ['Case', 'cases'],
  ['Document', 'documents'],
  ['BenefitGrant', 'benefits'],
  ['Alert', 'alerts'],
  ['Simulation', 'access'],
]);

/**
 * Entities that were asked for and are not there, though no error says why.
 * @returns their places in the list
 * @throws when the list is not as long as what was asked: then nobody knows whose values stand in it
 */
function missingEntities(
  name: SubgraphName,
  variables: unknown,
  { data, errors = [] }: ExecutionResult,
): number[] {
  const representations = representationsOf(variables);
  if (representations === undefined || data == null) return [];
  const entities = data['_entities'];
  if (!Array.isArray(entities) || entities.length !== representations.length)
    throw new SubgraphFailure(name, 'malformed');
  return pairs<unknown, unknown>(representations, entities).flatMap(([asked, entity], index) => {
    const type = isJsonObject(asked) ? asked['__typename'] : undefined;
    const isReported = errors.some(({ path }) => path === undefined || path[1] === index);
    return entity !== null || isReported || HIDES.get(type) === name ? [] : [index];
  });
}

/**
 * The access subgraph knows no persons: whom a break-glass may be about is found out before, and travels with the call.
 * @returns the person of a break-glass whom a lift could open; null for anybody else
 */
async function liftOf(
  { liftable }: GatewayContext,
  { query, variables }: { readonly query: string; readonly variables: unknown },
): Promise<string | null> {
  const id = askedLift(query, variables)?.toLowerCase();
  return id !== undefined && (await liftable(id)) ? id : null;
}

/**
 * A call for the parts of a simulation, and for nothing else, is made under an identity marked as simulated: it can get
 * counts, ids and rule codes and no data. The access subgraph keeps simulations and answers for itself.
 */
async function simulationOf(context: GatewayContext, variables: unknown): Promise<Hypothesis | undefined> {
  const representations = representationsOf(variables);
  if (representations === undefined || representations.length === 0) return undefined;
  const ids = representations.map((representation) =>
    isJsonObject(representation) &&
    representation['__typename'] === 'Simulation' &&
    typeof representation['id'] === 'string'
      ? representation['id']
      : undefined,
  );
  const [id] = ids;
  return id !== undefined && ids.every((other) => other === id) ? context.hypothesis(id) : undefined;
}

/**
 * Where a subgraph's error belongs in the caller's answer: the place of the fetch, then the path inside the entity. Of
 * a fetch for a list of entities only the list is known.
 */
function placeError(error: SaidError, call: SubgraphFetch, readDetail: ReadDetail): PlacedError {
  const code = error.extensions?.['code'];
  return {
    code: isErrorCode(code) ? code : 'INTERNAL',
    detail: readDetail(error.extensions ?? {}),
    path: pathOf(error.path, call),
  };
}

function pathOf(path: SaidError['path'], call: SubgraphFetch): PlacedError['path'] {
  const place = call.pathInIncomingRequest ?? [];
  const list = place.indexOf('@');
  if (list !== -1) return place.slice(0, list);
  if (path?.[0] === '_entities') return [...place, ...path.slice(2)];
  return path;
}

import { codedError } from '../errors/coded-error.js';
import type { BoundBody } from '../identity/body-hash.js';
import { type IdentityGate, requireIdentity } from '../identity/require-identity.js';
import { ownValue } from '../names/own-value.js';
import { decodeWire, encodeWire } from './wire.js';

/** Functions by name that take records in; a subgraph's port. */
export type IngestFunctions = Readonly<Record<string, (...args: never[]) => Promise<unknown>>>;

/** @returns a port's functions by name. */
export function ingestFunctions(port: object): IngestFunctions {
  // cast: the methods of a port are its own functions
  return port as IngestFunctions;
}

/** A call of one of them, as it travels. */
export interface IngestCall {
  readonly method: string;
  /** Arguments by `encodeWire`. */
  readonly args: string;
  /** A minted identity (in-process) or its signed form (over HTTP). */
  readonly identity: unknown;
}

/** @returns what an identity for an ingest call is bound to: the method and every byte of the arguments. */
export function ingestBody(method: string, args: string): BoundBody {
  return { query: `ingest ${method}`, operationName: null, variables: { args } };
}

/**
 * Runs an ingest call for the gateway and nobody else. @returns the result by `encodeWire`; throws IDENTITY_REFUSED for
 * any other caller and OPERATION_INVALID for a method that is not there
 */
export async function runIngest(
  functions: IngestFunctions,
  call: IngestCall,
  gate: IdentityGate,
): Promise<string> {
  const { claims } = await requireIdentity(call.identity, ingestBody(call.method, call.args), gate);
  if (claims.kind !== 'gateway') throw codedError('IDENTITY_REFUSED');
  const run = ownValue(functions, call.method);
  if (run === undefined) throw codedError('OPERATION_INVALID');
  // cast: the gateway sends what the method takes; both are of one release
  const result = await run(...(decodeWire(call.args) as never[]));
  return encodeWire(result ?? null);
}

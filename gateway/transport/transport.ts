import type { ExecutionResult } from 'graphql';
import type { SubgraphName } from '../../schema/subgraph-names.js';
import type { AuditBatch } from '../../subgraphs/shared/audit/batch.js';
import type { BoundBody } from '../../subgraphs/shared/identity/body-hash.js';
import type { InternalIdentity } from '../../subgraphs/shared/identity/internal-identity.js';
import { within } from './within.js';

/** The way to one subgraph: in the same process or over HTTP. */
export interface SubgraphTransport {
  readonly name: SubgraphName;
  /** Rejects when the subgraph does not answer; a GraphQL error inside an answer is an answer. */
  execute(
    body: BoundBody,
    identity: InternalIdentity,
    signal: AbortSignal,
    /** Gathers what a subgraph in this process records; one elsewhere writes before it answers. */
    log?: AuditBatch,
  ): Promise<ExecutionResult>;
  /** Hands records in under the gateway's own identity; rejects when it is not done. @returns the result as it travels */
  ingest(method: string, args: string, identity: InternalIdentity, signal: AbortSignal): Promise<string>;
  close(): Promise<void>;
}

export type Transports = Readonly<Record<SubgraphName, SubgraphTransport>>;

/** A subgraph that did not answer in time or at all. Carries no text of the other side. */
export class SubgraphFailure extends Error {
  constructor(
    readonly subgraph: string,
    readonly kind: 'timeout' | 'unreachable' | 'malformed' | 'status' | 'too-large',
  ) {
    super(`subgraph ${subgraph}: ${kind}`);
    this.name = 'SubgraphFailure';
  }
}

/**
 * Runs a call under a deadline; rejects with a SubgraphFailure when it passes.
 * @param gone aborts when whoever asked has gone; the call then ends early
 */
export function withDeadline<T>(
  subgraph: string,
  milliseconds: number,
  call: (signal: AbortSignal) => Promise<T>,
  gone?: AbortSignal,
): Promise<T> {
  const controller = new AbortController();
  const signal = gone ? AbortSignal.any([controller.signal, gone]) : controller.signal;
  return within(milliseconds, call(signal), () => {
    controller.abort();
    throw new SubgraphFailure(subgraph, 'timeout');
  });
}

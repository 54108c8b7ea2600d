import type { ExecutionResult } from 'graphql';
import type { SubgraphName } from '../../schema/subgraph-names.js';
import type { AuditBatch } from '../../subgraphs/shared/audit/batch.js';
import type { BoundBody } from '../../subgraphs/shared/identity/body-hash.js';
import type { SubgraphTransport } from './transport.js';

/** What the composition root hands over: a subgraph as something that can be called. */
export interface CallableSubgraph {
  execute(
    call: BoundBody & {
      readonly identity: unknown;
      readonly log?: AuditBatch | undefined;
      readonly signal: AbortSignal;
    },
  ): Promise<ExecutionResult>;
  ingest(call: {
    readonly method: string;
    readonly args: string;
    readonly identity: unknown;
  }): Promise<string>;
}

/** @returns a transport to a subgraph in this process; the identity travels as an object, unsigned but minted here. */
export function inProcessTransport(name: SubgraphName, subgraph: CallableSubgraph): SubgraphTransport {
  return {
    name,
    execute: (body, identity, signal, log) => subgraph.execute({ ...body, identity, log, signal }),
    ingest: (method, args, identity) => subgraph.ingest({ method, args, identity }),
    close: () => Promise.resolve(),
  };
}

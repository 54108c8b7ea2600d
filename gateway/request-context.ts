import type { SubgraphName } from '../schema/subgraph-names.js';
import type { Caller } from '../subgraphs/shared/identity/caller.js';

/** An error a subgraph answered with, placed in the caller's answer. */
export interface PlacedError {
  readonly code: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly path: readonly (string | number)[] | undefined;
}

/** What the gateway knows of one request; one object per request. */
export interface GatewayContext {
  readonly caller: Caller;
  readonly purpose: string | null;
  readonly lookupId: string | null;
  readonly requestId: string;
  /** Subgraphs that did not answer a part of this request. */
  readonly failed: Set<SubgraphName>;
  readonly subgraphErrors: PlacedError[];
}

import type { SubgraphName } from '../schema/subgraph-names.js';
import type { AuditBatch } from '../subgraphs/shared/audit/batch.js';
import type { ErrorCode } from '../subgraphs/shared/errors/catalogue.js';
import type { Caller } from '../subgraphs/shared/identity/caller.js';
import type { Hypothesis } from '../subgraphs/shared/identity/hypothesis.js';

/** An error a subgraph answered with, placed in the caller's answer. */
export interface PlacedError {
  readonly code: ErrorCode;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly path: readonly (string | number)[] | undefined;
}

/** What the gateway knows of one request; one object per request. */
export interface GatewayContext {
  readonly caller: Caller;
  /** Look-ups that the caller may make in an hour. */
  readonly lookUpsPerHour: number;
  readonly purpose: string | null;
  readonly lookupId: string | null;
  readonly requestId: string;
  /** What subgraphs in this process record for this request; written before its answer leaves. */
  readonly log: AuditBatch;
  /** Aborts when the caller has closed the connection before the answer; left out, nobody leaves. */
  readonly gone?: AbortSignal;
  /** Name of the caller's operation; known once the document is parsed. */
  operationName: string | null;
  /** What one of the caller's own simulations asks; undefined when the caller has no such. */
  readonly hypothesis: (id: string) => Promise<Hypothesis | undefined>;
  /** Whether a lift by break-glass could open a person to the caller at all. */
  readonly liftable: (citizenId: string) => Promise<boolean>;
  /** Subgraphs that did not answer a part of this request. */
  readonly failed: Set<SubgraphName>;
  readonly subgraphErrors: PlacedError[];
  /**
   * Whether the answer has been put into our own words; one that has not does not leave. An object of its own: Apollo works on a copy of
   * the context.
   */
  readonly answer: { worded: boolean };
}

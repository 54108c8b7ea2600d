import type { SystemParts } from '../../gateway/auth/as-system.js';
import type { LookUps } from '../../gateway/http/look-ups-first.js';
import type { SubgraphPorts } from '../../subgraphs/shared/ports/ports.js';
import type { KnownTopics } from './known-topics.js';

/** What the feed takes to receive, check and hand on records. */
export interface FeedParts extends SystemParts {
  readonly ports: SubgraphPorts;
  readonly now: () => Date;
  readonly topics: KnownTopics;
  /** Whom deliveries let go first. */
  readonly lookUps: LookUps;
  /** Counts delivered records by source system and result. */
  readonly onRecords: (source: string, result: string, count: number) => void;
}

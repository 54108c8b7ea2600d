import type { DeliveringSystem } from '../../gateway/auth/system.js';
import { RECORD_KINDS, type RecordKind } from '../../subgraphs/shared/policy/grants.js';
import type { SubgraphPorts } from '../../subgraphs/shared/ports/ports.js';
import type { FeedRecord } from '../../subgraphs/shared/records/records.js';
import { authorityOf } from './bounded-by.js';
import { kindOf } from './check-record.js';

/** Which subgraph keeps the freshness of which kind of record. */
export const FRESHNESS_PORT: Readonly<Record<RecordKind, keyof SubgraphPorts>> = {
  persons: 'citizens',
  companies: 'citizens',
  cases: 'cases',
  documents: 'documents',
  benefits: 'benefits',
  alerts: 'alerts',
  organisation: 'access',
  classification: 'access',
};

/**
 * Notes that a system has delivered, for each authority and kind concerned: what every list shows as its source's as-of
 * time. What another authority owns counts for every authority the system delivers to.
 * @param gaps numbered deliveries of the system that have not arrived; undefined when it does not number them
 */
export async function noteDeliveries(
  ports: SubgraphPorts,
  system: DeliveringSystem,
  records: readonly FeedRecord[],
  at: Date,
  gaps?: number,
): Promise<void> {
  for (const kind of RECORD_KINDS) {
    const port = FRESHNESS_PORT[kind];
    const ofKind = records.filter((record) => kindOf(record) === kind);
    if (ofKind.length === 0) continue;
    const lagMs = at.getTime() - Math.max(...ofKind.map(({ registeredAt }) => registeredAt.getTime()));
    const rights = system.deliveries.filter((delivery) => delivery.kinds.includes(kind));
    for (const { cvr, crossAuthority } of rights) {
      const concerns = (record: FeedRecord) => crossAuthority || (authorityOf(record)?.cvr ?? cvr) === cvr;
      const count = ofKind.filter(concerns).length;
      const note = {
        source: system.code,
        cvr,
        at,
        records: count,
        lagMs,
        ...(gaps !== undefined && { gaps }),
      };
      if (count > 0) await ports[port].delivered(note);
    }
  }
}

import type { IngestPorts } from '../../subgraphs/shared/ingest/ingest-port.js';
import type { FeedRecord } from '../../subgraphs/shared/ingest/records.js';
import type { RecordKind } from '../../subgraphs/shared/policy/grants.js';
import { KIND_OF } from './check-record.js';
import type { DeliveringSystem } from './system.js';

/** Which subgraph keeps the freshness of which kind of record (design.md §3: each for its own). */
const PORT_OF: Readonly<Record<RecordKind, 'citizens' | 'cases' | 'documents' | 'benefits' | 'alerts'>> = {
  persons: 'citizens',
  cases: 'cases',
  documents: 'documents',
  benefits: 'benefits',
  alerts: 'alerts',
};

/**
 * Notes that a system has delivered, for each authority and kind concerned: what every list shows as its source's as-of
 * time. What another authority owns counts for every authority the system delivers to.
 */
export async function noteDeliveries(
  ports: IngestPorts,
  system: DeliveringSystem,
  records: readonly FeedRecord[],
  at: Date,
): Promise<void> {
  for (const [kind, port] of Object.entries(PORT_OF) as [RecordKind, (typeof PORT_OF)[RecordKind]][]) {
    const ofKind = records.filter((record) => KIND_OF[record.type] === kind);
    if (ofKind.length === 0) continue;
    const rights = system.deliveries.filter((delivery) => delivery.kinds.includes(kind));
    for (const { cvr, crossAuthority } of rights) {
      const concerns = (record: FeedRecord) =>
        crossAuthority || !('ownerCvr' in record) || record.ownerCvr === cvr;
      const count = ofKind.filter(concerns).length;
      if (count > 0) await ports[port].delivered(system.code, cvr, at, count);
    }
  }
}

import type { IngestOutcome } from '../in-step/registered.js';
import type { ResolvedParties } from '../records/parties.js';
import type { FeedRecordOf } from '../records/records.js';
import type { CopyingPort } from './common.js';
import type { TakenBatch } from './shapes.js';

export interface BenefitsPort extends CopyingPort {
  grants(records: readonly FeedRecordOf<'grant'>[], parties: ResolvedParties): Promise<TakenBatch>;
  payments(records: readonly FeedRecordOf<'payment'>[]): Promise<IngestOutcome[]>;
}

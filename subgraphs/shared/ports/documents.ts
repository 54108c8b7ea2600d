import type { ResolvedParties } from '../records/parties.js';
import type { FeedRecordOf } from '../records/records.js';
import type { CopyingPort } from './common.js';
import type { TakenBatch } from './shapes.js';

export interface DocumentsPort extends CopyingPort {
  documents(records: readonly FeedRecordOf<'document'>[], parties: ResolvedParties): Promise<TakenBatch>;
}

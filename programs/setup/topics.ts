import { referenceRecords } from '../../seed/reference.js';
import type { ReferenceRecord } from '../../subgraphs/shared/reference/reference-copy.js';

/** @returns the numbers and titles of KLE (KL's classification, see NOTICE.md) that an installation begins with */
export function kleTopics(): ReferenceRecord[] {
  return referenceRecords().filter(({ _id }) => _id.startsWith('kle:'));
}

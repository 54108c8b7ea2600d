import type { AccessFacts, Audience } from '../policy/facts.js';
import type { SensitivityRank } from '../policy/sensitivity.js';

interface DeliveredAccess {
  readonly ownerCvr: string;
  readonly kle: string;
  readonly sensitivity: SensitivityRank;
  readonly unit: string | null;
  readonly profile: readonly string[] | null;
  readonly hiddenFrom: readonly Audience[];
  readonly source: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

/**
 * @param parties ids of the persons the record is about; none for a tie, which hangs on its person already
 * @returns the access facts of a delivered record
 */
export function accessFacts(record: DeliveredAccess, parties: readonly string[]): AccessFacts {
  const { ownerCvr, kle, sensitivity, unit, profile, hiddenFrom, source, validFrom, validTo } = record;
  return { ownerCvr, kle, sensitivity, unit, profile, hiddenFrom, parties, source, validFrom, validTo };
}

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
}

/** @returns the access facts of a delivered record. */
export function accessFacts(record: DeliveredAccess): AccessFacts {
  const { ownerCvr, kle, sensitivity, unit, profile, hiddenFrom, source } = record;
  return { ownerCvr, kle, sensitivity, unit, profile, hiddenFrom, source };
}

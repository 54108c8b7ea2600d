import { SENSITIVITY_NAMES, type SensitivityName, type SensitivityRank } from '../policy/sensitivity.js';

/** One record of a sample: what decides, and nothing of what it says. */
export interface SampledRecord {
  readonly id: string;
  readonly kle: string | null;
  readonly sensitivity: SensitivityRank | null;
  readonly before: boolean;
  readonly after: boolean;
  /** Code of the rule that refuses it after the change; null when it would be visible. */
  readonly refusedBy: string | null;
}

export interface Impact {
  readonly examined: number;
  readonly whole: boolean;
  readonly visibleBefore: number;
  readonly visibleAfter: number;
  readonly groups: readonly ImpactGroup[];
  readonly gained: readonly string[];
  readonly lost: readonly string[];
  readonly refusedBy: readonly { readonly code: string; readonly records: number }[];
}

interface ImpactGroup {
  readonly kleGroup: string | null;
  readonly sensitivity: SensitivityName | null;
  readonly gained: number;
  readonly lost: number;
}

/** Records of one kind that a simulation looks at beside those of the persons it names. */
export const SAMPLE_SIZE = 5000;
const EXAMPLES = 5;

/** @returns what a change does to a sample: counts, ids and rule codes only. */
export function impactOf(records: readonly SampledRecord[], whole: boolean): Impact {
  const gained = records.filter((record) => record.after && !record.before);
  const lost = records.filter((record) => record.before && !record.after);
  return {
    examined: records.length,
    whole,
    visibleBefore: records.filter((record) => record.before).length,
    visibleAfter: records.filter((record) => record.after).length,
    groups: groupsOf(gained, lost),
    gained: gained.slice(0, EXAMPLES).map((record) => record.id),
    lost: lost.slice(0, EXAMPLES).map((record) => record.id),
    refusedBy: countBy(records.flatMap((record) => record.refusedBy ?? [])),
  };
}

function groupsOf(gained: readonly SampledRecord[], lost: readonly SampledRecord[]): ImpactGroup[] {
  const groups = new Map<
    string,
    { group: Omit<ImpactGroup, 'gained' | 'lost'>; gained: number; lost: number }
  >();
  const note = (record: SampledRecord, way: 'gained' | 'lost'): void => {
    const kleGroup = record.kle?.slice(0, 2) ?? null;
    const sensitivity = record.sensitivity && SENSITIVITY_NAMES[record.sensitivity];
    const key = `${kleGroup ?? ''}|${record.sensitivity ?? ''}`;
    const known = groups.get(key) ?? { group: { kleGroup, sensitivity }, gained: 0, lost: 0 };
    known[way]++;
    groups.set(key, known);
  };
  for (const record of gained) note(record, 'gained');
  for (const record of lost) note(record, 'lost');
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { group, gained: more, lost: fewer }]) => ({ ...group, gained: more, lost: fewer }));
}

function countBy(codes: readonly string[]): { code: string; records: number }[] {
  const counts = new Map<string, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, records]) => ({ code, records }));
}

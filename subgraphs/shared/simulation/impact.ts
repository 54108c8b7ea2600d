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

/** How much there is of a citizen, as far as an administrator may know. */
export type Amount = 'NONE' | 'SOME';

export const amountOf = (count: number): Amount => (count === 0 ? 'NONE' : 'SOME');

export interface Impact {
  readonly examined: number;
  readonly whole: boolean;
  readonly visibleBefore: number;
  readonly visibleAfter: number;
  readonly groups: readonly ImpactGroup[];
  readonly gained: readonly string[];
  readonly lost: readonly string[];
  readonly refusedBy: readonly { readonly code: string; readonly records: number }[];
  /** Of the persons named, test persons aside; null when no other was named. */
  readonly namedBefore: Amount | null;
  readonly namedAfter: Amount | null;
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

/**
 * @param named records of the persons named, test persons aside: null when no other was named. They enter no figure, for
 * the difference between two previews would be the figure of one person
 * @returns what a change does to a sample: counts, ids and rule codes only
 */
export function impactOf(
  records: readonly SampledRecord[],
  whole: boolean,
  named: readonly Pick<SampledRecord, 'before' | 'after'>[] | null,
): Impact {
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
    namedBefore: named && amountOf(named.filter(({ before }) => before).length),
    namedAfter: named && amountOf(named.filter(({ after }) => after).length),
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

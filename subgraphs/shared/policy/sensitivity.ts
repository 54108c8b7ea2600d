/** Sensitivity levels by rank (docs/field.md, Sensitivity levels); a right to one level includes the lower ones. */
export type SensitivityRank = 1 | 2 | 3 | 4;

export const SENSITIVITY_NAMES = {
  1: 'NOT_CONFIDENTIAL',
  2: 'CONFIDENTIAL',
  3: 'SENSITIVE',
  4: 'SPECIALLY_PROTECTED',
} as const satisfies Record<SensitivityRank, string>;

export type SensitivityName = (typeof SENSITIVITY_NAMES)[SensitivityRank];

/** @returns whether the value is a rank, 1 to 4. */
export function isSensitivityRank(value: unknown): value is SensitivityRank {
  return value === 1 || value === 2 || value === 3 || value === 4;
}

/** @returns the rank of a level's name. */
export function rankOf(name: SensitivityName): SensitivityRank {
  const [rank] = Object.entries(SENSITIVITY_NAMES).find(([, value]) => value === name)!;
  return Number(rank) as SensitivityRank;
}

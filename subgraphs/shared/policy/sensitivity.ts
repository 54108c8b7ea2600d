/** Sensitivity levels by rank (docs/field.md, Sensitivity levels); a right to one level includes the lower ones. */
export type SensitivityRank = 1 | 2 | 3 | 4;

export const SENSITIVITY_NAMES = {
  1: 'NOT_CONFIDENTIAL',
  2: 'CONFIDENTIAL',
  3: 'SENSITIVE',
  4: 'SPECIALLY_PROTECTED',
} as const satisfies Record<SensitivityRank, string>;

export type SensitivityName = (typeof SENSITIVITY_NAMES)[SensitivityRank];

const RANKS = {
  NOT_CONFIDENTIAL: 1,
  CONFIDENTIAL: 2,
  SENSITIVE: 3,
  SPECIALLY_PROTECTED: 4,
} as const satisfies Record<SensitivityName, SensitivityRank>;

/** @returns the lower of two ranks. */
export const lowerRank = (a: SensitivityRank, b: SensitivityRank): SensitivityRank => (a < b ? a : b);

/** @returns the higher of two ranks. */
export const higherRank = (a: SensitivityRank, b: SensitivityRank): SensitivityRank => (a > b ? a : b);

/** @returns whether the value is a rank, 1 to 4. */
export function isSensitivityRank(value: unknown): value is SensitivityRank {
  return value === 1 || value === 2 || value === 3 || value === 4;
}

/** @returns the rank of a level's name. */
export function rankOf(name: SensitivityName): SensitivityRank {
  return RANKS[name];
}

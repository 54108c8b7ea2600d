/** How sure the identity provider is of who signed in: the levels of NSIS (docs/field.md, Sign-in), lowest first. */
export const ASSURANCES = ['LOW', 'SUBSTANTIAL', 'HIGH'] as const;

export type Assurance = (typeof ASSURANCES)[number];

/** @returns whether a level is at least another. */
export function isAtLeast(level: Assurance, least: Assurance): boolean {
  return ASSURANCES.indexOf(level) >= ASSURANCES.indexOf(least);
}

/** @returns the level of an NSIS name (`Low`, `Substantial`, `High`), bare or at the end of a URI; undefined for any other. */
export function assuranceOf(name: string): Assurance | undefined {
  const last = name.slice(name.lastIndexOf('/') + 1).toUpperCase();
  return ASSURANCES.find((level) => level === last);
}

const OLDER_LEVELS: ReadonlyMap<string, Assurance> = new Map([
  ['1', 'LOW'],
  ['2', 'LOW'],
  ['3', 'SUBSTANTIAL'],
  ['4', 'HIGH'],
]);

/** @returns the level of the older AssuranceLevel (1 to 4); undefined for any other. */
export function olderAssurance(level: string): Assurance | undefined {
  return OLDER_LEVELS.get(level);
}

const PATTERN = /^(\*|\d\*|\d\d\.\*|\d\d\.\d\*|\d\d\.\d\d\.\*|\d\d\.\d\d\.\d\*|\d\d\.\d\d\.\d\d)$/;
const NUMBER = /^\d\d\.\d\d\.\d\d$/;

/** @returns whether the text is a KLE topic number NN.NN.NN (docs/field.md, KLE). */
export function isKleNumber(text: string): boolean {
  return NUMBER.test(text);
}

/** @returns whether the text is a KLE constraint value: a number, a wildcard at any level or partial digits. */
export function isKlePattern(text: string): boolean {
  return PATTERN.test(text);
}

/** A beginning of KLE numbers; a full number is its own beginning, '' is every number. */
export type KlePrefix = string;

/** @returns the beginning a pattern stands for. The pattern must be valid. */
export function klePrefix(pattern: string): KlePrefix {
  return pattern.endsWith('*') ? pattern.slice(0, -1) : pattern;
}

/** @returns the beginnings that both lists let through; shorter ones already covered are left out. */
export function intersectPrefixes(a: readonly KlePrefix[], b: readonly KlePrefix[]): KlePrefix[] {
  const both = a.flatMap((pattern) =>
    b.flatMap((other) => (pattern.startsWith(other) ? [pattern] : other.startsWith(pattern) ? [other] : [])),
  );
  return absorbPrefixes(both);
}

/** @returns the beginnings without those another one covers; the same numbers lie under them. */
function absorbPrefixes(prefixes: readonly KlePrefix[]): KlePrefix[] {
  const distinct = new Set(prefixes);
  return [...distinct].filter((prefix) => !beginningsOf(prefix).some((shorter) => distinct.has(shorter)));
}

/** @returns every beginning of a text but the text itself. */
function beginningsOf(text: string): string[] {
  return Array.from({ length: text.length }, (_, length) => text.slice(0, length));
}

/** @returns whether a KLE number lies under one of the beginnings; a missing number never does. */
export function kleMatches(kle: string | null, prefixes: readonly KlePrefix[]): boolean {
  return kle !== null && isKleNumber(kle) && prefixes.some((prefix) => kle.startsWith(prefix));
}

/** @returns the same as a test of its own, whose cost does not grow with the beginnings. */
export function kleTest(prefixes: readonly KlePrefix[]): (kle: string | null) => boolean {
  const known = new Set(prefixes);
  const lengths = [...new Set(prefixes.map((prefix) => prefix.length))];
  return (kle) =>
    kle !== null && isKleNumber(kle) && lengths.some((length) => known.has(kle.slice(0, length)));
}

/** The last character of Unicode's basic plane; closes a range of texts with a common beginning. */
const AFTER = '\uffff';

/** @returns store conditions on one KLE path: one for all whole numbers, and an indexable range per beginning. */
export function kleConditions(prefixes: readonly KlePrefix[]): Record<string, unknown>[] {
  const numbers = prefixes.filter(isKleNumber);
  const ranges = prefixes
    .filter((prefix) => !isKleNumber(prefix))
    .map((prefix) => ({ $gte: prefix === '' ? '0' : prefix, $lt: `${prefix}${AFTER}` }));
  return numbers.length === 0 ? ranges : [{ $in: numbers }, ...ranges];
}

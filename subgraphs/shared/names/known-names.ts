/** @returns the names of a record of fixed names, as its type has them; what is more than its type says comes along */
export function namesOf<K extends string>(record: Readonly<Partial<Record<K, unknown>>>): K[] {
  // cast: Object.keys forgets the names, since a value may have more than its type says
  return Object.keys(record) as K[];
}

/** @returns a record with a value under each of the names */
export function recordOf<K extends string, V>(
  names: readonly K[],
  make: (name: K, place: number) => V,
): Record<K, V> {
  // cast: Object.fromEntries forgets the names
  return Object.fromEntries(names.map((name, place) => [name, make(name, place)])) as Record<K, V>;
}

/** @returns a known name in capital letters, still known */
export function inCapitals<N extends string>(name: N): Uppercase<N> {
  // cast: toUpperCase forgets which name it is
  return name.toUpperCase() as Uppercase<N>;
}

/** @returns a known name in small letters, still known */
export function inSmallLetters<N extends string>(name: N): Lowercase<N> {
  // cast: toLowerCase forgets which name it is
  return name.toLowerCase() as Lowercase<N>;
}

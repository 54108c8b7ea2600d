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

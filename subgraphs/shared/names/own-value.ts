/**
 * Whether a name that may be any text is one of `record`'s own: what every object inherits, such as `constructor`, is not.
 * @returns a proof for the compiler, too
 */
export function isOwnName<R extends object>(record: R, name: PropertyKey): name is keyof R {
  return Object.hasOwn(record, name);
}

/** @returns what `record` itself holds under a name that may be any text; undefined for everything else. */
export function ownValue<V>(record: Readonly<Record<string, V>>, name: string): V | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

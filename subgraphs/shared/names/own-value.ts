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

/** Gives `record` a value of its own under a name that may be any text; `__proto__`, too, becomes a field and no prototype. */
export function setOwnValue<V>(record: Record<string, V>, name: string, value: NoInfer<V>): void {
  if (name === '__proto__')
    Object.defineProperty(record, name, { value, enumerable: true, writable: true, configurable: true });
  // Nothing else that an object inherits takes part when a name is written.
  else record[name] = value;
}

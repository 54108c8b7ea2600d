/** A field is what a document was given: what every object inherits, such as `constructor`, is none. */
export function fieldOf<T>(doc: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(doc, name) ? doc[name] : undefined;
}

/** Gives a document a field, whatever its name is. */
export function setField(doc: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(doc, name, { value, writable: true, enumerable: true, configurable: true });
}

const INHERITED = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Whether a path names what every object inherits, somewhere: mingo would follow it there, and write to it. */
export function namesInherited(path: string): boolean {
  return INHERITED.has(path) || (path.includes('.') && path.split('.').some((part) => INHERITED.has(part)));
}

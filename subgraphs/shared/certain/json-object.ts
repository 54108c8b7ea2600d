/** An object of JSON, by whatever names. */
export type JsonObject = Record<string, unknown>;

/** @returns whether a value is an object: no list, and not null */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

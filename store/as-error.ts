/** @returns what was thrown, as an error: whoever hears of it reads its message. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

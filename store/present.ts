/**
 * For a value that is always there, which the compiler cannot know.
 * @param what names the value in the error
 * @returns the value
 * @throws Error where the value is missing after all
 */
export function present<T>(value: T, what: string): NonNullable<T> {
  if (value === undefined || value === null) throw new Error(`${what} is missing`);
  return value;
}

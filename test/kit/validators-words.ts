/** How zod speaks when a shape states no rule of its own. Our own sentences have none of it. */
export const VALIDATORS_WORDS =
  /\bInvalid\b|\bexpected\b|\breceived\b|\bToo (big|small)\b|\bUnrecognized\b|\b(ZodError|zod)\b|must match pattern|\bNaN\b|<=|>=/;

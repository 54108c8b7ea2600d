/** What a validator says of a value; its own message may repeat the value, or be somebody else's words. */
export interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Rules in words where a shape has none of its own. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['unrecognized_keys', 'no unknown fields'],
  ['invalid_type', 'a value of the right type'],
  ['invalid_value', 'one of the known values'],
  ['too_big', 'not above the largest'],
  ['too_small', 'not below the least'],
]);
/** Issues whose message is the rule that the shape states. */
const STATED = new Set(['custom', 'invalid_union']);
const ELSE = 'the documented shape';

/** What breaks a rule, and which: never the value. */
export interface BrokenRule {
  /** The path of the field, joined by dots; empty for the whole. */
  readonly field: string;
  readonly rule: string;
}

/**
 * Puts what a validator found into our own words: its message stands only where a shape states it as its rule.
 */
export function brokenRule(issue: Issue): BrokenRule {
  return { field: issue.path.map(String).join('.'), rule: ruleOf(issue) };
}

function ruleOf({ code = '', message, path }: Issue): string {
  const isValidators = /^Invalid |^Too |^Unrecognized /.test(message);
  if (code === 'invalid_union' && path.join('.') === 'type' && isValidators) return 'a known type of record';
  if ((STATED.has(code) || code === 'invalid_format') && !isValidators) return message;
  return WORDS.get(code) ?? ELSE;
}

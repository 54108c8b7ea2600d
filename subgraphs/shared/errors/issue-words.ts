import { present } from '../certain/present.js';
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
const STATED = new Set(['custom', 'invalid_format', 'invalid_union']);
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

/** @returns the first rule that a validator found broken, as `brokenRule` words it */
export function firstBrokenRule({ issues }: { readonly issues: readonly Issue[] }): BrokenRule {
  return brokenRule(present(issues[0], 'an issue of a value that was refused'));
}

/** @returns the rule that a shape states itself; undefined where the message is the validator's. */
export function statedRule({ code = '', message }: Pick<Issue, 'code' | 'message'>): string | undefined {
  const isStated = STATED.has(code) && !/^Invalid |^Too |^Unrecognized /.test(message);
  return isStated ? message : undefined;
}

function ruleOf(issue: Issue): string {
  const { code = '', path } = issue;
  const stated = statedRule(issue);
  if (stated !== undefined) return stated;
  if (code === 'invalid_union' && path.join('.') === 'type') return 'a known type of record';
  return WORDS.get(code) ?? ELSE;
}

import type { z } from 'zod';
import { statedRule } from '../errors/issue-words.js';

const ELSE = 'not in the form that .env.example shows';

/**
 * Puts what a validator found of a setting into our own words.
 * @param isGiven whether the setting has a value at all
 * @returns which rule the setting breaks; never its value, which may be a secret
 */
export function settingRule(issue: z.core.$ZodIssue, isGiven: boolean): string {
  if (!isGiven) return 'required';
  const stated = statedRule(issue);
  if (stated !== undefined) return stated;
  switch (issue.code) {
    case 'invalid_value':
      return `must be ${issue.values.map(String).join(', ')}`.replace(/, ([^,]*)$/, ' or $1');
    case 'invalid_type':
      return /^(number|int)$/.test(issue.expected) ? 'must be a whole number' : ELSE;
    case 'too_small':
      return issue.origin === 'string' ? 'must not be empty' : `must be at least ${issue.minimum}`;
    case 'too_big':
      return issue.origin === 'string' ? ELSE : `must be at most ${issue.maximum}`;
    case 'invalid_format':
      return issue.format === 'url' ? 'must be an address, as https://overblik.example.org' : ELSE;
    default:
      return ELSE;
  }
}

import { CROSS_AUTHORITY_PURPOSES } from './benefit-rules.js';
import { CONTROL_PURPOSES } from './control-case-access.js';

/** Every purpose a look-up can state (header overblik-purpose). Source: docs/field.md, Law */
export const PURPOSES: readonly string[] = [...CROSS_AUTHORITY_PURPOSES, ...Object.keys(CONTROL_PURPOSES)];

/** @returns whether a text is the code of a purpose. */
export function isPurpose(text: string): boolean {
  return PURPOSES.includes(text);
}

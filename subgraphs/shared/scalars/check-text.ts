import { badInput } from '../errors/coded-error.js';
import { findPersonalNumber } from '../written/personal-number.js';
import { brokenTextRule, cleanText, isBlank, type TextForm } from './clean-text.js';

/**
 * @param min least characters; a text of at least one is not blank either
 * @returns the text as it is kept, without outer spaces; throws BAD_INPUT when its length is out of bounds or it breaks a rule for texts
 */
export function checkText(
  field: string,
  text: string,
  min: number,
  max: number,
  form: TextForm = {},
): string {
  checkWellFormed(field, text, form);
  const trimmed = cleanText(text).trim();
  if (min > 0 && isBlank(trimmed)) throw badInput(field, 'not blank');
  if (trimmed.length < min || trimmed.length > max) throw badInput(field, `${min} to ${max} characters`);
  return trimmed;
}

/** Throws BAD_INPUT when a text breaks a rule for all texts. */
export function checkWellFormed(field: string, text: string, form: TextForm = {}): void {
  const rule = brokenTextRule(text, form);
  if (rule !== undefined) throw badInput(field, rule);
}

/** @returns the reason of a change or a lift, 10 to 255 characters. */
export function checkWhy(field: string, text: string): string {
  return checkText(field, text, 10, 255, { lines: true });
}

/** @returns the number; throws BAD_INPUT when it is out of bounds. */
export function checkNumber(field: string, value: number, min: number, max: number): number {
  if (!Number.isInteger(value) || value < min || value > max)
    throw badInput(field, `a whole number from ${min} to ${max}`);
  return value;
}

/** Throws BAD_INPUT when a text that is searched for breaks a rule for texts, or has a personal number in it that would be logged as something else. */
export function checkNoPersonalNumber(field: string, text: string): void {
  checkWellFormed(field, text);
  if (findPersonalNumber(text) !== undefined)
    throw badInput(field, 'no personal number in it; search for persons by cprNumber');
}

import { badInput } from '../errors/coded-error.js';
import { findPersonalNumber } from '../written/personal-number.js';

/** @returns the text without outer spaces; throws BAD_INPUT when its length is out of bounds. */
export function checkText(field: string, text: string, min: number, max: number): string {
  const trimmed = text.trim();
  if (trimmed.length < min || trimmed.length > max) throw badInput(field, `${min} to ${max} characters`);
  return trimmed;
}

/** @returns the reason of a change or a lift, 10 to 255 characters. */
export function checkWhy(field: string, text: string): string {
  return checkText(field, text, 10, 255);
}

/** @returns the number; throws BAD_INPUT when it is out of bounds. */
export function checkNumber(field: string, value: number, min: number, max: number): number {
  if (!Number.isInteger(value) || value < min || value > max)
    throw badInput(field, `a whole number from ${min} to ${max}`);
  return value;
}

/** Throws BAD_INPUT when a personal number stands in a text that is logged as something else. */
export function checkNoPersonalNumber(field: string, text: string): void {
  if (findPersonalNumber(text) !== undefined)
    throw badInput(field, 'no personal number in it; search for persons by cprNumber');
}

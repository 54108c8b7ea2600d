import { z } from 'zod';

/** Characters that turn the direction of what follows: they make a text read as what it is not. */
const DIRECTION = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
const CONTROL = /\p{Control}/u;
const HALF_A_PAIR = /\p{Surrogate}/u;
/** The control characters that a text of several lines may have. */
const LINES = /[\t\n\r]/g;
/** What shows nothing. */
const UNSEEN = /[\p{White_Space}\p{Control}\p{Format}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** How a text may be written. */
export interface TextForm {
  /** Whether it may have line breaks and tabs. */
  readonly lines?: boolean;
}

/** @returns a text as it is kept and compared: its letters composed (NFC), nothing in it that turns its direction. */
export function cleanText(text: string): string {
  return text.replace(DIRECTION, '').normalize('NFC');
}

/** @returns the rule that a text breaks whatever it is for; undefined when none. Never the text. */
export function brokenTextRule(text: string, { lines = false }: TextForm = {}): string | undefined {
  if (HALF_A_PAIR.test(text)) return 'well-formed Unicode, without half a surrogate pair';
  const rest = lines ? text.replace(LINES, '') : text;
  if (CONTROL.test(rest))
    return lines ? 'no control characters but line breaks and tabs' : 'no control characters';
  return undefined;
}

/** @returns whether nothing of a text can be seen. */
export function isBlank(text: string): boolean {
  return text.replace(UNSEEN, '') === '';
}

/**
 * The shape of every text that comes from outside and is kept or shown: composed, well formed, not blank.
 * @param max most characters (UTF-16 code units)
 */
export function textShape(max: number, form: TextForm = {}) {
  // Letters apart are composed before they are counted.
  return z.string().overwrite(cleanText).max(max).superRefine(checkedAs(form));
}

/**
 * The shape of a text that names somebody or something at whoever sent it: checked as every text is, and never changed. What
 * would be taken out of another text is refused, or two names would become one.
 * @param max most characters (UTF-16 code units)
 */
export function verbatimShape(max: number, form: TextForm = {}) {
  return z
    .string()
    .max(max)
    .superRefine(checkedAs(form))
    .refine((text) => text.replace(DIRECTION, '') === text, 'nothing that turns the direction of a text');
}

function checkedAs(form: TextForm) {
  return (text: string, context: z.core.$RefinementCtx<string>): void => {
    const rule = brokenTextRule(text, form) ?? (isBlank(text) ? 'not blank' : undefined);
    if (rule !== undefined) context.addIssue({ code: 'custom', message: rule });
  };
}

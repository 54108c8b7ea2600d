/** What only names cannot have: texts lose it. */
export const TURNED = 'an override of direction';

/** Texts that are refused wherever they come from, and what they are. */
export const BAD_TEXTS = [
  ['a NUL', 'A\u0000B'],
  ['an escape', 'A\u001B[31mB'],
  ['a control character of the upper half', 'A\u0085B'],
  ['half a surrogate pair', 'A\uD800B'],
  ['nothing', ''],
  ['what is not seen', '\u200B\u2060'],
  [TURNED, '12345678\u202E'],
] as const;

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  brokenTextRule,
  cleanText,
  isBlank,
  textShape,
  verbatimShape,
} from '../../../../subgraphs/shared/scalars/clean-text.js';
import { checkText } from '../../../../subgraphs/shared/scalars/check-text.js';

const RULES = [
  ['a NUL', 'A\u0000B', 'no control characters'],
  ['an escape', 'A\u001B[31mB', 'no control characters'],
  ['a control character of the upper half', 'A\u0085B', 'no control characters'],
  ['a line break', 'A\nB', 'no control characters'],
  ['half a surrogate pair', 'A\uD800B', 'well-formed Unicode, without half a surrogate pair'],
  ['nothing', '', 'not blank'],
  ['a NUL alone', '\u0000', 'no control characters'],
  ['spaces alone', '   ', 'not blank'],
  ['what is not seen alone', '\u200B\u2060\u00AD\u2800', 'not blank'],
  ['marks of direction alone', '\u202E\u2066', 'not blank'],
] as const;

describe('a text from outside', () => {
  test.each(RULES)('%s is refused, by shapes and by the graph, and not repeated', (_says, text, rule) => {
    const parsed = textShape(50).safeParse(text);
    const messages = parsed.error?.issues.map(({ message }) => message) ?? [];
    expect(messages).toEqual([rule]);
    expect(() => checkText('field', text, 1, 50)).toThrow(
      expect.objectContaining({ extensions: expect.objectContaining({ code: 'BAD_INPUT', field: 'field' }) }),
    );
  });

  test.each([
    ['letters apart are composed', 'A\u030Arhus', 'Århus'],
    ['an override of direction is taken out', 'Anna\u202E nesnaH', 'Anna nesnaH'],
    ['isolates are taken out', '\u2066Anna\u2069', 'Anna'],
    ['emoji stay', 'Ønsker tolk 👩‍👧', 'Ønsker tolk 👩‍👧'],
    ['other scripts stay', 'محمد Łukasz Đorđević', 'محمد Łukasz Đorđević'],
  ])('%s', (_says, text, kept) => {
    expect(textShape(50).parse(text)).toBe(kept);
    expect(checkText('field', text, 1, 50)).toBe(kept);
  });

  test.each(RULES)('%s is no name either', (_says, text, rule) => {
    const messages = verbatimShape(50)
      .safeParse(text)
      .error?.issues.map(({ message }) => message);
    expect(messages?.[0]).toBe(rule);
  });
  test('a name of somebody else’s is never changed: what would be taken out is refused', () => {
    expect(verbatimShape(50).parse('A\u030Arhus')).toBe('A\u030Arhus');
    const { error } = verbatimShape(50).safeParse('Anna\u202E');
    expect(error?.issues.map(({ message }) => message)).toEqual([
      'nothing that turns the direction of a text',
    ]);
  });

  test('letters are counted as they are kept', () => {
    expect(textShape(50).parse('A\u030A'.repeat(50))).toBe('Å'.repeat(50));
    expect(textShape(50).safeParse('\u0958'.repeat(50)).success).toBe(false);
  });

  test('a text of several lines keeps them, and nothing else of control', () => {
    const lines = 'Første linje\r\n\tAnden linje';
    expect(textShape(50, { lines: true }).parse(lines)).toBe(lines);
    expect(brokenTextRule('A\u0007B', { lines: true })).toBe(
      'no control characters but line breaks and tabs',
    );
  });

  test('what is kept is kept as it is when it comes again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const parsed = textShape(60).safeParse(text);
        if (!parsed.success) return;
        expect(cleanText(parsed.data)).toBe(parsed.data);
        expect(isBlank(parsed.data)).toBe(false);
        expect(brokenTextRule(parsed.data)).toBeUndefined();
      }),
    );
  });
});

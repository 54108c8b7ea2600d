import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nameKeys, readName } from '../../../../subgraphs/citizens/source/search-text.js';

/** Whether a search for a name finds a person of another spelling. */
const finds = (asked: string, name: string): boolean => {
  const keys = nameKeys(name);
  return readName(asked).some(
    (words) => words.length > 0 && words.every((word) => keys.some((key) => key.startsWith(word))),
  );
};

describe('both spellings of a name find each other', () => {
  test.each([
    ['Guðrun Þórdal', 'gudrun thordal'],
    ['Þórdís Ðakova', 'Thordis Dakova'],
    ['Łukasz Weiß', 'Lukasz Weiss'],
    ['GROẞ', 'gross'],
    ['Işıl Yıldız', 'Isil Yildiz'],
    ['İbrahim', 'ibrahim'],
    ['Đorđević', 'Dordevic'],
    ['Đorđević', 'Djordjevic'],
    ['Œuvrard', 'oeuvrard'],
    ['Áŋel Ŧeŧŧ', 'angel tett'],
    ['Ħabib Ɓello', 'habib bello'],
    ['Əliyev', 'eliyev'],
    ['Ærø', 'aeroe'],
    ['Åse', 'AASE'],
    ['A\u030ase', 'Åse'],
    ['Ǿrsted', 'Ørsted'],
    ['Søren Jørgensen', 'soeren joergensen'],
    ['Søren Jørgensen', 'Soren Jorgensen'],
    ['Björk', 'Bjork'],
    ['Müller', 'Mueller'],
    ['Müller', 'muller'],
    ['André Müller-Sørensen', 'andre muller soerensen'],
    ['Nguyễn Thị', 'nguyen thi'],
    ['Σοφία', 'sofia'],
    ['Ｔｏｒｎｖｉｇ', 'Tornvig'],
    ['O’Brien', "O'Brien"],
    ['Jean‑Luc', 'Jean-Luc'],
  ])('%s and %s', (written, other) => {
    expect([finds(written, other), finds(other, written)]).toEqual([true, true]);
  });
});

describe('an apostrophe, a dash, a dot or what is not seen hides nobody', () => {
  const JOINTS = [
    "'",
    '’',
    '‘',
    'ʼ',
    '´',
    '`',
    '-',
    '‑',
    '–',
    '−',
    '.',
    '\u00ad',
    '\u200b',
    '\u200d',
    '\u2060',
    '\ufeff',
  ];
  test.each(JOINTS.map((joint) => [joint]))('%j', (joint) => {
    for (const name of [`O${joint}Brien`, `Anne${joint}Marie Holm`, `Jens${joint}Ole${joint}Per`]) {
      const parts = name.split(joint);
      expect([name, finds(parts.join(' '), name), finds(parts.join(''), name), finds(name, name)]).toEqual([
        name,
        true,
        true,
        true,
      ]);
      expect(finds(name, parts.join(''))).toBe(true);
    }
  });
  test.each([
    ['obrien', "Sinéad O'Brien"],
    ['o brien', "Sinéad O'Brien"],
    ['brien sinead', "Sinéad O'Brien"],
    ['annemarie', 'Anne-Marie Holm'],
    ['anne marie', 'Anne-Marie Holm'],
    ['marie', 'Anne-Marie Holm'],
    ['annema', 'Anne-Marie Holm'],
    ['anne-marie', 'Annemarie Holm'],
    ['oleper', 'Jens-Ole-Per'],
    ['hc andersen', 'H.C. Andersen'],
    ['h. c. andersen', 'H.C. Andersen'],
    ['torn\u200bvig', 'Tornvig'],
    ['dangelo', 'D’Angelo'],
  ])('%s finds %s', (asked, name) => {
    expect(finds(asked, name)).toBe(true);
  });
});

test('a short word finds no names that merely begin with its bare letter', () => {
  expect(finds('Ås', 'Astrid')).toBe(false);
  expect(finds('Åse', 'Asger')).toBe(false);
  expect(finds('Bø', 'Bodil')).toBe(false);
});

test('a name is found by itself, whatever is in it, and its keys are plain', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (name) => {
      const keys = nameKeys(name);
      expect(keys.every((key) => /^[a-z0-9]+$/.test(key))).toBe(true);
      if (keys.length > 0) expect(finds(name, name)).toBe(true);
    }),
  );
});

test('the keys of a name of a thousand joints stay few', () => {
  const keys = nameKeys('ab-'.repeat(1000));
  expect(keys.length).toBeLessThan(20);
});

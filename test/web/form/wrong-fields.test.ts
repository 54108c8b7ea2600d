import { expect, test } from '@jest/globals';
import { fieldAt, wordsForWrong, type Checked } from '../../../web/parts/form/wrong-fields.js';
import { wordsOf } from '../../../web/text/text.js';

const FINE: Checked['validity'] = {
  valid: true,
  valueMissing: false,
  tooShort: false,
  tooLong: false,
  badInput: false,
};
const wrong = (found: Partial<Checked['validity']>, bounds: Omit<Checked, 'validity'> = {}): Checked => ({
  validity: { ...FINE, valid: false, ...found },
  ...bounds,
});

test.each<[string, Checked, string | undefined]>([
  ['nothing', { validity: FINE }, undefined],
  ['empty', wrong({ valueMissing: true }), 'Udfyld feltet.'],
  ['short', wrong({ tooShort: true }, { minLength: 10 }), 'Skriv mindst 10 tegn.'],
  ['long', wrong({ tooLong: true }, { maxLength: 255 }), 'Skriv højst 255 tegn.'],
  ['out of bounds', wrong({}, { min: '5', max: '480' }), 'Skriv et helt tal fra 5 til 480.'],
  // A browser says of letters in a number that the field is empty as well.
  ['letters', wrong({ badInput: true, valueMissing: true }), 'Feltet kan ikke læses. Ret det.'],
  ['anything else', wrong({}), 'Feltet kan ikke læses. Ret det.'],
])('%s: what is said of a control', (_what, control, words) => {
  expect(wordsForWrong(control, wordsOf('da'))).toBe(words);
});

test.each([
  ['input.name', 'name'],
  ['input.grants.1.kle.0', 'grants.1.kle'],
  ['input.why', 'why'],
  ['input.renamed', undefined],
  ['input', undefined],
])('what the server finds wrong at %s stands at the field', (path, field) => {
  expect(fieldAt(path, ['name', 'kle', 'grants.0.kle', 'grants.1.kle', 'why'])).toBe(field);
});

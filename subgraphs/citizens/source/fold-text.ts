import anyAscii from 'any-ascii';

/**
 * How letters outside a–z are written by whoever does not have them.
 * `danish`: æ as ae, ø as oe, å as aa. `long`: ü as ue and đ as dj too. `bare`: the letter without what marks it (o for ø).
 * Letters that do not come apart (ð, þ, ł, ß, ı, œ and their kin) are written as any-ascii has them in every way.
 */
export type Spelling = 'danish' | 'long' | 'bare';

export const SPELLINGS: readonly Spelling[] = ['danish', 'long', 'bare'];

type Letters = readonly (readonly [letter: RegExp, written: string])[];

/** Letters are matched in their decomposed form, so that an ǿ is an ø with an accent. */
const DANISH: Letters = [
  [/æ|a\u0308/g, 'ae'],
  [/ø|o\u0308/g, 'oe'],
  [/a\u030a/g, 'aa'],
];

const WRITTEN: Readonly<Record<Spelling, Letters>> = {
  danish: DANISH,
  long: [...DANISH, [/u\u0308/g, 'ue'], [/đ/g, 'dj']],
  bare: [],
};

/** @returns the text in lower case with nothing but ASCII in it. */
export function foldText(text: string, spelling: Spelling = 'danish'): string {
  const decomposed = text.normalize('NFKC').toLowerCase().normalize('NFD');
  const written = WRITTEN[spelling].reduce((part, [letter, as]) => part.replace(letter, as), decomposed);
  // A picture is no word: any-ascii would spell it out.
  return anyAscii(written.replace(/\p{M}/gu, '').replace(/\p{S}/gu, ' ')).toLowerCase();
}

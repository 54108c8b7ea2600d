import { foldText, type Spelling, SPELLINGS } from './fold-text.js';

/** What joins the parts of one name, or is not seen in it: apostrophes, dashes, dots and invisible characters. */
const JOINERS =
  /['’‘‛ʼʻ`´′ʹ＇\p{Dash_Punctuation}\u2212.·\p{Cf}\p{Default_Ignorable_Code_Point}\u2800\u3164\uffa0]/gu;

/** More parts than a name has; what follows is found by its own parts alone. */
const MAX_PARTS = 8;
/** A shorter word without its marks begins too many other names: Ås would find Astrid. */
const MIN_BARE = 4;

/** A word of a name in its parts: O'Brien is o and brien. */
type Word = readonly string[];

function wordsOf(text: string, spelling: Spelling): Word[] {
  return foldText(text.replace(JOINERS, "'"), spelling)
    .split(/[^a-z0-9']+/)
    .map((word) => word.split("'").filter((part) => part !== ''))
    .filter((parts) => parts.length > 0);
}

const distinct = (tokens: readonly string[]): string[] => [...new Set(tokens)];

/** @returns the distinct words of a text, each part of a joined one by itself. */
export function searchTokens(text: string): string[] {
  return distinct(wordsOf(text, 'danish').flat());
}

/**
 * @returns what a name is found by: the parts of its words, and what follows from each part on written in one (Anne-Marie: anne,
 * marie and annemarie), in every spelling.
 */
export function nameKeys(name: string): string[] {
  return distinct(SPELLINGS.flatMap((spelling) => wordsOf(name, spelling).flatMap(keysOfWord)));
}

function keysOfWord(parts: Word): string[] {
  const joined = parts.slice(0, MAX_PARTS).map((_, i) => parts.slice(i).join(''));
  return [...parts, ...joined];
}

/**
 * @returns the ways to read a name that somebody searches for. A name is found when, for one of them, each word begins some key
 * of the name.
 */
export function readName(text: string): string[][] {
  const readings = SPELLINGS.flatMap((spelling) => {
    const words = spelled(text, spelling);
    return [words.flat(), words.map((parts) => parts.join(''))];
  }).map(distinct);
  return [...new Map(readings.map((words) => [words.join(' '), words])).values()];
}

function spelled(text: string, spelling: Spelling): Word[] {
  const words = wordsOf(text, spelling);
  if (spelling !== 'bare') return words;
  const danish = wordsOf(text, 'danish');
  return words.map((word, i) => (word.join('').length < MIN_BARE ? (danish[i] ?? word) : word));
}

/** @returns a store condition: some token of the field begins with this one. */
export function beginsWith(token: string): { $elemMatch: { $gte: string; $lt: string } } {
  return { $elemMatch: { $gte: token, $lt: `${token}\uffff` } };
}

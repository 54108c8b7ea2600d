import { present } from '../../shared/certain/present.js';
import { endsLikeStreet, floorWord, formsOf, isDoor, oneForm } from './address-words.js';
import { foldText } from './fold-text.js';
import { beginsWith } from './search-text.js';

/** What an address is found by. */
export interface AddressPlace {
  /** The street in one word and in one form: `gammelkongevej`. */
  readonly street: string;
  /** House number with its letter, `18a`. */
  readonly number: string | null;
  /** Every word in all its forms, floor, door and postcode; the house number stands by itself. */
  readonly tokens: readonly string[];
}

/** An address of a person with its first day, `yyyy-mm-dd`: who is to move there later is not found by it. */
export interface DatedPlace extends AddressPlace {
  readonly from: string;
}

/** An address that somebody searches for. */
export interface AskedAddress {
  /** Empty when no street comes first. */
  readonly street: string;
  readonly number: string | null;
  /** The words of the street, which may be beginnings. */
  readonly streetWords: readonly string[];
  /** Other words, such as the town, which may be beginnings. */
  readonly words: readonly string[];
  /** Floor, door and postcode, which are meant as they stand. */
  readonly figures: readonly string[];
}

/** A text taken apart: the words before the house number, the number, and the rest. */
interface Parts {
  readonly street: readonly string[];
  readonly number: string | null;
  readonly rest: readonly string[];
}

const HOUSE_NUMBER = /^\d{1,3}[a-z]?$/;
const POSTCODE = /^\d{4}$/;
const LETTER = /^[a-z]$/;
const WITH_DOOR = /^(\d{1,3}[a-z]?|st|kl|kld)(th|tv|mf|sal)$/;
/** What is not seen, and what stands within a word. */
const WITHIN_WORDS = /['’‘‛ʼʻ`´′\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

function tokensOf(segment: string): string[] {
  return foldText(segment.replace(WITHIN_WORDS, ''))
    .split(/[^a-z0-9]+/)
    .filter((token) => token !== '')
    .flatMap((token) => WITH_DOOR.exec(token)?.slice(1) ?? [token]);
}

function takeApart(text: string): Parts {
  const segments = text
    .split(/[,;\r\n]+/)
    .map((segment) => ({ tokens: tokensOf(segment), careOf: /^\s*c\s?\/\s?o\b/i.test(segment) }))
    .filter(({ tokens }) => tokens.length > 0);
  const streets = segments.filter(({ careOf }) => !careOf);
  const numbered = streets.filter(({ tokens }) => numberAt(tokens) > 0);
  const main =
    numbered.find(({ tokens }) => tokens.some(endsLikeStreet)) ??
    numbered[0] ??
    streets.find(({ tokens }) => numberAt(tokens) === 0 && tokens.length > 1) ??
    streets[0];
  const others = segments.filter((segment) => segment !== main).flatMap(({ tokens }) => tokens);
  const { street, number, rest } = split(main?.tokens ?? []);
  return { street: initialsTogether(street), number, rest: initialsTogether([...rest, ...others]) };
}

/** @returns where the house number stands; a number at the very beginning is one only when no other follows. */
function numberAt(tokens: readonly string[]): number {
  const after = tokens.findIndex(
    (token, i) => i > 0 && HOUSE_NUMBER.test(token) && !/^\d/.test(tokens[i - 1] ?? ''),
  );
  return after > 0 || !HOUSE_NUMBER.test(tokens[0] ?? '') ? after : 0;
}

function split(tokens: readonly string[]): Parts {
  const at = numberAt(tokens);
  const postcode = tokens.findIndex((token) => POSTCODE.test(token));
  const end = postcode < 0 ? tokens.length : postcode;
  if (at < 0 || tokens.length === 1)
    return { street: tokens.slice(0, end), number: null, rest: tokens.slice(end) };
  const digits = present(tokens[at], 'a house number');
  const after = tokens[at + 1] ?? '';
  const letter = /\d$/.test(digits) && LETTER.test(after) ? after : '';
  const next = at + 1 + letter.length;
  if (at === 0) return { street: tokens.slice(next, end), number: digits + letter, rest: tokens.slice(end) };
  const street = tokens.slice(0, tokens[at - 1] === 'nr' ? at - 1 : at);
  return { street, number: digits + letter, rest: tokens.slice(next) };
}

/** H. C. Andersens Vej is HC Andersens Vej, and t.h. is th. */
function initialsTogether(words: readonly string[]): string[] {
  return words.reduce<string[]>((together, word, i) => {
    const isInitial = LETTER.test(word) && LETTER.test(words[i - 1] ?? '');
    return isInitial ? [...together.slice(0, -1), (together.at(-1) ?? '') + word] : [...together, word];
  }, []);
}

const streetKey = (words: readonly string[]): string => words.map(oneForm).join('');

const floorsOf = (tokens: readonly string[]): string[] => tokens.flatMap((token) => floorWord(token) ?? []);

/** @returns what an address as the register writes it is found by. */
export function placeOf(line: string): AddressPlace {
  const { street, number, rest } = takeApart(line);
  const postcode = rest.findIndex((token) => POSTCODE.test(token));
  const floors = floorsOf(postcode < 0 ? rest : rest.slice(0, postcode));
  const town = postcode < 0 ? [] : rest.slice(postcode);
  const tokens = [...street.flatMap(formsOf), ...floors, ...town.flatMap(formsOf)];
  return { street: streetKey(street), number, tokens: [...new Set(tokens)] };
}

/** @returns one writing of an address: the same for whoever is registered at the same one. */
export function addressKey(line: string): string {
  const { street, number, rest } = takeApart(line);
  return [streetKey(street), number ?? '', ...floorsOf(rest).map(oneForm)].join(' ');
}

/** @returns an address as somebody searches for it. */
export function readAddress(text: string): AskedAddress {
  const { street, number, rest } = takeApart(text);
  const tokens = number === null ? rest : floorsOf(rest);
  const isFigure = (token: string) => isDoor(token) || /^(\d{1,2}|\d{4})[a-z]?$/.test(token);
  return {
    street: streetKey(street),
    number,
    streetWords: street,
    words: tokens.filter((token) => !isFigure(token)),
    figures: tokens.filter(isFigure),
  };
}

/** @returns whether a text reads like a street whoever it is written by. */
export function namesStreet({ streetWords }: AskedAddress): boolean {
  return streetWords.some(endsLikeStreet);
}

/** @returns whether there is enough of an address to look for. */
export function isEnough({ streetWords, words, figures }: AskedAddress): boolean {
  return [...streetWords, ...words, ...figures].some((token) => token.length >= 2);
}

/** @returns whether an address is the one asked for: by its words, or by its street however that is parted. */
export function isAt(place: AddressPlace, asked: AskedAddress): boolean {
  const { street, number, streetWords, words, figures } = asked;
  if (number !== null && !(place.number ?? '').startsWith(number)) return false;
  if (!figures.every((figure) => place.tokens.includes(figure))) return false;
  const begins = (word: string) => place.tokens.some((token) => token.startsWith(word));
  return words.every(begins) && (streetWords.every(begins) || (street !== '' && place.street === street));
}

/** @returns whether the house number asked for is this one and not one that begins with it. */
export function isExactlyAt(place: AddressPlace, asked: AskedAddress): boolean {
  return asked.number !== null && place.number === asked.number && isAt(place, asked);
}

type PlaceCondition = Readonly<Record<string, unknown>>;

const somePlace = (conditions: readonly PlaceCondition[], today: string): PlaceCondition => ({
  places: { $elemMatch: { $and: [...conditions, { from: { $lte: today } }] } },
});

const begun = (words: readonly string[]): PlaceCondition[] =>
  words.map((word) => ({ tokens: beginsWith(word) }));

const asTheyStand = ({ figures }: AskedAddress): PlaceCondition[] => figures.map((tokens) => ({ tokens }));

/**
 * @param today `yyyy-mm-dd`
 * @returns store conditions of which one holds for whoever lives or lived at an address
 */
export function placeFilters(asked: AskedAddress, today: string): PlaceCondition[] {
  const { street, number, streetWords, words } = asked;
  const others = [
    ...begun(words),
    ...asTheyStand(asked),
    ...(number === null ? [] : [{ number: { $gte: number, $lt: `${number}\uffff` } }]),
  ];
  return [
    somePlace([...begun(streetWords), ...others], today),
    ...(street === '' ? [] : [somePlace([{ street }, ...others], today)]),
  ];
}

/**
 * @param today `yyyy-mm-dd`
 * @returns the store condition of the very street and house number; undefined when no street was given
 */
export function exactPlaceFilter(asked: AskedAddress, today: string): PlaceCondition | undefined {
  const { street, number, words } = asked;
  if (street === '') return undefined;
  const conditions = [{ street }, ...(number === null ? [] : [{ number }])];
  return somePlace([...conditions, ...begun(words), ...asTheyStand(asked)], today);
}

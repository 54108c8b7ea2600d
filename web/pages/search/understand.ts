import { normaliseCpr } from '../../../subgraphs/shared/scalars/cpr.js';
import { readBirthDay } from '../../../subgraphs/shared/written/day.js';
import { findPersonalNumber, isMistakenNumber } from '../../../subgraphs/shared/written/personal-number.js';
import type { CitizenSearchInput } from '../../generated/operations.js';

/** What a search field was understood as. */
export type Understood =
  | {
      readonly as: 'Cpr' | 'Name' | 'NameAndBirthDate' | 'Address' | 'BirthDate';
      readonly criteria: CitizenSearchInput;
    }
  | { readonly as: 'Case'; readonly caseNumber: string };

/** Why nothing is searched for. */
export type NotUnderstood = 'searchEmpty' | 'searchTooLong' | 'searchNoSuchNumber';

export const MAX_SEARCH = 200;
/** Which of two centuries is meant is the graph's to say; the page leaves both open. */
const ANY_TIME = '9999-12-31';

/**
 * Understands what a user writes in the one search field. A personal number is one however it is pasted, among other words too; a
 * day, or the first half of a personal number, is a birth date; one word with digits is a case number; words with digits are an
 * address; all else is a name or a street.
 * @returns the name of the text that says why nothing is searched for, when it is nothing, too long, or a mistaken number
 */
export function understand(text: string): Understood | NotUnderstood {
  const given = text
    .normalize('NFC')
    .replace(/[\p{Separator}\p{Control}]+/gu, ' ')
    .replace(/[\p{Format}\p{Default_Ignorable_Code_Point}]/gu, '')
    .trim();
  if (given === '') return 'searchEmpty';
  if (given.length > MAX_SEARCH) return 'searchTooLong';
  const cprNumber = normaliseCpr(given) ?? findPersonalNumber(given);
  if (cprNumber !== undefined) return { as: 'Cpr', criteria: { cprNumber } };
  if (isMistakenNumber(given)) return 'searchNoSuchNumber';
  const born = birthCriteria(given);
  if (born) return { as: 'BirthDate', criteria: born };
  if (!/\d/.test(given)) return { as: 'Name', criteria: { nameOrStreet: given } };
  if (!given.includes(' ')) return { as: 'Case', caseNumber: given };
  return nameAndBirthDate(given) ?? { as: 'Address', criteria: { address: given } };
}

/** A year of two digits says no century: the graph is given the first half of a personal number. */
function birthCriteria(text: string): CitizenSearchInput | undefined {
  const days = readBirthDay(text, ANY_TIME);
  const [day] = days ?? [];
  if (days === undefined || day === undefined) return undefined;
  if (days.length === 1) return { birthDate: day };
  return { cprNumber: `${day.slice(8, 10)}${day.slice(5, 7)}${day.slice(2, 4)}` };
}

function nameAndBirthDate(text: string): Understood | undefined {
  const words = text.split(' ');
  const name = words.filter((word) => !/\d/.test(word)).join(' ');
  const [written, ...others] = words.filter((word) => /\d/.test(word));
  const born = written !== undefined && others.length === 0 ? birthCriteria(written) : undefined;
  return born && { as: 'NameAndBirthDate', criteria: { name, ...born } };
}

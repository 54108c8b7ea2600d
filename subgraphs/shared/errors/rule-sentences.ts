import { RECORD_KINDS } from '../policy/grants.js';

/**
 * Every rule that a subgraph's error may name, each number as `#`. What an error says comes from another process: the gateway lets through
 * what stands here and nothing else, so that no value and no text of a failing program reaches a caller. A test holds that the list has
 * every rule that the subgraphs state, and no other.
 */
const SENTENCES = [
  '# to #',
  '# to # alerts',
  '# to # characters',
  '# to # characters with at least one word of # letters or digits',
  '# to # system roles',
  '# to # values',
  'AGREEMENT',
  'KLE, SENSITIVITY or UNIT',
  'MAPPING',
  'KLE numbers or branches',
  'a KLE number or branch',
  'a KLE topic number NN.NN.NN',
  'a URI of at most # characters without spaces',
  'a UUID',
  'a case number; persons are searched for by personal number with searchCitizens',
  'a case you may write notes on',
  'a code of capital letters, digits and underscores',
  'a cursor of this list, as it was given out',
  'a day after validFrom',
  'a key and the revision it was read at',
  'a main group NN or a group NN.NN',
  'a person within your reach',
  'a personal number of ten digits, or its first six: DDMMYY',
  'a registered IT system',
  'a reminder of your own',
  'a time to come',
  'a time with Z or an offset, as #-#-#T#:#:#Z: seconds may be left out, and have up to nine decimals',
  'a topic number NN.NN.NN',
  'a unit or a user of the own authority',
  'a user of the own organisation',
  'a whole number from # to #',
  'after every version already approved; undo a scheduled one first',
  'after the beginning of the validity',
  'an address of at most # characters with {caseId} exactly once',
  'an address with {caseId} after the host',
  'an address without a user name',
  'an alert group within the areas and units of your right to administer alerts',
  'an alert within your rights',
  'an existing day, YYYY-MM-DD',
  'an https address',
  `at least one of ${RECORD_KINDS.join(', ')}`,
  'at least one of cprNumber, name, nameOrStreet, address, birthDate',
  'at least one of cvrNumber, name',
  'at most # codes',
  'at most # headings',
  'at most # kB; file a longer one as a document in the source system',
  'at most # notes waiting for their source systems',
  'at most # persons',
  'at most # roles',
  'at most # types',
  'at most # values in all',
  'before the end of the validity',
  'codes of known source systems',
  'codes of register events',
  'eight digits with a right check digit',
  'exactly one of user, token, privileges and jobFunctionRoles',
  'false without the right to administer alerts',
  'keys of entities',
  'names of system roles',
  'no control characters',
  'no control characters but line breaks and tabs',
  'no personal number in it; search for persons by cprNumber',
  'no value of its own for what comes with the sign-in',
  'none, or # to # persons',
  'not below ageFrom',
  'not blank',
  'now or a time to come',
  'numbers and wildcards of KLE, such as #.#.#, #.#.*, #.* or *',
  'one in a request',
  'one of at most # favourites; take one away first',
  'one of the municipality’s types of remarks',
  'organisation units of the own authority',
  'read, deliver or both',
  'ten digits, DDMMYY and four more, with or without hyphen',
  'the beginning of a KLE number: NN, NN.NN or NN.NN.NN',
  'the code of a source system',
  'the constraints of the role, not more and not less',
  'the own authority',
  'today or later',
  'today or later, at most # years on',
  'well-formed Unicode, without half a surrogate pair',
  'within the areas and units of your right to administer alerts',
] as const;

const KNOWN: ReadonlySet<string> = new Set(SENTENCES);
/** A number that a rule names; longer ones are values. */
const NUMBER = /\d+/g;
const MAX_DIGITS = 6;
const MAX_LENGTH = 200;

/** @returns a rule with each number it names as `#`. */
export function sentenceOf(rule: string): string {
  return rule.replace(NUMBER, (digits) => (digits.length <= MAX_DIGITS ? '#' : digits));
}

/** @returns whether a text is a rule that subgraphs state. */
export function isKnownRule(rule: string): boolean {
  return rule.length <= MAX_LENGTH && KNOWN.has(sentenceOf(rule));
}

/** Every sentence, for the test that compares them with what the subgraphs state. */
export const RULE_SENTENCES: readonly string[] = SENTENCES;

import { ownValue } from '../../subgraphs/shared/names/own-value.js';
import type { Language } from './text.js';

/** Rules of the server about what is sent, in Danish; the server says them in English. */
const DANISH: Readonly<Record<string, string>> = {
  'a JSON object with a query or a documentId': 'siden er ikke den nyeste',
  'a KLE number or branch': 'et KLE-nummer eller en gren, som 32.30.04 eller 32.*',
  'a KLE topic number NN.NN.NN': 'et KLE-emnenummer, som 32.30.04',
  'a UUID': 'et gyldigt id',
  'a case number; persons are searched for by personal number with searchCitizens':
    'et sagsnummer; søg borgere på CPR-nummer',
  'a case of the calling system on that person': 'en af borgerens sager i fagsystemet',
  'a case you may write notes on': 'en sag, du må skrive notater på',
  'a code of capital letters, digits and underscores': 'en kode af store bogstaver, tal og understregninger',
  'a cursor of this list, as it was given out': 'listen er ændret; hent siden igen',
  'a day after validFrom': 'en dag efter den første gyldige dag',
  'a key and the revision it was read at': 'et id, som kan bruges og ikke er for langt',
  'a main group NN or a group NN.NN': 'en hovedgruppe eller gruppe i KLE, som 32 eller 32.30',
  'a person within your reach': 'en borger, du har adgang til',
  'a personal number of ten digits, or its first six: DDMMYY':
    'et CPR-nummer på ti cifre eller de første seks: dag, måned, år',
  'a registered IT system': 'et registreret it-system',
  'a reminder of your own': 'en af dine egne påmindelser',
  'a text': 'en tekst',
  'a time to come': 'et tidspunkt, der kommer',
  'a value that this field takes': 'en værdi, som feltet kan rumme',
  'a topic number NN.NN.NN': 'et emnenummer, som 32.30.04',
  'a unit or a user of the own authority': 'en enhed eller medarbejder i egen myndighed',
  'a user of the own organisation': 'en medarbejder i egen organisation',
  'after every version already approved; undo a scheduled one first':
    'efter alle versioner, der er godkendt; fortryd først den, der venter',
  'no personal number in it; search for persons by cprNumber': 'intet CPR-nummer i den',
  'after the beginning of the validity': 'efter den første gyldige dag',
  'an alert group within the areas and units of your right to administer alerts':
    'en advisgruppe inden for de emner og enheder, du styrer',
  'an alert within your rights': 'et advis, du har adgang til',
  'an address without a user name': 'en adresse uden brugernavn',
  'an authority with a service agreement': 'en myndighed med en serviceaftale',
  'an existing day, YYYY-MM-DD': 'en dag, der findes',
  'an https address': 'en adresse, der begynder med https',
  'at least one of cprNumber, name, nameOrStreet, address, birthDate':
    'mindst CPR-nummer, navn, adresse eller fødselsdato',
  'at least one of cvrNumber, name': 'mindst CVR-nummer eller navn',
  'before the end of the validity': 'før den sidste gyldige dag',
  'codes of known source systems': 'koder for kendte kildesystemer',
  'codes of register events': 'hændelser fra registret',
  'eight digits with a right check digit': 'otte cifre i et gyldigt CVR-nummer',
  'exactly one of user, token, privileges and jobFunctionRoles': 'én slags login ad gangen',
  'false without the right to administer alerts': 'kun for dem, der styrer advisgrupper',
  'KLE numbers or branches': 'KLE-numre eller grene, som 32.30.04 eller 32.*',
  'KLE, SENSITIVITY or UNIT': 'emner, følsomhed eller enhed',
  'names of system roles': 'systemroller, der findes',
  'no control characters': 'ingen styretegn',
  'no control characters but line breaks and tabs': 'ingen styretegn ud over linjeskift og tabulator',
  'no value of its own for what comes with the sign-in': 'ingen egen værdi, når den hentes fra login',
  'not below ageFrom': 'ikke under den laveste alder',
  'not blank': 'ikke tomt',
  'now or a time to come': 'nu eller et tidspunkt, der kommer',
  'numbers and wildcards of KLE, such as 32.30.04, 32.30.*, 32.* or *':
    'KLE-numre og mønstre, som 32.30.04, 32.30.*, 32.* eller *',
  'one in a request': 'én ad gangen',
  'one of the municipality’s types of remarks': 'en af kommunens bemærkningstyper',
  'organisation units of the own authority': 'enheder i egen myndighed',
  'read, deliver or both': 'må vises, må levere eller begge dele',
  'ten digits, DDMMYY and four more, with or without hyphen': 'ti cifre, med eller uden bindestreg',
  'the code of a source system': 'et kildesystems kode',
  'the constraints of the role, not more and not less': 'de afgrænsninger, rollen kan og skal have',
  'the own authority': 'egen myndighed',
  'today or later': 'i dag eller senere',
  'well-formed Unicode, without half a surrogate pair': 'tegn, der kan læses',
  'within the areas and units of your right to administer alerts': 'inden for de emner og enheder, du styrer',
};

/** Rules with numbers in them, and how they are said in Danish. */
const COUNTED: readonly (readonly [RegExp, string])[] = [
  [/^(\d+) to (\d+) characters$/, '$1 til $2 tegn'],
  [/^a whole number from (\d+) to (\d+)$/, 'et helt tal fra $1 til $2'],
  [/^(\d+) to (\d+)(?: values| alerts)?$/, '$1 til $2'],
  [/^(\d+) to (\d+) system roles$/, '$1 til $2 systemroller'],
  [/^none, or (\d+) to (\d+) persons$/, 'ingen, eller $1 til $2 personer'],
  [/^a time with Z or an offset.*$/, 'en dag og et klokkeslæt, der kan læses'],
  [/^a URI of at most (\d+) characters without spaces$/, 'en adresse på højst $1 tegn uden mellemrum'],
  [/^today or later, at most (\d+) years on$/, 'i dag eller senere, højst $1 år frem'],
  [
    /^an address of at most (\d+) characters with (\S+) exactly once$/,
    'en adresse på højst $1 tegn med $2 én gang',
  ],
  [/^an address with (\S+) after the host$/, 'en adresse med $1 efter værtsnavnet'],
  [
    /^at most (\d+) look-ups an hour; go on in (\d+) seconds$/,
    'højst $1 opslag i timen; prøv igen om $2 sekunder',
  ],
  [/^one of at most (\d+) favourites.*$/, 'højst $1 favoritter; fjern én først'],
  [/^at least one of .+$/, 'mindst én af dem'],
  [/^(\d+) to (\d+) characters with at least one word.*$/, '$1 til $2 tegn med mindst ét ord'],
  [/^at most (\d+) kB.*$/, 'højst $1 kB'],
  [/^at most (\d+) notes waiting for their source systems$/, 'højst $1 notater, der venter på fagsystemet'],
  [/^at most (\d+) [a-z ]+$/, 'højst $1'],
];

/** @returns a rule in the words of a language; undefined in Danish for a rule that only a program can break. */
export function ruleText(rule: string, language: Language): string | undefined {
  if (language === 'en') return rule;
  const known = ownValue<string>(DANISH, rule);
  if (known !== undefined) return known;
  const [pattern, danish] = COUNTED.find(([counted]) => counted.test(rule)) ?? [];
  return pattern && danish !== undefined ? rule.replace(pattern, danish) : undefined;
}

/** Forms of one word in addresses; somebody who writes one of them means the others too. */
const FORMS: readonly (readonly string[])[] = [
  ['gammel', 'gamle', 'gammelt', 'gl', 'gml'],
  ['noerre', 'nr', 'n'],
  ['nordre', 'ndr'],
  ['soender', 'soendre', 'sdr', 's'],
  ['oester', 'oestre', 'oe'],
  ['vester', 'vestre', 'v'],
  ['store', 'st'],
  ['sankt', 'sanct', 'skt', 'sct', 'st'],
  ['lille', 'll'],
  ['kongens', 'kgs'],
  ['christian', 'chr'],
  ['frederik', 'fr', 'frd'],
  ['doktor', 'dr'],
  ['professor', 'prof'],
  ['general', 'gen'],
  ['admiral', 'adm'],
  ['kaptajn', 'kapt'],
  ['ingenioer', 'ing'],
  ['direktoer', 'dir'],
  ['borgmester', 'borgm'],
  ['plads', 'pl'],
  ['boulevard', 'boul', 'blvd', 'bd'],
  ['koebenhavn', 'kbh', 'kbhvn'],
  ['frederiksberg', 'frb', 'frbg'],
];

const GROUPS_OF = new Map<string, (readonly string[])[]>();
for (const group of FORMS)
  for (const form of group) GROUPS_OF.set(form, [...(GROUPS_OF.get(form) ?? []), group]);

/** @returns every form of a folded word, itself among them. */
export function formsOf(word: string): string[] {
  return [...new Set([word, ...(GROUPS_OF.get(word) ?? []).flat()])];
}

/** Groups that share a form are written alike: Sankt, Store and St. */
const KEYS = new Map<string, string>();
for (const form of GROUPS_OF.keys()) KEYS.set(form, keyOf(form));

function keyOf(form: string): string {
  const seen = new Set<string>();
  const open = [form];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...(GROUPS_OF.get(next) ?? []).flat());
  }
  const [first = form] = [...seen].sort();
  return first;
}

/** @returns one writing for all forms of a folded word. */
export function oneForm(word: string): string {
  return KEYS.get(word) ?? word;
}

/** Floors and doors in words. */
const FLOORS = new Map([
  ['stue', 'st'],
  ['stuen', 'st'],
  ['stueetage', 'st'],
  ['kld', 'kl'],
  ['kaelder', 'kl'],
  ['kaelderen', 'kl'],
  ['hoejre', 'th'],
  ['venstre', 'tv'],
  ['midt', 'mf'],
  ['midtfor', 'mf'],
]);
/** What stands between the figures of a floor and a door and tells nothing. */
const FILLING = new Set(['sal', 'etage', 'til', 'for']);
const DOORS = new Set(['st', 'kl', 'th', 'tv', 'mf']);

/** @returns a floor or door as the register writes it; undefined for a word that only fills. */
export function floorWord(word: string): string | undefined {
  return FILLING.has(word) ? undefined : (FLOORS.get(word) ?? word);
}

export const isDoor = (word: string): boolean => DOORS.has(word);

/** How streets of one word end that no surname ends like. */
const STREET_ENDS =
  /(vej|vejen|gade|gaden|straede|straedet|alle|alleen|torv|torvet|plads|pladsen|boulevard|boulevarden|vaenget|parken|stien|brinken|toften|svinget|passage|engen|bakken|krogen|haven)$/;

/** @returns whether a folded word reads like the name of a street. */
export const endsLikeStreet = (word: string): boolean => STREET_ENDS.test(word);

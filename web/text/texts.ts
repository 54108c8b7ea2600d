import { access } from './access.js';
import { alertGroups } from './alert-groups.js';
import { citizen } from './citizen.js';
import { frame } from './frame.js';
import { inbox } from './inbox.js';
import { log } from './log.js';
import { search } from './search.js';
import { shared } from './shared.js';
import { recordOf, namesOf } from '../../subgraphs/shared/names/known-names.js';

const ALL = {
  ...frame,
  ...shared,
  ...search,
  ...citizen,
  ...inbox,
  ...alertGroups,
  ...access,
  ...log,
} as const satisfies Record<string, readonly [da: string, en: string]>;

export type TextName = keyof typeof ALL;

type Texts = Readonly<Record<TextName, string>>;

const of = (place: 0 | 1): Texts => recordOf(namesOf(ALL), (name) => ALL[name][place]);

/** Every text of the page by language. A file for each subject holds them, the Danish one first. */
export const TEXTS = { da: of(0), en: of(1) } as const;

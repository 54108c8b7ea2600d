import type { TextName } from './da.js';
import { access } from './en/access.js';
import { alertGroups } from './en/alert-groups.js';
import { citizen } from './en/citizen.js';
import { frame } from './en/frame.js';
import { inbox } from './en/inbox.js';
import { log } from './en/log.js';
import { search } from './en/search.js';
import { shared } from './en/shared.js';

/** Every text of the page in English, by subject. */
export const en: Readonly<Record<TextName, string>> = {
  ...frame,
  ...shared,
  ...search,
  ...citizen,
  ...inbox,
  ...alertGroups,
  ...access,
  ...log,
};

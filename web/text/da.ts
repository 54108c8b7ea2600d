import { access } from './da/access.js';
import { alertGroups } from './da/alert-groups.js';
import { citizen } from './da/citizen.js';
import { frame } from './da/frame.js';
import { inbox } from './da/inbox.js';
import { log } from './da/log.js';
import { search } from './da/search.js';
import { shared } from './da/shared.js';

/** Every text of the page in Danish, by subject. The English files have the same names (checked by type). */
export const da = {
  ...frame,
  ...shared,
  ...search,
  ...citizen,
  ...inbox,
  ...alertGroups,
  ...access,
  ...log,
} as const;

export type TextName = keyof typeof da;

import {
  type ConstraintType,
  isSystemRole,
  ROLE_DEFINITIONS,
  SYSTEM_ROLES,
  type SystemRole,
} from '../../shared/policy/permissions.js';

const BASE = 'http://overblik.invalid/roles/usersystemrole/';

/** A system role as it is published to municipalities. */
export interface PublishedRole {
  readonly uri: string;
  readonly name: SystemRole;
  readonly compulsory: readonly ConstraintType[];
  readonly optional: readonly ConstraintType[];
}

/** @returns every system role with its URI and constraint types. */
export function publishedRoles(): PublishedRole[] {
  return SYSTEM_ROLES.map((name) => ({ uri: `${BASE}${name}/1`, name, ...ROLE_DEFINITIONS[name] }));
}

/** @returns the name of a system role given by name or URI; anything else as it was given, to be shown as void. */
export function roleName(nameOrUri: string): string {
  const name = nameOrUri.startsWith(BASE) ? nameOrUri.slice(BASE.length).replace(/\/1$/, '') : nameOrUri;
  return isSystemRole(name) ? name : nameOrUri;
}

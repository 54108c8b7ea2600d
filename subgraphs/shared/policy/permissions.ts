import { isOwnName } from '../names/own-value.js';

/** Our system roles. A grant gives one of them. */
export const SYSTEM_ROLES = [
  'citizen-search',
  'citizen-read',
  'citizen-search-national',
  'address-protected-direct',
  'case-exists',
  'case-read',
  'document-read',
  'note-read',
  'note-write',
  'benefit-read',
  'benefit-cross-authority',
  'control-case-read',
  'remark-read',
  'remark-write',
  'alert-read',
  'alert-handle',
  'alert-administer',
  'access-administer',
  'access-approve',
  'audit-read',
  'break-glass',
] as const;

export type SystemRole = (typeof SYSTEM_ROLES)[number];

export type ConstraintType = 'kle' | 'sensitivity' | 'unit' | 'system';

interface RoleDefinition {
  /** Constraints a grant of this role must carry; without them the grant is void. */
  readonly compulsory: readonly ConstraintType[];
  /** Constraints a grant may carry beside the compulsory ones. */
  readonly optional: readonly ConstraintType[];
}

const CASE_LIKE: RoleDefinition = { compulsory: ['kle', 'sensitivity'], optional: ['unit', 'system'] };
const ALERT_LIKE: RoleDefinition = { compulsory: ['kle'], optional: ['unit', 'system'] };
const PLAIN: RoleDefinition = { compulsory: [], optional: [] };

/** Constraint types of every system role, as municipalities see them when they map. */
export const ROLE_DEFINITIONS: Readonly<Record<SystemRole, RoleDefinition>> = {
  'citizen-search': PLAIN,
  'citizen-read': PLAIN,
  'citizen-search-national': PLAIN,
  'address-protected-direct': PLAIN,
  'case-exists': CASE_LIKE,
  'case-read': CASE_LIKE,
  'document-read': CASE_LIKE,
  'note-read': CASE_LIKE,
  'note-write': CASE_LIKE,
  'benefit-read': { compulsory: ['kle', 'sensitivity'], optional: ['system'] },
  'benefit-cross-authority': { compulsory: ['kle'], optional: [] },
  'control-case-read': PLAIN,
  'remark-read': PLAIN,
  'remark-write': PLAIN,
  'alert-read': ALERT_LIKE,
  'alert-handle': ALERT_LIKE,
  'alert-administer': ALERT_LIKE,
  'access-administer': PLAIN,
  'access-approve': PLAIN,
  'audit-read': PLAIN,
  'break-glass': PLAIN,
};

/**
 * What a schema field may demand (`@guard(permission: …)`) and the system roles that satisfy it. `gateway-internal` is
 * satisfied by no role: only an identity the gateway minted for itself has it. `access-simulate` and `access-preview`
 * need an identity marked as simulated beside the role.
 */
export const PERMISSION_ROLES = {
  'citizen-search': ['citizen-search'],
  'citizen-search-national': ['citizen-search-national'],
  'citizen-read': ['citizen-read'],
  'case-read': ['case-read'],
  'case-exists': ['case-exists'],
  'document-read': ['document-read'],
  'note-read': ['note-read'],
  'note-write': ['note-write'],
  'benefit-read': ['benefit-read', 'benefit-cross-authority'],
  'remark-read': ['remark-read'],
  'remark-write': ['remark-write'],
  'alert-read': ['alert-read'],
  'alert-handle': ['alert-handle'],
  'alert-administer': ['alert-administer'],
  'control-case-read': ['control-case-read'],
  'audit-read': ['audit-read'],
  'access-view': ['access-administer', 'access-approve'],
  'choices-view': ['access-administer', 'access-approve', 'alert-administer', 'alert-handle', 'audit-read'],
  'access-administer': ['access-administer'],
  'access-approve': ['access-approve'],
  'access-simulate': ['access-administer'],
  'access-preview': ['access-administer', 'access-approve'],
  'break-glass': ['break-glass'],
  'gateway-internal': [],
} as const satisfies Record<string, readonly SystemRole[]>;

export type Permission = keyof typeof PERMISSION_ROLES;

/** @returns whether a text names a permission. */
export function isPermission(name: string): name is Permission {
  return isOwnName(PERMISSION_ROLES, name);
}

/** @returns whether a text names a system role. */
export function isSystemRole(name: string): name is SystemRole {
  return SYSTEM_ROLES.some((role) => role === name);
}

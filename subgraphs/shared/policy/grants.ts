import { isKlePattern, klePrefix, type KlePrefix } from './kle.js';
import { ROLE_DEFINITIONS, isSystemRole, type SystemRole } from './permissions.js';
import { isSensitivityRank, type SensitivityRank } from './sensitivity.js';

/**
 * One system role with its constraints, from one privilege group in one authority. Constraints of two groups are never
 * mixed (F71). Undefined means that the role has no constraint of that type, never "everything".
 */
export interface Grant {
  readonly role: SystemRole;
  /** The authority the grant holds in: the group's own or a delegated CVR number (F80). */
  readonly cvr: string;
  readonly kle?: readonly string[];
  readonly sensitivity?: SensitivityRank;
  readonly units?: readonly string[];
}

export type RecordKind = 'persons' | 'cases' | 'documents' | 'benefits' | 'alerts';

/** What a source system may show one municipality (F83). */
export interface Agreement {
  readonly source: string;
  readonly name: string;
  /** The municipality that receives. */
  readonly cvr: string;
  readonly kinds: readonly RecordKind[];
  readonly kle: readonly string[];
  readonly sensitivity: SensitivityRank;
  /** The source belongs to another authority: its benefits need a stated purpose. */
  readonly crossAuthority: boolean;
  readonly staleAfterHours: number;
}

/** Why a grant gives nothing. */
export type VoidReason =
  | 'UNKNOWN_ROLE'
  | 'CVR_MISSING'
  | 'KLE_MISSING'
  | 'KLE_INVALID'
  | 'SENSITIVITY_MISSING'
  | 'UNIT_EMPTY'
  | 'CONSTRAINT_NOT_ALLOWED';

/** @returns why the grant is void, or undefined when it holds (F70: missing or empty compulsory constraints give nothing). */
export function voidReason(grant: {
  readonly role: string;
  readonly cvr: string;
  readonly kle?: readonly string[];
  readonly sensitivity?: number;
  readonly units?: readonly string[];
}): VoidReason | undefined {
  if (!isSystemRole(grant.role)) return 'UNKNOWN_ROLE';
  if (!/^\d{8}$/.test(grant.cvr)) return 'CVR_MISSING';
  const { compulsory, optional } = ROLE_DEFINITIONS[grant.role];
  const allowed = new Set([...compulsory, ...optional]);
  if (grant.kle !== undefined && !allowed.has('kle')) return 'CONSTRAINT_NOT_ALLOWED';
  if (grant.sensitivity !== undefined && !allowed.has('sensitivity')) return 'CONSTRAINT_NOT_ALLOWED';
  if (grant.units !== undefined && !allowed.has('unit')) return 'CONSTRAINT_NOT_ALLOWED';
  if (compulsory.includes('kle') && (grant.kle === undefined || grant.kle.length === 0)) return 'KLE_MISSING';
  if (grant.kle?.some((pattern) => !isKlePattern(pattern))) return 'KLE_INVALID';
  if (compulsory.includes('sensitivity') && !isSensitivityRank(grant.sensitivity))
    return 'SENSITIVITY_MISSING';
  if (grant.units?.length === 0) return 'UNIT_EMPTY';
  return undefined;
}

/** @returns the grants of the given roles that are not void. */
export function grantsOf(grants: readonly Grant[], roles: readonly SystemRole[]): Grant[] {
  return grants.filter((grant) => roles.includes(grant.role) && voidReason(grant) === undefined);
}

/** @returns KLE patterns as beginnings. */
export function prefixesOf(patterns: readonly string[]): KlePrefix[] {
  return patterns.filter(isKlePattern).map(klePrefix);
}

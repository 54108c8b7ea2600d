import { namesOf } from '../names/known-names.js';
import { isKlePattern, type KlePrefix, klePrefix } from './kle.js';
import { type ConstraintType, isSystemRole, ROLE_DEFINITIONS, type SystemRole } from './permissions.js';
import { isSensitivityRank, type SensitivityRank } from './sensitivity.js';

/**
 * One system role with its constraints, from one privilege group in one authority. Constraints of two groups are never
 * mixed. Undefined means that the role has no constraint of that type, never "everything".
 */
export interface Grant {
  readonly role: SystemRole;
  /** The authority the grant holds in: the group's own or a delegated CVR number. */
  readonly cvr: string;
  readonly kle?: readonly string[];
  readonly sensitivity?: SensitivityRank;
  readonly units?: readonly string[];
  /** Codes of source systems. */
  readonly systems?: readonly string[];
  /** Name of the job-function role it comes from; says whence, decides nothing. */
  readonly from?: string;
}

/** Kinds of records a service agreement may cover. */
export const RECORD_KINDS = [
  'persons',
  'companies',
  'cases',
  'documents',
  'benefits',
  'alerts',
  'organisation',
  'classification',
] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

/** What a source system may show one municipality. */
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
  | 'SYSTEM_EMPTY'
  | 'CONSTRAINT_NOT_ALLOWED';

/** A grant as it may come from outside: anything can be missing or wrong. */
export interface UncheckedGrant {
  readonly role: string;
  readonly cvr: string;
  readonly kle?: readonly string[];
  readonly sensitivity?: number;
  readonly units?: readonly string[];
  readonly systems?: readonly string[];
}

/** @returns why the grant is void, or undefined when it holds (missing or empty compulsory constraints give nothing). */
export function voidReason(grant: UncheckedGrant): VoidReason | undefined {
  if (!isSystemRole(grant.role)) return 'UNKNOWN_ROLE';
  if (!/^\d{8}$/.test(grant.cvr)) return 'CVR_MISSING';
  const { compulsory, optional } = ROLE_DEFINITIONS[grant.role];
  const given = { kle: grant.kle, sensitivity: grant.sensitivity, unit: grant.units, system: grant.systems };
  const types = namesOf<ConstraintType>(given).filter((type) => given[type] !== undefined);
  if (types.some((type) => !compulsory.includes(type) && !optional.includes(type)))
    return 'CONSTRAINT_NOT_ALLOWED';
  return wrongValue(grant, compulsory);
}

function wrongValue(grant: UncheckedGrant, compulsory: readonly ConstraintType[]): VoidReason | undefined {
  if (compulsory.includes('kle') && (grant.kle === undefined || grant.kle.length === 0)) return 'KLE_MISSING';
  if (grant.kle?.some((pattern) => !isKlePattern(pattern))) return 'KLE_INVALID';
  if (compulsory.includes('sensitivity') && !isSensitivityRank(grant.sensitivity))
    return 'SENSITIVITY_MISSING';
  if (grant.units?.length === 0) return 'UNIT_EMPTY';
  return grant.systems?.length === 0 ? 'SYSTEM_EMPTY' : undefined;
}

/** @returns the grants of the given roles that are not void. */
export function grantsOf(grants: readonly Grant[], roles: readonly SystemRole[]): Grant[] {
  return grants.filter((grant) => roles.includes(grant.role) && voidReason(grant) === undefined);
}

/**
 * @returns fewer grants that open the same: those that differ in KLE numbers alone become one. "This area or that one" at
 * one level, in the same units and systems, is what the two say anyway; nothing else is ever put together.
 */
export function mergeGrants(grants: readonly Grant[]): Grant[] {
  const merged = new Map<string, { readonly grant: Grant; readonly kle: Set<string> }>();
  for (const grant of grants) {
    const { role, cvr, sensitivity, units, systems, kle } = grant;
    const key = JSON.stringify([
      role,
      cvr,
      sensitivity,
      units && [...units].sort(),
      systems && [...systems].sort(),
      !kle,
    ]);
    const known = merged.get(key) ?? { grant, kle: new Set<string>() };
    for (const pattern of kle ?? []) known.kle.add(pattern);
    merged.set(key, known);
  }
  return [...merged.values()].map(({ grant, kle }) => (grant.kle ? { ...grant, kle: [...kle] } : grant));
}

/** @returns KLE patterns as beginnings. */
export function prefixesOf(patterns: readonly string[]): KlePrefix[] {
  return patterns.filter(isKlePattern).map(klePrefix);
}

import type { TokenRole } from '../../shared/identity/privilege-list.js';
import { type Assurance, isAtLeast } from '../../shared/policy/assurance.js';
import { type Grant, voidReason } from '../../shared/policy/grants.js';
import { type ConstraintType, isSystemRole, ROLE_DEFINITIONS } from '../../shared/policy/permissions.js';
import type { GovernedRecord, MappedGrant, MappingContent } from '../source/records.js';
import { mappingAt } from './effective.js';
import type { FindingCode } from './void-reasons.js';

/** What a sign-in brings that parametric constraints are filled with. */
export interface SignInFacts {
  readonly cvr: string;
  readonly unit: string | null;
  readonly roles: readonly TokenRole[];
  /** Undefined where only roles are asked about, not a sign-in. */
  readonly assurance?: Assurance;
  /** System roles that take a sign-in of level High; the others take Substantial. */
  readonly highAssuranceRoles?: readonly string[];
}

export interface VoidPart {
  readonly uri: string;
  readonly role: string | null;
  readonly reason: FindingCode;
}

export interface ResolvedGrants {
  readonly grants: readonly Grant[];
  readonly voids: readonly VoidPart[];
}

/**
 * Turns the job-function roles of a sign-in into grants. Each role of each privilege group is resolved on its own and
 * constraints are never mixed; what is void gives nothing and says why.
 * @param mappings the authority's mappings by job-function role
 */
export function resolveGrants(
  signIn: SignInFacts,
  mappings: ReadonlyMap<string, GovernedRecord>,
  at: Date,
): ResolvedGrants {
  const grants: Grant[] = [];
  const voids: VoidPart[] = [];
  for (const role of signIn.roles) {
    const { uri } = role;
    const item = mappings.get(uri);
    const mapping = item && mappingAt(item, at);
    if (role.scope !== signIn.cvr) voids.push({ uri, role: null, reason: 'SCOPE_FOREIGN' });
    else if (!item) voids.push({ uri, role: null, reason: 'NO_MAPPING' });
    else if (!mapping) voids.push({ uri, role: null, reason: 'MAPPING_NOT_IN_FORCE' });
    else
      for (const mapped of mapping.grants) {
        const grant = isSure(mapped.role, signIn) ? fill(mapped, role, signIn, mapping) : 'ASSURANCE_TOO_LOW';
        if (typeof grant === 'string') voids.push({ uri, role: mapped.role, reason: grant });
        else grants.push(grant);
      }
  }
  return { grants, voids };
}

/** Whether the identity provider is sure enough for a system role (NSIS). */
function isSure(role: string, { assurance, highAssuranceRoles = [] }: SignInFacts): boolean {
  if (assurance === undefined) return true;
  return isAtLeast(assurance, highAssuranceRoles.includes(role) ? 'HIGH' : 'SUBSTANTIAL');
}

/** What a sign-in can bring a value for, and the constraint that it is a value of. */
const CONSTRAINT_OF = { kle: 'kle', sensitivity: 'sensitivity', units: 'unit' } as const;
type ValueKey = keyof typeof CONSTRAINT_OF;
const VALUE_KEYS = ['kle', 'sensitivity', 'units'] as const satisfies readonly ValueKey[];

/** @returns the grant, or why it is void. */
function fill(
  mapped: MappedGrant,
  role: TokenRole,
  { cvr, unit }: SignInFacts,
  { name }: Pick<MappingContent, 'name'>,
): Grant | FindingCode {
  const parametric = (key: ValueKey) => mapped.parametric?.includes(CONSTRAINT_OF[key]) === true;
  // A value dropped where it could have limited would leave the grant wider than the sign-in meant.
  const isDropped = (key: ValueKey) =>
    role[key] !== undefined && !parametric(key) && takes(mapped.role, CONSTRAINT_OF[key]);
  if (VALUE_KEYS.some(isDropped)) return 'CONSTRAINT_NOT_DECLARED';
  const brought = { ...role, units: role.units ?? (unit === null ? undefined : [unit]) };
  const from = (key: ValueKey) => (parametric(key) ? brought : mapped);
  const values = {
    kle: from('kle').kle,
    sensitivity: from('sensitivity').sensitivity,
    units: from('units').units,
  };
  if (VALUE_KEYS.some((key) => parametric(key) && !values[key])) return 'PARAMETER_MISSING';
  const grant = {
    // cast: voidReason refuses a role that is not known
    role: mapped.role as Grant['role'],
    cvr,
    ...(values.kle && { kle: values.kle }),
    ...(values.sensitivity && { sensitivity: values.sensitivity }),
    ...(values.units && { units: values.units }),
    ...(mapped.systems && { systems: mapped.systems }),
    from: name,
  };
  return voidReason(grant) ?? grant;
}

/** @returns whether a system role can be limited by a constraint at all. */
function takes(role: string, constraint: ConstraintType): boolean {
  if (!isSystemRole(role)) return false;
  const { compulsory, optional } = ROLE_DEFINITIONS[role];
  return compulsory.includes(constraint) || optional.includes(constraint);
}

/** @returns why a part of a mapping gives nothing whatever the sign-in brings, or undefined. */
export function standingVoid(mapped: MappedGrant, cvr: string): FindingCode | undefined {
  const role: TokenRole = {
    uri: '',
    scope: cvr,
    ...(mapped.parametric?.includes('kle') && { kle: ['*'] }),
    ...(mapped.parametric?.includes('sensitivity') && { sensitivity: 1 as const }),
    ...(mapped.parametric?.includes('unit') && { units: ['any'] }),
  };
  const filled = fill(mapped, role, { cvr, unit: null, roles: [] }, { name: '' });
  return typeof filled === 'string' ? filled : undefined;
}

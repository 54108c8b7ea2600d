import type {
  ConstraintType,
  MappedGrantInput,
  MappingChoicesQuery,
  Sensitivity,
} from '../../generated/operations.js';
import type { Option } from '../../parts/fields/option.js';

export type Role = NonNullable<MappingChoicesQuery['systemRoles']>[number];

/** What bounds a grant, by the name of its field. */
export const BOUNDS = ['kle', 'sensitivity', 'units', 'systems'] as const;
export type Bound = (typeof BOUNDS)[number];

const KIND_OF: Readonly<Record<Bound, ConstraintType>> = {
  kle: 'KLE',
  sensitivity: 'SENSITIVITY',
  units: 'UNIT',
  systems: 'SYSTEM',
};

/** The role whose bounds the others of a mapping can follow. */
export const LEADER = 'case-read';

/** A grant as it is edited; what is empty bounds nothing. */
export interface GrantFields {
  readonly role: string;
  readonly kle: readonly string[];
  readonly sensitivity: Sensitivity | '';
  readonly units: readonly string[];
  /** Codes with blanks between. */
  readonly systems: string;
  readonly parametric: readonly ConstraintType[];
  /** Bounds that are as the leader's, whatever those become. */
  readonly follows: readonly Bound[];
}

/** What can be chosen for a grant: the roles, and the units by id. */
export interface GrantChoices {
  readonly roles: readonly Role[];
  readonly units: readonly Option[];
}

/** What is given to whatever edits one grant of a mapping. */
export interface GrantEditorProps {
  /** Its place among the grants of the mapping. */
  readonly place: number;
  readonly grant: GrantFields;
  /** The grant it can follow; undefined for that grant itself, and where there is none. */
  readonly leader: GrantFields | undefined;
  readonly choices: GrantChoices;
  readonly onChange: (grant: GrantFields) => void;
}

/** @returns a grant's role by its name; a mapping may give a role by its URI. */
export function roleNameOf(role: string, { roles }: GrantChoices): string {
  return roles.find(({ uri }) => uri === role)?.name ?? role;
}

/** @returns the bounds that a role can carry; a role that is not known any more keeps whatever it has. */
export function boundsOf(given: string, choices: GrantChoices): readonly Bound[] {
  const name = roleNameOf(given, choices);
  const known = choices.roles.find((role) => role.name === name);
  if (known === undefined) return BOUNDS;
  const carried = [...known.compulsory, ...known.optional];
  return BOUNDS.filter((bound) => carried.includes(KIND_OF[bound]));
}

/** @returns whether a bound's values come with the sign-in. */
export const isParametric = (grant: GrantFields, bound: Bound): boolean =>
  grant.parametric.includes(KIND_OF[bound]);

/** @returns a grant with a bound that comes with the sign-in, or does not. */
export function withParametric(grant: GrantFields, bound: Bound, isSet: boolean): GrantFields {
  const others = grant.parametric.filter((kind) => kind !== KIND_OF[bound]);
  return { ...grant, parametric: isSet ? [...others, KIND_OF[bound]] : others };
}

/** @returns a grant of a role; with a leader it is bounded as that is. */
export function newGrant(role: string, leader: GrantFields | undefined, choices: GrantChoices): GrantFields {
  const bare: GrantFields = {
    role,
    kle: [],
    sensitivity: '',
    units: [],
    systems: '',
    parametric: [],
    follows: [],
  };
  return leader === undefined ? bare : led({ ...bare, follows: boundsOf(role, choices) }, leader);
}

/** @returns what a grant's editor begins with; it follows the leader in what is the same. */
export function grantFields(grant: MappedGrantInput, leader: MappedGrantInput | undefined): GrantFields {
  const own = plain(grant);
  if (leader === undefined || leader === grant) return own;
  const lead = plain(leader);
  return { ...own, follows: BOUNDS.filter((bound) => !isEmpty(own, bound) && isAlike(own, lead, bound)) };
}

const plain = (grant: MappedGrantInput): GrantFields => ({
  role: grant.role,
  kle: grant.kle ?? [],
  sensitivity: grant.sensitivity ?? '',
  units: grant.units ?? [],
  systems: grant.systems?.join(' ') ?? '',
  parametric: grant.parametric ?? [],
  follows: [],
});

const isEmpty = (grant: GrantFields, bound: Bound): boolean =>
  grant[bound].length === 0 && !isParametric(grant, bound);

const isAlike = (left: GrantFields, right: GrantFields, bound: Bound): boolean =>
  isParametric(left, bound) === isParametric(right, bound) &&
  JSON.stringify(left[bound]) === JSON.stringify(right[bound]);

/** @returns a grant with the bounds it follows as the leader has them. */
export function led(grant: GrantFields, leader: GrantFields): GrantFields {
  return grant.follows.reduce(
    (changed, bound) =>
      withParametric({ ...changed, [bound]: leader[bound] }, bound, isParametric(leader, bound)),
    grant,
  );
}

/** @returns a grant as it is sent; `leader` is what it follows. */
export function grantInput(grant: GrantFields, leader: GrantFields | undefined): MappedGrantInput {
  const { role, kle, sensitivity, units, systems, parametric } = leader ? led(grant, leader) : grant;
  return {
    role,
    kle: someOf(kle),
    sensitivity: sensitivity === '' ? null : sensitivity,
    units: someOf(units),
    systems: someOf(codesOf(systems)),
    parametric,
  };
}

/** @returns the codes written with blanks between. */
export const codesOf = (written: string): readonly string[] =>
  written.split(/[\s,;]+/).filter((code) => code !== '');

const someOf = (values: readonly string[]): readonly string[] | null => (values.length > 0 ? values : null);

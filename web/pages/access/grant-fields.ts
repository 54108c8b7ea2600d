import type {
  ConstraintType,
  MappedGrantInput,
  MappingChoicesQuery,
  Sensitivity,
} from '../../generated/operations.js';
import type { Option } from '../../parts/fields/choice-field.js';
import type { FieldsOf } from '../../parts/form/field-spec.js';
import { codeName } from '../../text/codes.js';
import type { Words } from '../../text/text.js';
import { SENSITIVITIES } from './sensitivities.js';

export type Role = NonNullable<MappingChoicesQuery['systemRoles']>[number];

/** Constraints whose values may come with the sign-in. */
const PARAMETRIC: readonly ConstraintType[] = ['KLE', 'SENSITIVITY', 'UNIT'];

/** A grant as it is edited; what is empty bounds nothing. */
export interface GrantFields {
  readonly role: string;
  readonly kle: readonly string[];
  readonly sensitivity: Sensitivity | '';
  readonly units: readonly string[];
  /** Codes with blanks between. */
  readonly systems: string;
  readonly parametric: readonly ConstraintType[];
}

/** @returns a grant of a role that nothing bounds. */
export const unbounded = (role: string): GrantFields => ({
  role,
  kle: [],
  sensitivity: '',
  units: [],
  systems: '',
  parametric: [],
});

/** @returns what a grant's editor begins with. */
export function grantFields(grant: MappedGrantInput): GrantFields {
  return {
    role: grant.role,
    kle: grant.kle ?? [],
    sensitivity: grant.sensitivity ?? '',
    units: grant.units ?? [],
    systems: grant.systems?.join(' ') ?? '',
    parametric: grant.parametric ?? [],
  };
}

/** @returns a grant as it is sent. */
export function grantInput({
  role,
  kle,
  sensitivity,
  units,
  systems,
  parametric,
}: GrantFields): MappedGrantInput {
  return {
    role,
    kle: someOf(kle),
    sensitivity: sensitivity === '' ? null : sensitivity,
    units: someOf(units),
    systems: someOf(systems.split(/[\s,;]+/).filter((code) => code !== '')),
    parametric,
  };
}

const someOf = (values: readonly string[]): readonly string[] | null => (values.length > 0 ? values : null);

/** What can be chosen for a grant: the roles, and the units by id. */
export interface GrantChoices {
  readonly roles: readonly Role[];
  readonly units: readonly Option[];
}

/** @returns the field in which a grant's role is chosen; one that is not known any more stays until another is chosen. */
export function roleList(
  role: string,
  { roles }: GrantChoices,
  { t, language }: Words,
): FieldsOf<GrantFields> {
  const names = roles.map(({ name }) => name);
  const options = [...(names.includes(role) ? [] : [role]), ...names].map(
    (name) => [name, codeName('roles', name, language)] as const,
  );
  return [{ as: 'choice', name: 'role', label: t('systemRole'), options }];
}

/** @returns the fields of the constraints that a grant's role can carry, and no others. */
export function constraintList(
  role: string,
  { roles, units }: GrantChoices,
  { t, word }: Words,
): FieldsOf<GrantFields> {
  const known = roles.find(({ name }) => name === role);
  const carries = (type: ConstraintType) =>
    known?.compulsory.includes(type) || known?.optional.includes(type) || false;
  const parametric = PARAMETRIC.filter(carries).map((type) => [type, word('constraint', type)] as const);
  const sensitivities = [
    ['', t('unbounded')] as const,
    ...SENSITIVITIES.map((sensitivity) => [sensitivity, word('sensitivity', sensitivity)] as const),
  ];
  return [
    carries('KLE') ? { as: 'kle', name: 'kle', label: t('kle') } : null,
    carries('SENSITIVITY')
      ? { as: 'choice', name: 'sensitivity', label: t('sensitivity'), options: sensitivities }
      : null,
    carries('UNIT') ? { as: 'several', name: 'units', label: t('units'), options: units } : null,
    carries('SYSTEM')
      ? { as: 'text', name: 'systems', label: t('systems'), hint: t('systemsHint'), required: false }
      : null,
    parametric.length > 0
      ? { as: 'choices', name: 'parametric', label: t('parametricChoice'), options: parametric }
      : null,
  ];
}

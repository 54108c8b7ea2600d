import type {
  ConstraintType,
  MappedGrantInput,
  MappingChoicesQuery,
  Sensitivity,
} from '../../generated/operations.js';
import { ChoicesField } from '../../parts/fields/choice-field.js';
import { TextField } from '../../parts/fields/text-field.js';
import { KleField } from '../../parts/fields/kle-field.js';
import { codeName } from '../../text/codes.js';
import { useWords } from '../../text/text.js';

type Role = NonNullable<MappingChoicesQuery['systemRoles']>[number];
type Unit = NonNullable<MappingChoicesQuery['organisationUnits']>[number];

export const SENSITIVITIES: readonly Sensitivity[] = [
  'NOT_CONFIDENTIAL',
  'CONFIDENTIAL',
  'SENSITIVE',
  'SPECIALLY_PROTECTED',
];

/** Constraints whose values may come with the sign-in. */
const PARAMETRIC: readonly ConstraintType[] = ['KLE', 'SENSITIVITY', 'UNIT'];

interface GrantEditorProps {
  readonly number: number;
  readonly grant: MappedGrantInput;
  readonly roles: readonly Role[];
  readonly units: readonly Unit[];
  readonly onChange: (grant: MappedGrantInput) => void;
  readonly onRemove: () => void;
}

/** One system role of a mapping with the constraints that role can carry, and no others. */
export function GrantEditor({ number, grant, roles, units, onChange, onRemove }: GrantEditorProps) {
  const { t, word, language } = useWords();
  const nameOf = (code: string) => codeName('roles', code, language);
  const role = roles.find(({ name, uri }) => name === grant.role || uri === grant.role);
  const carries = (type: ConstraintType) =>
    role?.compulsory.includes(type) || role?.optional.includes(type) || false;
  const parametric = PARAMETRIC.filter(carries);
  const id = (part: string) => `grant-${number}-${part}`;
  const choose = (name: string) =>
    onChange({ role: name, kle: null, sensitivity: null, units: null, systems: null, parametric: [] });
  return (
    <fieldset className="grant-editor">
      <legend>{nameOf(grant.role)}</legend>
      <label className="form-label" htmlFor={id('role')}>
        {t('systemRole')}
      </label>
      <select
        id={id('role')}
        className="form-select"
        value={role?.name ?? grant.role}
        onChange={(event) => choose(event.target.value)}
      >
        {role ? null : <option value={grant.role}>{nameOf(grant.role)}</option>}
        {roles.map(({ name }) => (
          <option key={name} value={name}>
            {nameOf(name)}
          </option>
        ))}
      </select>
      {carries('KLE') ? (
        <KleField
          label={t('kle')}
          values={grant.kle ?? []}
          onChange={(kle) => onChange({ ...grant, kle: kle.length > 0 ? kle : null })}
        />
      ) : null}
      {carries('SENSITIVITY') ? (
        <>
          <label className="form-label" htmlFor={id('sensitivity')}>
            {t('sensitivity')}
          </label>
          <select
            id={id('sensitivity')}
            className="form-select"
            value={grant.sensitivity ?? ''}
            onChange={(event) =>
              onChange({
                ...grant,
                sensitivity: SENSITIVITIES.find((one) => one === event.target.value) ?? null,
              })
            }
          >
            <option value="">{t('unbounded')}</option>
            {SENSITIVITIES.map((one) => (
              <option key={one} value={one}>
                {word('sensitivity', one)}
              </option>
            ))}
          </select>
        </>
      ) : null}
      {carries('UNIT') ? (
        <>
          <label className="form-label" htmlFor={id('units')}>
            {t('units')}
          </label>
          <select
            id={id('units')}
            className="form-select multiple"
            multiple
            value={[...(grant.units ?? [])]}
            onChange={(event) => {
              const chosen = [...event.target.selectedOptions].map(({ value }) => value);
              onChange({ ...grant, units: chosen.length > 0 ? chosen : null });
            }}
          >
            {units.map((unit) => (
              <option key={unit.id} value={unit.id}>
                {unit.name ?? unit.id}
              </option>
            ))}
          </select>
        </>
      ) : null}
      {carries('SYSTEM') ? (
        <TextField
          label={t('systems')}
          hint={t('systemsHint')}
          required={false}
          value={grant.systems?.join(' ') ?? ''}
          onChange={(text) => {
            const codes = text.trimStart().split(/[\s,;]+/);
            onChange({ ...grant, systems: codes.join('') === '' ? null : codes });
          }}
        />
      ) : null}
      {parametric.length === 0 ? null : (
        <ChoicesField
          label={t('parametricChoice')}
          values={grant.parametric ?? []}
          options={parametric.map((type) => [type, word('constraint', type)] as const)}
          onChange={(values) =>
            onChange({ ...grant, parametric: PARAMETRIC.filter((type) => values.includes(type)) })
          }
        />
      )}
      <p>
        <button type="button" className="plain" onClick={onRemove}>
          {t('removeRole', { role: nameOf(grant.role) })}
        </button>
      </p>
    </fieldset>
  );
}

import type { Sensitivity } from '../../generated/operations.js';
import { useFieldError } from '../../parts/form/field-errors.js';
import { useWords } from '../../text/text.js';
import { isParametric, withParametric, type GrantEditorProps } from './grant-fields.js';
import { SENSITIVITIES } from './sensitivities.js';

/** Choices that are no sensitivity: as the leader's, and as the sign-in says. */
const [FOLLOWS, FROM_SIGN_IN] = ['follows', 'sign-in'];

interface SensitivityCellProps extends GrantEditorProps {
  /** What the role is called. */
  readonly name: string;
}

/** Up to which sensitivity a system role reaches, chosen in the row itself. */
export function SensitivityCell({ place, grant, leader, name, onChange }: SensitivityCellProps) {
  const { t, word } = useWords();
  const field = `grants.${place}.sensitivity`;
  const error = useFieldError(field);
  const choose = (value: string) => {
    const follows = grant.follows.filter((bound) => bound !== 'sensitivity');
    const own = withParametric({ ...grant, follows }, 'sensitivity', value === FROM_SIGN_IN);
    if (value === FOLLOWS) onChange({ ...own, follows: [...follows, 'sensitivity'] });
    else onChange({ ...own, sensitivity: SENSITIVITIES.find((known) => known === value) ?? '' });
  };
  const asLeader = (sensitivity: Sensitivity | '') =>
    sensitivity === ''
      ? t('asCases')
      : t('asCasesOf', { value: word('sensitivity', sensitivity).toLowerCase() });
  return (
    <>
      <select
        className="form-select cell"
        data-field={field}
        aria-label={t('sensitivityOf', { role: name })}
        aria-invalid={error === undefined ? undefined : true}
        title={error}
        value={valueOf(grant)}
        onChange={(event) => choose(event.target.value)}
      >
        {leader ? <option value={FOLLOWS}>{asLeader(leader.sensitivity)}</option> : null}
        <option value="">{t('unbounded')}</option>
        {SENSITIVITIES.map((sensitivity) => (
          <option key={sensitivity} value={sensitivity}>
            {word('sensitivity', sensitivity)}
          </option>
        ))}
        <option value={FROM_SIGN_IN}>{t('parametric')}</option>
      </select>
      {error === undefined ? null : <span className="form-error-message">{error}</span>}
    </>
  );
}

function valueOf(grant: GrantEditorProps['grant']): string | undefined {
  if (grant.follows.includes('sensitivity')) return FOLLOWS;
  return isParametric(grant, 'sensitivity') ? FROM_SIGN_IN : grant.sensitivity;
}

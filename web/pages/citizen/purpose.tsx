import { useState, type SubmitEvent } from 'react';
import type { SourceFragment } from '../../generated/operations.js';
import { useHasRole } from '../../session/caller.js';
import { useWords } from '../../text/text.js';
import { CONTROL, isOneOf, type Purpose } from './purposes.js';
import { usePurpose } from './stated-purpose.js';
import { present } from '../../../subgraphs/shared/certain/present.js';

/** @returns whether a source gives more when a purpose has been stated. */
export function wantsPurpose(sources: readonly SourceFragment[] | undefined): boolean {
  return sources?.some(({ state }) => state === 'PURPOSE_REQUIRED') ?? false;
}

interface PurposeFormProps {
  readonly id: string;
  readonly purposes: readonly Purpose[];
}

/** States why the person is looked up. It begins the look-up anew: the purpose stands with every entry in the log. */
export function PurposeForm({ id, purposes }: PurposeFormProps) {
  const { t, word } = useWords();
  const { stated, proposed, state } = usePurpose();
  const [purpose, setPurpose] = useState(
    isOneOf(purposes, proposed) ? proposed : present(purposes[0], 'a purpose to choose'),
  );
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    state(purpose);
  };
  return (
    <form className="purpose" onSubmit={onSubmit}>
      {stated === null ? null : (
        <p className="quiet">{t('purposeStated', { purpose: word('purpose', stated) })}</p>
      )}
      <label className="form-label" htmlFor={`${id}-purpose`}>
        {t('purpose')}
      </label>
      <select
        id={`${id}-purpose`}
        className="form-select"
        value={purpose}
        onChange={({ target: { value } }) => {
          if (isOneOf(purposes, value)) setPurpose(value);
        }}
      >
        {purposes.map((option) => (
          <option key={option} value={option}>
            {word('purpose', option)}
          </option>
        ))}
      </select>
      <p className="actions">
        <button type="submit" className="button button-secondary">
          {t('purposeState')}
        </button>
      </p>
    </form>
  );
}

/**
 * Says which purpose the look-up has. A link states none in the user's name: what it proposes counts when the
 * user has confirmed it, who answers for it.
 */
export function PurposeNotice() {
  const { t, word } = useWords();
  const { stated, proposed, state } = usePurpose();
  const mayUse = {
    crossAuthority: useHasRole('benefit-cross-authority'),
    control: useHasRole('control-case-read'),
  };
  if (stated !== null)
    return <p className="quiet">{t('purposeStated', { purpose: word('purpose', stated) })}</p>;
  if (proposed === null || !mayUse[isOneOf(CONTROL, proposed) ? 'control' : 'crossAuthority']) return null;
  return (
    <div className="notice" role="status">
      <p>{t('purposeProposed', { purpose: word('purpose', proposed) })}</p>
      <button type="button" className="button button-secondary" onClick={() => state(proposed)}>
        {t('purposeConfirm')}
      </button>
    </div>
  );
}

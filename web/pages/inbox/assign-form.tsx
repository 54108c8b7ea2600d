import { useState, type SubmitEvent } from 'react';
import { ColleagueField } from '../../parts/fields/colleague-field.js';
import { useWords } from '../../text/text.js';

interface AssignFormProps {
  readonly onAssign: (to: string) => void;
  readonly onCancel: () => void;
}

/** To whom the selection is given: a user of the organisation, found by name. */
export function AssignForm({ onAssign, onCancel }: AssignFormProps) {
  const { t } = useWords();
  const [to, setTo] = useState('');
  const act = (event: SubmitEvent) => {
    event.preventDefault();
    if (to !== '') onAssign(to);
  };
  return (
    <form className="filters" onSubmit={act}>
      <ColleagueField label={t('assignTo')} onChange={setTo} />
      <button type="submit" className="button button-primary">
        {t('assign')}
      </button>
      <button type="button" className="button button-secondary" onClick={onCancel}>
        {t('cancel')}
      </button>
    </form>
  );
}

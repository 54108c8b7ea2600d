import { useState, type SubmitEvent } from 'react';
import { useQuery } from 'urql';
import { Colleagues } from '../../generated/operations.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { useWords } from '../../text/text.js';

interface AssignFormProps {
  readonly onAssign: (to: string) => void;
  readonly onCancel: () => void;
}

/** To whom the selection is given: a user of the organisation, the own unit first. */
export function AssignForm({ onAssign, onCancel }: AssignFormProps) {
  const { t } = useWords();
  const [{ data, error }] = useQuery({ query: Colleagues });
  const [to, setTo] = useState('');
  const colleagues = data?.colleagues ?? [];
  const chosen = to === '' ? (colleagues[0]?.id ?? '') : to;
  const act = (event: SubmitEvent) => {
    event.preventDefault();
    if (chosen !== '') onAssign(chosen);
  };
  if (error) return <ProblemMessage error={error} />;
  return (
    <form className="filters" onSubmit={act}>
      <div>
        <label className="form-label" htmlFor="assign-to">
          {t('assignTo')}
        </label>
        <select
          id="assign-to"
          className="form-select"
          value={chosen}
          onChange={(event) => setTo(event.target.value)}
        >
          {colleagues.map(({ id, unit }) => (
            <option key={id} value={id}>
              {unit?.name ? `${id} (${unit.name})` : id}
            </option>
          ))}
        </select>
      </div>
      <button type="submit" className="button button-primary" disabled={chosen === ''}>
        {t('assign')}
      </button>
      <button type="button" className="button button-secondary" onClick={onCancel}>
        {t('cancel')}
      </button>
    </form>
  );
}

import { useState, type SubmitEvent } from 'react';
import { useMutation } from 'urql';
import { CreateReminder } from '../../generated/operations.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { useWords } from '../../text/text.js';

interface ReminderFormProps {
  readonly alertId: string;
  readonly title: string;
  readonly onDone: (made: boolean) => void;
}

/** Reminds the user of one alert on a day. */
export function ReminderForm({ alertId, title: initially, onDone }: ReminderFormProps) {
  const { t } = useWords();
  const [{ fetching, error }, create] = useMutation(CreateReminder);
  const [title, setTitle] = useState(initially.slice(0, 100));
  const [dueOn, setDueOn] = useState('');
  const act = async (event: SubmitEvent) => {
    event.preventDefault();
    const { data } = await create({ input: { alertId, title, dueOn } });
    if (data?.createReminder) onDone(true);
  };
  return (
    <form className="filters" onSubmit={(event: SubmitEvent) => void act(event)}>
      <div>
        <label className="form-label" htmlFor="reminder-title">
          {t('title')}
        </label>
        <input
          id="reminder-title"
          className="form-input"
          required
          maxLength={100}
          value={title}
          onChange={(event) => setTitle(event.target.value)}
        />
      </div>
      <div>
        <label className="form-label" htmlFor="reminder-due">
          {t('reminderOn')}
        </label>
        <input
          id="reminder-due"
          className="form-input"
          type="date"
          required
          value={dueOn}
          onChange={(event) => setDueOn(event.target.value)}
        />
      </div>
      <button type="submit" className="button button-primary" disabled={fetching}>
        {t('reminderMake')}
      </button>
      <button type="button" className="button button-secondary" onClick={() => onDone(false)}>
        {t('cancel')}
      </button>
      {error ? <ProblemMessage error={error} /> : null}
    </form>
  );
}

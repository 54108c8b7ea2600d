import { Link } from 'wouter';
import { useMutation, useQuery } from 'urql';
import { CompleteReminder, Reminders } from '../../generated/operations.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { useHasRole } from '../../session/caller.js';
import { useWords } from '../../text/text.js';
import { danishDay } from '../../../subgraphs/shared/days/danish-day.js';

/** The user's own reminders, the earliest first; those whose day has come are marked. */
export function ReminderList() {
  return useHasRole('alert-handle') ? <OpenReminders /> : null;
}

function OpenReminders() {
  const { t, date } = useWords();
  const [{ data, error }, ask] = useQuery({ query: Reminders });
  const again = () => ask({ requestPolicy: 'network-only' });
  const [, complete] = useMutation(CompleteReminder);
  const today = danishDay(new Date());
  const reminders = data?.reminders ?? [];
  if (error) return <ProblemMessage error={error} onRetry={again} />;
  if (reminders.length === 0) return null;
  return (
    <section className="section-card" aria-labelledby="reminders">
      <h2 id="reminders">
        {t('reminders')} <span className="count">({reminders.length})</span>
      </h2>
      <ul className="nobullet-list">
        {reminders.map(({ id, title, dueOn, citizen }) => (
          <li key={id}>
            <strong>{title}</strong>{' '}
            <span className={dueOn !== null && dueOn <= today ? 'badge badge-warning' : 'quiet'}>
              {date(dueOn)}
            </span>{' '}
            {citizen ? <Link href={`/citizens/${citizen.id}`}>{citizen.name ?? '–'}</Link> : null}{' '}
            <button type="button" className="plain" onClick={() => void complete({ id }).then(again)}>
              {t('reminderDone', { title: title ?? '–' })}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

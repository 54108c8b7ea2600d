import { useState } from 'react';
import { useMutation, type CombinedError } from 'urql';
import { problemOf } from '../../api/problem.js';
import {
  AssignAlerts,
  CompleteAlerts,
  GiveAlertsBack,
  TakeAlerts,
  type AlertRefusal,
} from '../../generated/operations.js';
import { useWords } from '../../text/text.js';
import { AssignForm } from './assign-form.js';
import type { InboxAlert } from './inbox-rows.js';
import { ReminderForm } from './reminder-form.js';

interface Changed {
  readonly id: string;
  readonly done: boolean | null;
  readonly reason: AlertRefusal | null;
}

interface AlertToolbarProps {
  readonly chosen: readonly InboxAlert[];
  /** Told which alerts of the selection were not changed. */
  readonly onLeft: (ids: readonly string[]) => void;
  /** Told in words when all was done. */
  readonly onChanged: (told: string) => void;
  readonly onReminded: () => void;
}

/** What can be done to a selection; each alert that it was not done to is told of by name, with why. */
export function AlertToolbar({ chosen, onLeft, onChanged, onReminded }: AlertToolbarProps) {
  const { t, language } = useWords();
  const [told, setTold] = useState('');
  const [left, setLeft] = useState<readonly string[]>([]);
  const [asking, setAsking] = useState<'assign' | 'remind' | null>(null);
  const [, take] = useMutation(TakeAlerts);
  const [, giveBack] = useMutation(GiveAlertsBack);
  const [, complete] = useMutation(CompleteAlerts);
  const [, assign] = useMutation(AssignAlerts);
  const ids = chosen.map(({ id }) => id);
  const titleOf = (id: string) => chosen.find((one) => one.id === id)?.title ?? t('alert');

  const said = (changes: readonly Changed[] | null | undefined, error: CombinedError | undefined) => {
    setAsking(null);
    if (!changes) return setTold(error ? problemOf(error, language).text : '');
    const undone = changes.filter(({ done }) => done !== true);
    const done = t('changeDone', { count: changes.length - undone.length });
    setTold(done);
    setLeft(undone.map(({ id, reason }) => `${titleOf(id)}: ${t(`change_${reason ?? 'NOT_FOUND'}`)}`));
    if (undone.length === 0) onChanged(done);
    else onLeft(undone.map(({ id }) => id));
  };
  const acts = [
    { name: 'take', act: () => take({ ids }).then(({ data, error }) => said(data?.takeAlerts, error)) },
    {
      name: 'giveBack',
      act: () => giveBack({ ids }).then(({ data, error }) => said(data?.giveAlertsBack, error)),
    },
    {
      name: 'complete',
      act: () => complete({ ids }).then(({ data, error }) => said(data?.completeAlerts, error)),
    },
  ] as const;
  const assignTo = (to: string) =>
    void assign({ ids, to }).then(({ data, error }) => said(data?.assignAlerts, error));
  const [only] = chosen.length === 1 ? chosen : [];
  return (
    <>
      <div className="toolbar" role="group" aria-label={t('inboxSelected', { count: ids.length })}>
        <span>{t('inboxSelected', { count: ids.length })}</span>
        {acts.map(({ name, act }) => (
          <button
            key={name}
            type="button"
            className="button button-secondary"
            disabled={ids.length === 0}
            onClick={() => void act()}
          >
            {t(name)}
          </button>
        ))}
        <button
          type="button"
          className="button button-secondary"
          disabled={ids.length === 0}
          onClick={() => setAsking('assign')}
        >
          {t('assign')}
        </button>
        <button
          type="button"
          className="button button-secondary"
          disabled={!only}
          onClick={() => setAsking('remind')}
        >
          {t('remind')}
        </button>
        <span role="status">{told}</span>
      </div>
      {asking === 'assign' && ids.length > 0 ? (
        <AssignForm onAssign={assignTo} onCancel={() => setAsking(null)} />
      ) : null}
      {asking === 'remind' && only ? (
        <ReminderForm
          key={only.id}
          alertId={only.id}
          title={only.title ?? ''}
          onDone={(made) => {
            setAsking(null);
            if (made) onReminded();
          }}
        />
      ) : null}
      {left.length === 0 ? null : (
        <ul role="status">
          {left.map((one, i) => (
            <li key={i}>{one}</li>
          ))}
        </ul>
      )}
    </>
  );
}

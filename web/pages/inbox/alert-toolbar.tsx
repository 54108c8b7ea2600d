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

type Acts = Readonly<Record<'take' | 'giveBack' | 'complete', () => void>> & {
  readonly assignTo: (user: string) => void;
};

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
  const ids = chosen.map(({ id }) => id);
  const titleOf = (id: string) => chosen.find((alert) => alert.id === id)?.title ?? t('alert');
  const acts = useActs(ids, (changes, error) => {
    setAsking(null);
    if (!changes) return setTold(error ? problemOf(error, language).text : '');
    const undone = changes.filter(({ done }) => done !== true);
    const done = t('changeDone', { count: changes.length - undone.length });
    setTold(done);
    setLeft(undone.map(({ id, reason }) => `${titleOf(id)}: ${t(`change_${reason ?? 'NOT_FOUND'}`)}`));
    if (undone.length === 0) onChanged(done);
    else onLeft(undone.map(({ id }) => id));
  });
  const [only] = chosen.length === 1 ? chosen : [];
  return (
    <>
      <Buttons
        count={ids.length}
        acts={acts}
        told={told}
        onAssign={() => setAsking('assign')}
        onRemind={only ? () => setAsking('remind') : undefined}
      />
      {asking === 'assign' && ids.length > 0 ? (
        <AssignForm onAssign={acts.assignTo} onCancel={() => setAsking(null)} />
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
          {left.map((line, i) => (
            <li key={i}>{line}</li>
          ))}
        </ul>
      )}
    </>
  );
}

type Answer = readonly Changed[] | null | undefined;

/** @returns what can be done to the alerts; what came of it is told to `said`. */
function useActs(
  ids: readonly string[],
  said: (changes: Answer, error: CombinedError | undefined) => void,
): Acts {
  const [, take] = useMutation(TakeAlerts);
  const [, giveBack] = useMutation(GiveAlertsBack);
  const [, complete] = useMutation(CompleteAlerts);
  const [, assign] = useMutation(AssignAlerts);
  return {
    take: () => void take({ ids }).then(({ data, error }) => said(data?.takeAlerts, error)),
    giveBack: () => void giveBack({ ids }).then(({ data, error }) => said(data?.giveAlertsBack, error)),
    complete: () => void complete({ ids }).then(({ data, error }) => said(data?.completeAlerts, error)),
    assignTo: (to) => void assign({ ids, to }).then(({ data, error }) => said(data?.assignAlerts, error)),
  };
}

interface ButtonsProps {
  readonly count: number;
  readonly acts: Acts;
  /** What came of what was done last. */
  readonly told: string;
  readonly onAssign: () => void;
  /** Undefined unless one alert is chosen. */
  readonly onRemind: (() => void) | undefined;
}

function Buttons({ count, acts, told, onAssign, onRemind }: ButtonsProps) {
  const { t } = useWords();
  const buttons = [
    ...(['take', 'giveBack', 'complete'] as const).map((name) => ({ name, act: acts[name] })),
    { name: 'assign' as const, act: onAssign },
  ];
  return (
    <div className="toolbar" role="group" aria-label={t('inboxSelected', { count })}>
      <span>{t('inboxSelected', { count })}</span>
      {buttons.map(({ name, act }) => (
        <button
          key={name}
          type="button"
          className="button button-secondary"
          disabled={count === 0}
          onClick={act}
        >
          {t(name)}
        </button>
      ))}
      <button type="button" className="button button-secondary" disabled={!onRemind} onClick={onRemind}>
        {t('remind')}
      </button>
      <span role="status">{told}</span>
    </div>
  );
}

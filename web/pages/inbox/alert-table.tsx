import { useState } from 'react';
import { Link } from 'wouter';
import { useMutation, type CombinedError } from 'urql';
import { problemOf } from '../../api/problem.js';
import { CompleteAlerts, GiveAlertsBack, TakeAlerts, type AlertRefusal } from '../../generated/operations.js';
import { useWords } from '../../text/text.js';
import type { InboxAlert } from './inbox-page.js';

interface Changed {
  readonly id: string;
  readonly done: boolean | null;
  readonly reason: AlertRefusal | null;
}

interface AlertTableProps {
  readonly rows: readonly InboxAlert[];
  readonly onChanged: () => void;
}

/** Alerts with a selection: what is done to it is told for each that it was not done to. */
export function AlertTable({ rows, onChanged }: AlertTableProps) {
  const { t, language } = useWords();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [told, setTold] = useState('');
  const [, take] = useMutation(TakeAlerts);
  const [, giveBack] = useMutation(GiveAlertsBack);
  const [, complete] = useMutation(CompleteAlerts);
  const ids = rows.filter(({ id }) => selected.has(id)).map(({ id }) => id);

  const tell = (changes: readonly Changed[]) => {
    const done = changes.filter((change) => change.done === true).length;
    const left = Map.groupBy(
      changes.filter((change) => change.done !== true),
      ({ reason }) => reason ?? 'NOT_FOUND',
    );
    const rest = [...left].map(([reason, some]) =>
      t('changeLeft', { count: some.length, why: t(`change_${reason}`) }),
    );
    setTold([t('changeDone', { count: done }), ...rest].join(' '));
    if (rest.length === 0) onChanged();
    else setSelected(new Set(changes.filter((change) => change.done !== true).map(({ id }) => id)));
  };
  const said = (changes: readonly Changed[] | null | undefined, error: CombinedError | undefined) => {
    if (changes) tell(changes);
    else if (error) setTold(problemOf(error, language).text);
  };
  const acts = [
    {
      name: 'take',
      act: () => take({ ids }).then(({ data, error }) => said(data?.takeAlerts, error)),
    },
    {
      name: 'giveBack',
      act: () => giveBack({ ids }).then(({ data, error }) => said(data?.giveAlertsBack, error)),
    },
    {
      name: 'complete',
      act: () => complete({ ids }).then(({ data, error }) => said(data?.completeAlerts, error)),
    },
  ] as const;
  const toggle = (id: string) =>
    setSelected(
      (before) => new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id]),
    );
  const all = rows.length > 0 && ids.length === rows.length;
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
        <span role="status">{told}</span>
      </div>
      <div className="scrolls" tabIndex={0} role="group" aria-label={t('inbox')}>
        <table className="table table--compact">
          <thead>
            <tr>
              <th scope="col">
                <input
                  type="checkbox"
                  aria-label={t('inboxSelectAll')}
                  checked={all}
                  onChange={() => setSelected(new Set(all ? [] : rows.map(({ id }) => id)))}
                />
              </th>
              <th scope="col">{t('title')}</th>
              <th scope="col">{t('citizen')}</th>
              <th scope="col">{t('event')}</th>
              <th scope="col">{t('state')}</th>
              <th scope="col">{t('received')}</th>
              <th scope="col">{t('group')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <AlertRow
                key={row.id}
                row={row}
                selected={selected.has(row.id)}
                onToggle={() => toggle(row.id)}
              />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

interface AlertRowProps {
  readonly row: InboxAlert;
  readonly selected: boolean;
  readonly onToggle: () => void;
}

function AlertRow({ row, selected, onToggle }: AlertRowProps) {
  const { t, word, time } = useWords();
  const title = row.title ?? word('event', row.eventType);
  return (
    <tr>
      <td>
        <input
          type="checkbox"
          checked={selected}
          onChange={onToggle}
          aria-label={t('inboxSelect', { title })}
        />
      </td>
      <td>{title}</td>
      <td>
        {row.citizen ? <Link href={`/citizens/${row.citizen.id}`}>{row.citizen.name ?? '–'}</Link> : '–'}
      </td>
      <td>{word('event', row.eventType)}</td>
      <td>{word('alert', row.state)}</td>
      <td>{time(row.receivedAt)}</td>
      <td>{row.groupName ?? row.receivingUnit?.name ?? '–'}</td>
    </tr>
  );
}

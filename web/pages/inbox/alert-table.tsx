import { useState } from 'react';
import { useCaller, useHasRole } from '../../session/caller.js';
import { useUserNames } from '../../session/user-names.js';
import { useWords } from '../../text/text.js';
import { AlertPanel } from './alert-panel.js';
import { AlertRow } from './alert-row.js';
import { AlertToolbar } from './alert-toolbar.js';
import type { InboxAlert } from './inbox-rows.js';
import { useRowKeys } from './row-keys.js';

interface AlertTableProps {
  readonly alerts: readonly InboxAlert[];
  /** The alert in the panel: whoever comes back from a person finds it there. */
  readonly opened: string | null;
  readonly onOpened: (id: string | null) => void;
  readonly onChanged: (ids: readonly string[], change: Partial<InboxAlert>) => void;
  readonly onReminded: () => void;
}

/** Alerts with a selection, for those who may handle them, and one of them beside the list. */
export function AlertTable({ alerts, opened, onOpened, onChanged, onReminded }: AlertTableProps) {
  const { t } = useWords();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const mayHandle = useHasRole('alert-handle');
  const nameOf = useAssigneeName(alerts);
  const shown = alerts.find(({ id }) => id === opened);
  useRowKeys({
    onMove: (step) => onOpened(idBeside(alerts, opened, step)),
    onClose: () => onOpened(null),
  });
  const chosen = alerts.filter(({ id }) => selected.has(id));
  // What is shown beside the list is meant when no box is ticked.
  const meant = chosen.length === 0 && shown ? [shown] : chosen;
  return (
    <>
      {mayHandle ? (
        <AlertToolbar
          chosen={meant}
          onLeft={(ids) => setSelected(new Set(ids))}
          onChanged={onChanged}
          onReminded={onReminded}
        />
      ) : null}
      <div className={shown ? 'beside' : ''}>
        <div className="scrolls" tabIndex={0} role="group" aria-label={t('inbox')}>
          <table className="table table--compact one-line">
            <TableHead
              isAll={alerts.length > 0 && chosen.length === alerts.length}
              onAll={
                mayHandle ? (all) => setSelected(new Set(all ? alerts.map(({ id }) => id) : [])) : undefined
              }
            />
            <tbody>
              {alerts.map((alert) => (
                <AlertRow
                  key={alert.id}
                  alert={alert}
                  isCurrent={alert.id === opened}
                  isSelected={selected.has(alert.id)}
                  nameOf={nameOf}
                  onToggle={mayHandle ? () => setSelected(toggled(selected, alert.id)) : undefined}
                  onOpen={() => onOpened(alert.id)}
                />
              ))}
            </tbody>
          </table>
        </div>
        {shown ? <AlertPanel alert={shown} nameOf={nameOf} onClose={() => onOpened(null)} /> : null}
      </div>
    </>
  );
}

/** @returns the id one step from the current row; the first when there is none, the current one at an end. */
function idBeside(alerts: readonly InboxAlert[], current: string | null, step: 1 | -1): string | null {
  const at = alerts.findIndex(({ id }) => id === current);
  return (at < 0 ? alerts[0] : alerts[at + step])?.id ?? current;
}

function toggled(selected: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return new Set(selected.has(id) ? [...selected].filter((other) => other !== id) : [...selected, id]);
}

interface TableHeadProps {
  readonly isAll: boolean;
  /** Undefined for those who handle no alerts. */
  readonly onAll: ((all: boolean) => void) | undefined;
}

function TableHead({ isAll, onAll }: TableHeadProps) {
  const { t } = useWords();
  return (
    <thead>
      <tr>
        {onAll ? (
          <th scope="col">
            <input
              type="checkbox"
              aria-label={t('inboxSelectAll')}
              checked={isAll}
              onChange={() => onAll(!isAll)}
            />
          </th>
        ) : null}
        <th scope="col">{t('inboxWhat')}</th>
        <th scope="col">{t('citizen')}</th>
        <th scope="col">{t('topic')}</th>
        <th scope="col">{t('state')}</th>
        <th scope="col">{t('received')}</th>
      </tr>
    </thead>
  );
}

/** @returns what whoever has taken an alert is called to the reader. */
function useAssigneeName(alerts: readonly InboxAlert[]): (user: string) => string {
  const { t } = useWords();
  const me = useCaller()?.user;
  const nameOf = useUserNames(alerts.map(({ assignee }) => assignee));
  return (user) => (user === me ? t('me') : nameOf(user));
}

import { useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import { moveByArrows } from '../../parts/move-by-arrows.js';
import { useCaller, useHasRole } from '../../session/caller.js';
import { useWords } from '../../text/text.js';
import { AlertToolbar } from './alert-toolbar.js';
import type { InboxAlert } from './inbox-rows.js';

interface AlertTableProps {
  readonly rows: readonly InboxAlert[];
  /** The alert whose person was opened last: whoever comes back stands there again. */
  readonly opened: string | null;
  readonly onOpened: (id: string) => void;
  readonly onChanged: (told: string) => void;
  readonly onReminded: () => void;
}

/** Alerts with a selection, for those who may handle them. */
export function AlertTable({ rows, opened, onOpened, onChanged, onReminded }: AlertTableProps) {
  const { t } = useWords();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const mayHandle = useHasRole('alert-handle');
  const chosen = rows.filter(({ id }) => selected.has(id));
  const toggle = (id: string) =>
    setSelected(
      (before) => new Set(before.has(id) ? [...before].filter((other) => other !== id) : [...before, id]),
    );
  const all = rows.length > 0 && chosen.length === rows.length;
  return (
    <>
      {mayHandle ? (
        <AlertToolbar
          chosen={chosen}
          onLeft={(ids) => setSelected(new Set(ids))}
          onChanged={onChanged}
          onReminded={onReminded}
        />
      ) : null}
      <div className="scrolls" tabIndex={0} role="group" aria-label={t('inbox')}>
        <table className="table table--compact">
          <thead>
            <tr>
              {mayHandle ? (
                <th scope="col">
                  <input
                    type="checkbox"
                    aria-label={t('inboxSelectAll')}
                    checked={all}
                    onChange={() => setSelected(new Set(all ? [] : rows.map(({ id }) => id)))}
                  />
                </th>
              ) : null}
              <th scope="col">{t('title')}</th>
              <th scope="col">{t('citizen')}</th>
              <th scope="col">{t('event')}</th>
              <th scope="col">{t('topic')}</th>
              <th scope="col">{t('state')}</th>
              <th scope="col">{t('received')}</th>
              <th scope="col">{t('group')}</th>
            </tr>
          </thead>
          <tbody data-arrows>
            {rows.map((row) => (
              <AlertRow
                key={row.id}
                row={row}
                isOpened={row.id === opened}
                selected={selected.has(row.id)}
                onToggle={mayHandle ? () => toggle(row.id) : undefined}
                onOpened={() => onOpened(row.id)}
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
  readonly isOpened: boolean;
  readonly selected: boolean;
  readonly onToggle: (() => void) | undefined;
  readonly onOpened: () => void;
}

function AlertRow({ row, isOpened, selected, onToggle, onOpened }: AlertRowProps) {
  const { t, word, time } = useWords();
  const title = row.title ?? word('event', row.eventType);
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (isOpened) link.current?.focus();
  }, [isOpened]);
  return (
    <tr aria-current={isOpened ? 'true' : undefined}>
      {onToggle ? (
        <td>
          <input
            type="checkbox"
            checked={selected}
            onChange={onToggle}
            aria-label={t('inboxSelect', { title })}
          />
        </td>
      ) : null}
      <td>{title}</td>
      <td>
        {row.citizen ? (
          <Link ref={link} href={`/citizens/${row.citizen.id}`} onClick={onOpened} onKeyDown={moveByArrows}>
            {row.citizen.name ?? '–'}
          </Link>
        ) : (
          '–'
        )}
      </td>
      <td>{word('event', row.eventType)}</td>
      <td>{row.kle ? `${row.kle.number} ${row.kle.title ?? ''}` : '–'}</td>
      <td>
        {word('alert', row.state)}
        {row.assignee === null ? null : <Assignee user={row.assignee} />}
      </td>
      <td>{time(row.receivedAt)}</td>
      <td>{row.groupName ?? row.receivingUnit?.name ?? '–'}</td>
    </tr>
  );
}

/** Who has taken an alert. */
function Assignee({ user }: { readonly user: string }) {
  const { t } = useWords();
  const me = useCaller()?.user;
  return ` (${user === me ? t('me') : user})`;
}

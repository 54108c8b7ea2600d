import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { useWords } from '../../text/text.js';
import { progressOf, titleOf } from './alert-words.js';
import type { InboxAlert } from './inbox-rows.js';

interface AlertRowProps {
  readonly alert: InboxAlert;
  /** It stands in the panel, or the keys have come to it. */
  readonly isCurrent: boolean;
  readonly isSelected: boolean;
  /** What a user is called to whoever reads. */
  readonly nameOf: (user: string) => string;
  readonly onToggle: (() => void) | undefined;
  readonly onOpen: () => void;
}

/** One line of the inbox: what happened, to whom, about what, how far, when. */
export function AlertRow({ alert, isCurrent, isSelected, nameOf, onToggle, onOpen }: AlertRowProps) {
  const words = useWords();
  const { t, time } = words;
  const title = titleOf(alert, words);
  const opener = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isCurrent) opener.current?.focus();
  }, [isCurrent]);
  return (
    <tr aria-current={isCurrent ? 'true' : undefined}>
      {onToggle ? (
        <td>
          <input
            type="checkbox"
            checked={isSelected}
            onChange={onToggle}
            aria-label={t('inboxSelect', { title })}
          />
        </td>
      ) : null}
      <td>
        <button ref={opener} type="button" className="plain" onClick={onOpen}>
          {title}
        </button>
      </td>
      <td>
        {alert.citizen ? (
          <Link href={`/citizens/${alert.citizen.id}`} onClick={onOpen}>
            {alert.citizen.name ?? '–'}
          </Link>
        ) : (
          '–'
        )}
      </td>
      <td title={alert.kle?.number ?? undefined}>{alert.kle?.title ?? alert.kle?.number ?? '–'}</td>
      <td>{progressOf(alert, words, nameOf)}</td>
      <td>{time(alert.receivedAt)}</td>
    </tr>
  );
}

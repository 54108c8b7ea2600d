import { useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { AlertInbox, type AlertInboxQuery, type AlertState } from '../../generated/operations.js';
import { usePageTitle } from '../../parts/page-title.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { useWords } from '../../text/text.js';
import { MoreRows } from '../../parts/more-rows.js';
import { usePages } from '../../parts/pages-of.js';
import { AlertTable } from './alert-table.js';

type Inbox = NonNullable<AlertInboxQuery['alertInbox']>;
export type InboxAlert = NonNullable<Inbox['alerts']>['edges'][number]['node'];

const PAGE = 50;
const SHOWN: Readonly<Record<'open' | 'done', readonly AlertState[]>> = {
  open: ['NEW', 'IN_PROGRESS'],
  done: ['COMPLETED'],
};

/** The alerts of the user's unit and of the user, kept up to date while the page is open. */
export function InboxPage() {
  const { t } = useWords();
  usePageTitle(t('inbox'));
  const [shown, setShown] = useState<keyof typeof SHOWN>('open');
  const [mine, setMine] = useState(false);
  const [round, setRound] = useState(0);
  return (
    <div className="wide">
      <h1>{t('inbox')}</h1>
      <div className="filters">
        <label className="form-label" htmlFor="states">
          {t('inboxStates')}
        </label>
        <select
          id="states"
          className="form-select"
          value={shown}
          onChange={(event) => setShown(event.target.value as keyof typeof SHOWN)}
        >
          <option value="open">{t('inboxOpen')}</option>
          <option value="done">{t('inboxDone')}</option>
        </select>
        <div className="check">
          <input
            type="checkbox"
            id="mine"
            checked={mine}
            onChange={(event) => setMine(event.target.checked)}
          />
          <label htmlFor="mine">{t('inboxMine')}</label>
        </div>
      </div>
      <AlertList
        key={`${shown}${String(mine)}${round}`}
        states={SHOWN[shown]}
        mine={mine}
        onChanged={() => setRound(round + 1)}
      />
    </div>
  );
}

interface AlertListProps {
  readonly states: readonly AlertState[];
  readonly mine: boolean;
  readonly onChanged: () => void;
}

function AlertList({ states, mine, onChanged }: AlertListProps) {
  const { t } = useWords();
  const pages = usePages<InboxAlert>();
  const [news, setNews] = useState(false);
  const [{ data, fetching, error }, again] = useQuery({
    query: AlertInbox,
    variables: { filter: { states, mine }, first: PAGE, after: pages.after },
  });
  useEffect(
    () =>
      listen(() => {
        setNews(true);
        again({ requestPolicy: 'network-only' });
      }),
    [again],
  );
  const inbox = data?.alertInbox;
  const { rows, more } = pages.rows(inbox?.alerts);
  if (error && !inbox)
    return <ProblemMessage error={error} onRetry={() => again({ requestPolicy: 'network-only' })} />;
  if (fetching && !inbox) return <p role="status">{t('loading')}</p>;
  return (
    <>
      <p role="status">{news ? t('inboxChanged') : ''}</p>
      {rows.length === 0 ? <p>{t('inboxNone')}</p> : <AlertTable rows={rows} onChanged={onChanged} />}
      <MoreRows shown={rows.length} total={inbox?.alerts?.totalCount} more={more} fetching={fetching} />
    </>
  );
}

/** Hears that the inbox has changed, and nothing else. @returns what to call to hear no more */
function listen(onChange: () => void): () => void {
  const events = new EventSource('/events');
  events.addEventListener('inbox', onChange);
  return () => events.close();
}

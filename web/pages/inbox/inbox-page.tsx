import { useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { AlertInbox, type AlertInboxFilter } from '../../generated/operations.js';
import { usePageTitle } from '../../parts/page-title.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { useWords } from '../../text/text.js';
import { MoreRows } from '../../parts/more-rows.js';
import { usePages } from '../../parts/pages-of.js';
import { type InboxAlert, type InboxGroup, MOST_COUNTED } from './inbox-rows.js';
import { AlertTable } from './alert-table.js';
import { InboxFilters } from './inbox-filters.js';
import { STATES_OF, useInboxMemory, type Narrowed } from './inbox-memory.js';
import { ReminderList } from './reminder-list.js';

const PAGE = 50;

/** The alerts of the user's unit and of the user, kept up to date while the page is open. */
export default function InboxPage() {
  const { t } = useWords();
  usePageTitle(t('inbox'));
  const { narrowed, remember } = useInboxMemory();
  const [{ round, said }, setRound] = useState({ round: 0, said: '' });
  const [groups, setGroups] = useState<readonly InboxGroup[]>([]);
  const [reminded, setReminded] = useState(0);
  const narrow = (next: Narrowed) => remember({ narrowed: next, pages: 1, opened: null });
  return (
    <div className="wide">
      <h1>{t('inbox')}</h1>
      <ReminderList key={reminded} />
      <InboxFilters narrowed={narrowed} groups={groups} onNarrow={narrow} />
      <p role="status" data-said>
        {said}
      </p>
      <AlertList
        key={`${JSON.stringify(narrowed)}${round}`}
        narrowed={narrowed}
        onGroups={setGroups}
        onChanged={(told) => setRound({ round: round + 1, said: told })}
        onReminded={() => setReminded(reminded + 1)}
      />
    </div>
  );
}

function filterOf({ shown, mine, groupId, eventType, kle }: Narrowed): AlertInboxFilter {
  return {
    states: STATES_OF[shown],
    mine,
    groupId,
    eventTypes: eventType === null ? null : [eventType],
    kle: kle === '' ? null : kle,
  };
}

interface AlertListProps {
  readonly narrowed: Narrowed;
  readonly onGroups: (groups: readonly InboxGroup[]) => void;
  /** Told in words what was done. */
  readonly onChanged: (told: string) => void;
  readonly onReminded: () => void;
}

function AlertList({ narrowed, onGroups, onChanged, onReminded }: AlertListProps) {
  const { t } = useWords();
  const memory = useInboxMemory();
  const pages = usePages<InboxAlert>();
  const [{ data, fetching, error }, again] = useQuery({
    query: AlertInbox,
    variables: { filter: filterOf(narrowed), first: PAGE, after: pages.after },
  });
  const hasNews = useNews(again);
  const inbox = data?.alertInbox;
  useEffect(() => {
    if (inbox?.groups) onGroups(inbox.groups);
  }, [inbox?.groups, onGroups]);
  const { rows, more } = pages.rows(inbox?.alerts);
  const showMore = useRemembered(more, rows.length, fetching);
  if (error && !inbox)
    return <ProblemMessage error={error} onRetry={() => again({ requestPolicy: 'network-only' })} />;
  if (fetching && !inbox) return <p role="status">{t('loading')}</p>;
  return (
    <>
      <p role="status">{hasNews ? t('inboxChanged') : ''}</p>
      {rows.length === 0 ? (
        <p>{t('inboxNone')}</p>
      ) : (
        <AlertTable
          rows={rows}
          opened={memory.opened}
          onOpened={(opened) => memory.remember({ opened })}
          onChanged={onChanged}
          onReminded={onReminded}
        />
      )}
      <MoreRows
        shown={rows.length}
        total={inbox?.alerts?.totalCount}
        most={MOST_COUNTED}
        more={showMore}
        fetching={fetching}
      />
    </>
  );
}

/** Remembers how many pages the user has read: whoever comes back gets as many. @returns what asks for the next one */
function useRemembered(
  more: (() => void) | undefined,
  count: number,
  fetching: boolean,
): (() => void) | undefined {
  const { pages, remember } = useInboxMemory();
  const read = Math.ceil(count / PAGE);
  useEffect(() => {
    if (!fetching && more && read > 0 && read < pages) more();
  }, [fetching, more, read, pages]);
  if (!more) return undefined;
  return () => {
    remember({ pages: read + 1 });
    more();
  };
}

/** Asks anew whenever the inbox has changed. @returns whether it has since it was opened */
function useNews(again: (options: { readonly requestPolicy: 'network-only' }) => void): boolean {
  const [hasNews, setNews] = useState(false);
  useEffect(
    () =>
      listen(() => {
        setNews(true);
        again({ requestPolicy: 'network-only' });
      }),
    [again],
  );
  return hasNews;
}

/** Hears that the inbox has changed, and nothing else. @returns what to call to hear no more */
function listen(onChange: () => void): () => void {
  const events = new EventSource('/events');
  events.addEventListener('inbox', onChange);
  return () => events.close();
}

import { useEffect, useRef, useState, type RefObject } from 'react';
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
/** An act of the user's own is heard of again within this time. */
const OWN_ACT_MS = 3000;

/** The alerts of the user's unit and of the user, kept up to date while the page is open. */
export default function InboxPage() {
  const { t } = useWords();
  usePageTitle(t('inbox'));
  const { narrowed, remember } = useInboxMemory();
  const [groups, setGroups] = useState<readonly InboxGroup[]>([]);
  const [reminded, setReminded] = useState(0);
  const narrow = (next: Narrowed) => remember({ narrowed: next, pages: 1, opened: null });
  return (
    <div className="wide">
      <h1>{t('inbox')}</h1>
      <ReminderList key={reminded} />
      <InboxFilters narrowed={narrowed} groups={groups} onNarrow={narrow} />
      <AlertList
        key={JSON.stringify(narrowed)}
        narrowed={narrowed}
        onGroups={setGroups}
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
  readonly onReminded: () => void;
}

function AlertList({ narrowed, onGroups, onReminded }: AlertListProps) {
  const { t } = useWords();
  const memory = useInboxMemory();
  const pages = usePages<InboxAlert>();
  const [{ data, fetching, error }, again] = useQuery({
    query: AlertInbox,
    variables: { filter: filterOf(narrowed), first: PAGE, after: pages.after },
  });
  const ownAct = useRef(0);
  const hasNews = useNews(again, ownAct);
  const inbox = data?.alertInbox;
  useEffect(() => {
    if (inbox?.groups) onGroups(inbox.groups);
  }, [inbox?.groups, onGroups]);
  const { rows: read, more } = pages.rows(inbox?.alerts);
  const { alerts, change } = useChanged(read, inbox);
  const showMore = useRemembered(more, alerts.length, fetching);
  if (error && !inbox)
    return <ProblemMessage error={error} onRetry={() => again({ requestPolicy: 'network-only' })} />;
  if (fetching && !inbox) return <p role="status">{t('loading')}</p>;
  return (
    <>
      <p role="status">{hasNews ? t('inboxChanged') : ''}</p>
      {alerts.length === 0 ? (
        <p>{t('inboxNone')}</p>
      ) : (
        <AlertTable
          alerts={alerts}
          opened={memory.opened}
          onOpened={(opened) => memory.remember({ opened })}
          onChanged={(ids, become) => {
            change(ids, become);
            const next = alerts[alerts.findIndex(({ id }) => id === ids.at(-1)) + 1];
            if (memory.opened !== null) memory.remember({ opened: next?.id ?? memory.opened });
            ownAct.current = Date.now();
          }}
          onReminded={onReminded}
        />
      )}
      <MoreRows
        shown={alerts.length}
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

/** @returns alerts as the user has just changed them, until the list has been read anew, and what changes them. */
function useChanged(read: readonly InboxAlert[], answer: unknown) {
  const [changed, setChanged] = useState({ answer, become: new Map<string, Partial<InboxAlert>>() });
  const become = changed.answer === answer ? changed.become : new Map<string, Partial<InboxAlert>>();
  return {
    alerts: read.map((alert) => ({ ...alert, ...become.get(alert.id) })),
    change: (ids: readonly string[], to: Partial<InboxAlert>) =>
      setChanged({ answer, become: new Map([...become, ...ids.map((id) => [id, to] as const)]) }),
  };
}

/**
 * Asks anew whenever the inbox has changed.
 * @param ownAct when the user changed something last: what comes of that is no news
 * @returns whether others have changed it since it was opened
 */
function useNews(
  again: (options: { readonly requestPolicy: 'network-only' }) => void,
  ownAct: RefObject<number>,
): boolean {
  const [hasNews, setNews] = useState(false);
  useEffect(
    () =>
      listen(() => {
        if (Date.now() - ownAct.current > OWN_ACT_MS) setNews(true);
        again({ requestPolicy: 'network-only' });
      }),
    [again, ownAct],
  );
  return hasNews;
}

/** Hears that the inbox has changed, and nothing else. @returns what to call to hear no more */
function listen(onChange: () => void): () => void {
  const events = new EventSource('/events');
  events.addEventListener('inbox', onChange);
  return () => events.close();
}

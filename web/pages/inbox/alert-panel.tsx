import { Link } from 'wouter';
import { useQuery } from 'urql';
import { AlertCase } from '../../generated/operations.js';
import { useHasRole } from '../../session/caller.js';
import { useWords } from '../../text/text.js';
import { progressOf, titleOf, topicOf } from './alert-words.js';
import type { InboxAlert } from './inbox-rows.js';

interface AlertPanelProps {
  readonly alert: InboxAlert;
  /** What a user is called to whoever reads. */
  readonly nameOf: (user: string) => string;
  readonly onClose: () => void;
}

/** One alert beside the list: all that is known of it, its person and its case. */
export function AlertPanel({ alert, nameOf, onClose }: AlertPanelProps) {
  const words = useWords();
  const { t, word, time } = words;
  const { citizen } = alert;
  const facts = [
    [t('event'), word('event', alert.eventType)],
    [t('topic'), topicOf(alert)],
    [t('state'), progressOf(alert, words, nameOf)],
    [t('received'), time(alert.receivedAt)],
    [t('group'), alert.groupName ?? '–'],
    [t('unit'), alert.receivingUnit?.name ?? '–'],
    [t('system'), alert.sourceSystem?.name ?? '–'],
  ] as const;
  return (
    <aside className="section-card side-panel" aria-labelledby="alert-title" data-panel>
      <h2 id="alert-title">{titleOf(alert, words)}</h2>
      {citizen ? (
        <p>
          <Link href={`/citizens/${citizen.id}`}>{citizen.name ?? t('citizen')}</Link>
        </p>
      ) : null}
      {alert.case ? <CaseOf caseId={alert.case.id} citizenId={citizen?.id} /> : null}
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <button type="button" className="button button-secondary" onClick={onClose}>
        {t('close')} <kbd>Esc</kbd>
      </button>
    </aside>
  );
}

interface CaseOfProps {
  readonly caseId: string;
  readonly citizenId: string | undefined;
}

/** The case behind an alert, for those who may read cases: the look is recorded when the alert is opened, not for each row. */
function CaseOf({ caseId, citizenId }: CaseOfProps) {
  const { t, word } = useWords();
  const mayRead = useHasRole('case-read');
  const [{ data, fetching }] = useQuery({ query: AlertCase, variables: { id: caseId }, pause: !mayRead });
  const found = data?.case;
  if (!mayRead) return null;
  if (!found) return <p role="status">{fetching ? t('loading') : t('inboxCaseHidden')}</p>;
  const said = [found.title, found.caseNumber, word('state', found.state), found.sourceSystem?.name]
    .filter((part) => part != null)
    .join(', ');
  return (
    <p>
      {t('case')}: {citizenId ? <Link href={`/citizens/${citizenId}?case=${caseId}`}>{said}</Link> : said}
    </p>
  );
}

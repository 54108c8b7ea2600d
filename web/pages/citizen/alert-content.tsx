import { useWords } from '../../text/text.js';
import { CaseLinks } from './case-link.js';
import { Fact } from './fact.js';
import type { AlertRow, CaseRow } from './person-rows.js';

interface AlertContentProps {
  readonly citizenId: string;
  readonly alert: AlertRow;
  readonly cases: readonly CaseRow[];
}

/** What an alert says, and the case it is about. */
export function AlertContent({ citizenId, alert, cases }: AlertContentProps) {
  const { t, word, time } = useWords();
  const event = word('event', alert.eventType);
  return (
    <>
      <h2>{alert.title ?? event}</h2>
      <dl className="facts">
        <Fact name={t('event')}>{event}</Fact>
        <Fact name={t('state')}>{word('alert', alert.state)}</Fact>
        <Fact name={t('received')}>{time(alert.receivedAt)}</Fact>
        <Fact name={t('topic')}>{alert.kle?.title ?? alert.kle?.number ?? '–'}</Fact>
        <Fact name={t('unit')}>{alert.receivingUnit?.name ?? '–'}</Fact>
        <Fact name={t('system')}>{alert.sourceSystem?.name ?? '–'}</Fact>
        <CaseLinks citizenId={citizenId} of={alert.case ? [alert.case] : []} cases={cases} />
      </dl>
    </>
  );
}

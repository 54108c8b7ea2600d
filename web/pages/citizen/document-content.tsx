import { useWords } from '../../text/text.js';
import { CaseLinks } from './case-link.js';
import { Fact } from './fact.js';
import type { CaseRow, DocumentRow } from './person-rows.js';
import { Reason } from './reason.js';

interface DocumentContentProps {
  readonly citizenId: string;
  readonly document: DocumentRow;
  readonly cases: readonly CaseRow[];
}

/** What is known of a document; the document itself is in its own system. */
export function DocumentContent({ citizenId, document, cases }: DocumentContentProps) {
  const { t, word, date } = useWords();
  const { kle, whyShown } = document;
  return (
    <>
      <h2>{document.title ?? '–'}</h2>
      <dl className="facts">
        <Fact name={t('date')}>{date(document.letterDate)}</Fact>
        <Fact name={t('type')}>{word('document', document.type)}</Fact>
        <Fact name={t('documentNumber')}>{document.documentNumber ?? '–'}</Fact>
        <Fact name={t('topic')}>{kle ? `${kle.title ?? ''} ${kle.number}` : '–'}</Fact>
        <Fact name={t('system')}>{document.sourceSystem?.name ?? '–'}</Fact>
        <CaseLinks citizenId={citizenId} of={document.cases ?? []} cases={cases} />
      </dl>
      <p className="quiet">{t('documentElsewhere', { system: document.sourceSystem?.name ?? '–' })}</p>
      {whyShown ? <Reason reason={whyShown} label={t('whyThis')} /> : null}
    </>
  );
}

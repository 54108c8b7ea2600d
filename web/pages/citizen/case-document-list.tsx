import { CaseDocuments } from '../../generated/operations.js';
import { MoreRows } from '../../parts/more-rows.js';
import { usePages } from '../../parts/pages-of.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { useWords } from '../../text/text.js';
import { useLookUp } from './look-up.js';
import type { OpenedCase } from './opened-case.js';

type Documents = NonNullable<OpenedCase['documents']>;
type Row = Documents['edges'][number]['node'];

const PAGE = 50;

interface CaseDocumentListProps {
  readonly caseId: string;
  /** The page that came with the case. */
  readonly first: Documents;
}

/** A case's documents to the last one: what came with the case, and page after page when more is asked for. */
export function CaseDocumentList({ caseId, first }: CaseDocumentListProps) {
  const { t, date, word } = useWords();
  const pages = usePages<Row>();
  const isFirst = pages.after === null;
  const [{ data, fetching, error }, again] = useLookUp(
    CaseDocuments,
    { id: caseId, first: PAGE, after: pages.after },
    isFirst,
  );
  const { rows, more } = pages.rows(isFirst ? first : data?.case?.documents);
  if (first.edges.length === 0) return <p>{t('none')}</p>;
  return (
    <>
      <ul>
        {rows.map(({ id, title, letterDate, type }) => (
          <li key={id}>
            {date(letterDate)} {title} <span className="quiet">{word('document', type)}</span>
          </li>
        ))}
      </ul>
      <MoreRows shown={rows.length} total={first.totalCount} more={more} fetching={fetching} />
      {error ? (
        <ProblemMessage error={error} onRetry={() => again({ requestPolicy: 'network-only' })} />
      ) : null}
    </>
  );
}

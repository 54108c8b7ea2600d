import { CitizenDocuments, type CitizenDocumentsQuery } from '../../generated/operations.js';
import { useWords } from '../../text/text.js';
import { useLookUp } from './look-up.js';
import { usePages } from '../../parts/pages-of.js';
import { RowTable } from '../../parts/row-table.js';
import { ListedSection } from './listed-section.js';

type Section = NonNullable<NonNullable<CitizenDocumentsQuery['citizen']>['documents']>;
type Row = NonNullable<Section['documents']>['edges'][number]['node'];

const PAGE = 50;

export function DocumentSection({ id }: { readonly id: string }) {
  const { t } = useWords();
  const pages = usePages<Row>();
  const [look, again] = useLookUp(CitizenDocuments, { id, first: PAGE, after: pages.after });
  const section = look.data?.citizen?.documents;
  const total = section?.documents?.totalCount;
  const { rows, more } = pages.rows(section?.documents);
  return (
    <ListedSection
      id="documents"
      title={t('documents')}
      look={look}
      section={section}
      total={total}
      shown={rows.length}
      more={more}
      onRetry={() => again({ requestPolicy: 'network-only' })}
    >
      <DocumentTable rows={rows} total={total} more={look.fetching ? undefined : more} />
    </ListedSection>
  );
}

interface DocumentTableProps {
  readonly rows: readonly Row[];
  readonly total: number | null | undefined;
  readonly more: (() => void) | undefined;
}

function DocumentTable({ rows, total, more }: DocumentTableProps) {
  const { t, word, date } = useWords();
  const head = (
    <tr>
      <th scope="col">{t('title')}</th>
      <th scope="col">{t('type')}</th>
      <th scope="col">{t('date')}</th>
      <th scope="col">{t('topic')}</th>
      <th scope="col">{t('system')}</th>
    </tr>
  );
  return (
    <RowTable label={t('documents')} rows={rows} total={total} head={head} columns={5} more={more}>
      {(row, place) => (
        <tr key={row.id} {...place}>
          <td>{row.title ?? '–'}</td>
          <td>{word('document', row.type)}</td>
          <td>{date(row.letterDate)}</td>
          <td>{row.kle ? `${row.kle.number} ${row.kle.title ?? ''}` : '–'}</td>
          <td>{row.sourceSystem?.name ?? '–'}</td>
        </tr>
      )}
    </RowTable>
  );
}

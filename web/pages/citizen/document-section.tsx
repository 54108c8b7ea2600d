import { CitizenDocuments, type CitizenDocumentsQuery } from '../../generated/operations.js';
import { useWords } from '../../text/text.js';
import { useLookUp } from './look-up.js';
import { MoreRows } from '../../parts/more-rows.js';
import { usePages } from '../../parts/pages-of.js';
import { RowTable } from '../../parts/row-table.js';
import { Nothing, SectionCard } from './section-card.js';

type Section = NonNullable<NonNullable<CitizenDocumentsQuery['citizen']>['documents']>;
type Row = NonNullable<Section['documents']>['edges'][number]['node'];

const PAGE = 50;

export function DocumentSection({ id }: { readonly id: string }) {
  const { t, word, date } = useWords();
  const pages = usePages<Row>();
  const [{ data, fetching, error }, again] = useLookUp(CitizenDocuments, {
    id,
    first: PAGE,
    after: pages.after,
  });
  const section = data?.citizen?.documents;
  const { rows, more } = pages.rows(section?.documents);
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
    <SectionCard
      id="documents"
      title={t('documents')}
      fetching={fetching}
      error={error}
      section={section}
      count={section?.documents?.totalCount}
      onRetry={() => again({ requestPolicy: 'network-only' })}
    >
      {rows.length === 0 ? (
        <Nothing outcome={section?.outcome} />
      ) : (
        <RowTable
          label={t('documents')}
          rows={rows}
          total={section?.documents?.totalCount}
          head={head}
          columns={5}
          more={fetching ? undefined : more}
        >
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
      )}
      <MoreRows shown={rows.length} total={section?.documents?.totalCount} more={more} fetching={fetching} />
    </SectionCard>
  );
}

import { RowTable } from '../../parts/row-table.js';
import { useWords } from '../../text/text.js';
import { tableOf } from './case-section.js';
import { ListedSection, type ListProps } from './listed-section.js';
import type { DocumentRow, Documents } from './person-rows.js';
import { Cut, RowLink, SystemName } from './row-link.js';

const MOST = 6;

/** The person's documents, newest first as the graph lists them. */
export function DocumentSection({ citizenId, part, isAlone, open }: ListProps<Documents>) {
  const { t, word, date } = useWords();
  const head = (
    <tr>
      <th scope="col" className="day">
        {t('date')}
      </th>
      <th scope="col">{t('document')}</th>
      <th scope="col" className="middle">
        {t('type')}
      </th>
      <th scope="col" className="extra">
        {t('topic')}
      </th>
      <th scope="col" className="system">
        {t('system')}
      </th>
    </tr>
  );
  return (
    <ListedSection
      id="documents"
      title={t('documents')}
      tab="documents"
      citizenId={citizenId}
      part={part}
      isAlone={isAlone}
      most={MOST}
    >
      {(rows) => (
        <RowTable {...tableOf(part, isAlone)} rows={rows} label={t('documents')} head={head} columns={5}>
          {(row: DocumentRow, place) => (
            <tr key={row.id} {...place} aria-current={row.id === open?.id ? 'true' : undefined}>
              <td>{date(row.letterDate)}</td>
              <td>
                <RowLink
                  citizenId={citizenId}
                  record={{ kind: 'document', id: row.id }}
                  text={row.title ?? '–'}
                />
              </td>
              <td>
                <Cut>{word('document', row.type)}</Cut>
              </td>
              <td className="extra">
                <Cut>{row.kle?.title ?? row.kle?.number ?? '–'}</Cut>
              </td>
              <td>
                <SystemName system={row.sourceSystem} />
              </td>
            </tr>
          )}
        </RowTable>
      )}
    </ListedSection>
  );
}

import { danishDay } from '../../../subgraphs/shared/days/danish-day.js';
import { RowTable } from '../../parts/row-table.js';
import { useWords } from '../../text/text.js';
import { tableOf } from './case-section.js';
import { ListedSection, type ListProps } from './listed-section.js';
import type { AlertRow, Alerts } from './person-rows.js';
import { Cut, RowLink } from './row-link.js';

const MOST = 5;

/** Alerts about the person, as the graph lists them. */
export function AlertSection({ citizenId, part, isAlone, open }: ListProps<Alerts>) {
  const { t, word, date } = useWords();
  const head = (
    <tr>
      <th scope="col">{t('alert')}</th>
      <th scope="col">{t('topic')}</th>
      <th scope="col" className="short">
        {t('state')}
      </th>
      <th scope="col" className="day">
        {t('received')}
      </th>
    </tr>
  );
  return (
    <ListedSection
      id="alerts"
      title={t('alerts')}
      tab="alerts"
      citizenId={citizenId}
      part={part}
      isAlone={isAlone}
      most={MOST}
    >
      {(rows) => (
        <RowTable {...tableOf(part, isAlone)} rows={rows} label={t('alerts')} head={head} columns={4}>
          {(row: AlertRow, place) => (
            <tr key={row.id} {...place} aria-current={row.id === open?.id ? 'true' : undefined}>
              <td>
                <RowLink
                  citizenId={citizenId}
                  record={{ kind: 'alert', id: row.id }}
                  text={row.title ?? word('event', row.eventType)}
                />
              </td>
              <td>
                <Cut>{row.kle?.title ?? row.sourceSystem?.name ?? '–'}</Cut>
              </td>
              <td>
                <Cut>{word('alert', row.state)}</Cut>
              </td>
              <td>{row.receivedAt === null ? date(null) : date(danishDay(new Date(row.receivedAt)))}</td>
            </tr>
          )}
        </RowTable>
      )}
    </ListedSection>
  );
}

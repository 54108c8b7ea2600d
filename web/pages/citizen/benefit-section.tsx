import { usePeriod } from '../../parts/period.js';
import { RowTable } from '../../parts/row-table.js';
import { useWords } from '../../text/text.js';
import { tableOf } from './case-section.js';
import { ListedSection, type ListProps } from './listed-section.js';
import { useGrantTitle } from './grant-title.js';
import { latestPayment } from './now.js';
import type { Benefits, Grant } from './person-rows.js';
import { PurposeForm, wantsPurpose } from './purpose.js';
import { CROSS_AUTHORITY } from './purposes.js';
import { Cut, RowLink } from './row-link.js';

const MOST = 6;

/** Benefit grants with what was paid last. Amounts are as delivered; what a hidden line would give away is not shown. */
export function BenefitSection({ citizenId, part, isAlone, open }: ListProps<Benefits>) {
  const { t, date, kroner, word } = useWords();
  const period = usePeriod();
  const title = useGrantTitle();
  return (
    <ListedSection
      id="benefits"
      title={t('benefits')}
      tab="benefits"
      citizenId={citizenId}
      part={part}
      isAlone={isAlone}
      most={MOST}
      beside={
        wantsPurpose(part.section?.sources) ? <PurposeForm id="benefits" purposes={CROSS_AUTHORITY} /> : null
      }
    >
      {(rows) => (
        <RowTable
          {...tableOf(part, isAlone)}
          rows={rows}
          label={t('benefits')}
          head={<Head isAlone={isAlone} />}
          columns={5}
        >
          {(row: Grant, place) => {
            const latest = latestPayment(row.payments ?? []);
            const paid = latest?.paidOre ?? latest?.sentOre ?? null;
            return (
              <tr key={row.id} {...place} aria-current={row.id === open?.id ? 'true' : undefined}>
                <td>
                  <RowLink citizenId={citizenId} record={{ kind: 'grant', id: row.id }} text={title(row)} />
                </td>
                <td>{date(latest?.disposalDate)}</td>
                <td className="number">
                  {latest ? (paid === null ? t('hiddenAmount') : kroner(paid)) : '–'}
                </td>
                {isAlone ? (
                  <td>
                    <Cut>{period(row.startsOn, row.endsOn)}</Cut>
                  </td>
                ) : null}
                <td>
                  <Cut>{word('grant', row.status)}</Cut>
                </td>
              </tr>
            );
          }}
        </RowTable>
      )}
    </ListedSection>
  );
}

function Head({ isAlone }: { readonly isAlone: boolean }) {
  const { t } = useWords();
  return (
    <tr>
      <th scope="col">{t('benefit')}</th>
      <th scope="col" className="day">
        {t('paymentDate')}
      </th>
      <th scope="col" className="number money">
        {t('amountPaid')}
      </th>
      {isAlone ? <th scope="col">{t('period')}</th> : null}
      <th scope="col" className="short">
        {t('state')}
      </th>
    </tr>
  );
}

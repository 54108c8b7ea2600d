import { CitizenBenefits } from '../../generated/operations.js';
import { usePeriod } from '../../parts/period.js';
import { useWords } from '../../text/text.js';
import { useLookUp } from './look-up.js';
import type { Grant, GrantPayment } from './granted.js';
import { MoreRows } from '../../parts/more-rows.js';
import { usePages } from '../../parts/pages-of.js';
import { PaymentChart } from './payment-chart.js';
import { PurposeForm, wantsPurpose } from './purpose.js';
import { CROSS_AUTHORITY } from './purposes.js';
import { Nothing, SectionCard } from './section-card.js';

const PAGE = 20;

/** Benefit grants with their payments. Amounts are as delivered; what a hidden line would give away is not shown. */
export function BenefitSection({ id }: { readonly id: string }) {
  const { t } = useWords();
  const pages = usePages<Grant>();
  const [{ data, fetching, error }, again] = useLookUp(CitizenBenefits, {
    id,
    first: PAGE,
    after: pages.after,
  });
  const section = data?.citizen?.benefits;
  const { rows, more } = pages.rows(section?.grants);
  return (
    <SectionCard
      id="benefits"
      title={t('benefits')}
      fetching={fetching}
      error={error}
      section={section}
      count={section?.grants?.totalCount}
      onRetry={() => again({ requestPolicy: 'network-only' })}
      beside={
        wantsPurpose(section?.sources) ? <PurposeForm id="benefits" purposes={CROSS_AUTHORITY} /> : null
      }
    >
      {rows.length === 0 ? <Nothing outcome={section?.outcome} /> : null}
      {rows.map((grant) => (
        <GrantPart key={grant.id} grant={grant} />
      ))}
      <MoreRows shown={rows.length} total={section?.grants?.totalCount} more={more} fetching={fetching} />
    </SectionCard>
  );
}

function GrantPart({ grant }: { readonly grant: Grant }) {
  const { t, word } = useWords();
  const period = usePeriod();
  const names = grant.benefits?.map(({ name, kle }) => name ?? kle?.title ?? '–') ?? [];
  const title = names.length === 0 ? t('benefit') : names.join(', ');
  return (
    <div className="grant">
      <h3>
        {title} <span className="badge badge-small">{word('grant', grant.status)}</span>
      </h3>
      <p>
        {period(grant.startsOn, grant.endsOn)}{' '}
        <span className="quiet">
          {grant.sourceSystem?.name}
          {grant.crossAuthority ? `, ${grant.owner?.name ?? ''}` : ''}
        </span>
      </p>
      {grant.reason ? <p>{grant.reason}</p> : null}
      {grant.payments?.length ? <Payments payments={grant.payments} title={title} /> : null}
    </div>
  );
}

function Payments({
  payments,
  title,
}: {
  readonly payments: readonly GrantPayment[];
  readonly title: string;
}) {
  const { t, date, kroner } = useWords();
  const period = usePeriod();
  const amount = (ore: number | null) => (ore === null ? t('hiddenAmount') : kroner(ore));
  return (
    <details>
      <summary>
        {t('payments')} ({payments.length})
      </summary>
      <PaymentChart payments={payments} />
      <div className="scrolls" tabIndex={0} role="group" aria-label={`${t('payments')}: ${title}`}>
        <table className="table table--compact">
          <thead>
            <tr>
              <th scope="col">{t('period')}</th>
              <th scope="col">{t('paymentDate')}</th>
              <th scope="col" className="number">
                {t('amountGross')}
              </th>
              <th scope="col" className="number">
                {t('amountPaid')}
              </th>
            </tr>
          </thead>
          <tbody>
            {payments.map((payment) => (
              <tr key={payment.id}>
                <td>{period(payment.periodFrom, payment.periodTo)}</td>
                <td>{date(payment.disposalDate)}</td>
                <td className="number">{amount(payment.grossOre)}</td>
                <td className="number">{amount(payment.paidOre ?? payment.sentOre)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

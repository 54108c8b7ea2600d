import { usePeriod } from '../../parts/period.js';
import { useWords } from '../../text/text.js';
import { CaseLinks } from './case-link.js';
import { Fact } from './fact.js';
import { useGrantTitle } from './grant-title.js';
import { PaymentChart } from './payment-chart.js';
import type { CaseRow, Grant, GrantPayment } from './person-rows.js';
import { Reason } from './reason.js';

interface GrantContentProps {
  readonly citizenId: string;
  readonly grant: Grant;
  readonly cases: readonly CaseRow[];
}

/** A benefit grant with all its payments. */
export function GrantContent({ citizenId, grant, cases }: GrantContentProps) {
  const { t, word } = useWords();
  const period = usePeriod();
  const title = useGrantTitle()(grant);
  const { payments, whyShown } = grant;
  return (
    <>
      <h2>{title}</h2>
      <dl className="facts">
        <Fact name={t('state')}>{word('grant', grant.status)}</Fact>
        <Fact name={t('period')}>{period(grant.startsOn, grant.endsOn)}</Fact>
        <Fact name={t('system')}>{grant.sourceSystem?.name ?? '–'}</Fact>
        {grant.crossAuthority ? <Fact name={t('owner')}>{grant.owner?.name ?? '–'}</Fact> : null}
        <CaseLinks citizenId={citizenId} of={grant.case ? [grant.case] : []} cases={cases} />
      </dl>
      {grant.reason ? <p>{grant.reason}</p> : null}
      {whyShown ? <Reason reason={whyShown} label={t('whyThis')} /> : null}
      {payments?.length ? <Payments payments={payments} title={title} /> : <p>{t('paymentsNone')}</p>}
    </>
  );
}

interface PaymentsProps {
  readonly payments: readonly GrantPayment[];
  readonly title: string;
}

function Payments({ payments, title }: PaymentsProps) {
  const { t, date, kroner } = useWords();
  const period = usePeriod();
  const amount = (ore: number | null) => (ore === null ? t('hiddenAmount') : kroner(ore));
  return (
    <>
      <h3>
        {t('payments')} ({payments.length})
      </h3>
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
    </>
  );
}

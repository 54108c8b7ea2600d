import { Link } from 'wouter';
import { danishDay } from '../../../subgraphs/shared/days/danish-day.js';
import { useWords } from '../../text/text.js';
import { contactOf } from './case-section.js';
import { Fact } from './fact.js';
import { useGrantTitle } from './grant-title.js';
import { moneyOf, newest, running, type PaymentOf } from './now.js';
import type { Person } from './person.js';
import type { CaseRow } from './person-rows.js';
import { usePlace } from './place.js';
import { isReadable, noneOf } from './section-card.js';
import { isWhole } from './sources.js';

/** Running cases named in the strip; the others are counted. */
const MOST_CASES = 3;
const MOST_EVENTS = 3;

interface NowStripProps {
  readonly id: string;
  readonly person: Person;
}

/** What a caller asks first: what is running and who has it, what is paid and when, what is new. Speaks of what is shown alone. */
export function NowStrip({ id, person }: NowStripProps) {
  const { t } = useWords();
  return (
    <section className="now" aria-labelledby="now-heading">
      <h2 id="now-heading">{t('now')}</h2>
      <dl>
        <RunningCases id={id} person={person} />
        <MoneyNow id={id} person={person} />
        <NewestEvents id={id} person={person} />
      </dl>
    </section>
  );
}

const isToCome = ({ fetching, rows }: Person['cases' | 'benefits']) => fetching && rows.length === 0;

interface ToComeProps {
  readonly name: string;
  /** Lines of text that it most often takes. */
  readonly lines: 2 | 3;
}

/** Keeps the place of what is still to come, so that it pushes nothing when it does. */
function ToCome({ name, lines }: ToComeProps) {
  return (
    <Fact name={name}>
      <span className="to-come" style={{ minHeight: `${2.3 * lines}rem` }}>
        …
      </span>
    </Fact>
  );
}

function RunningCases({ id, person: { cases } }: NowStripProps) {
  const { t } = useWords();
  const { to } = usePlace(id);
  if (isToCome(cases)) return <ToCome name={t('cases')} lines={3} />;
  if (!isReadable(cases.section)) return null;
  const found = running(cases.rows);
  const others = found.length - MOST_CASES;
  return (
    <Fact name={t(isWhole(cases) ? 'nowRunning' : 'nowRunningAtLeast', { count: found.length })}>
      {found.length === 0 ? t(noneOf(cases.section)) : null}
      {found.slice(0, MOST_CASES).map((row) => (
        <span key={row.id} className="now-item">
          <Link href={to({ open: { kind: 'case', id: row.id } })}>{row.title ?? row.caseNumber ?? '–'}</Link>
          {`: ${whoHas(row) ?? t('nowNoHandler')}`}
        </span>
      ))}
      {others > 0 ? <Link href={to({ tab: 'cases' })}>{t('nowOthers', { count: others })}</Link> : null}
    </Fact>
  );
}

/** @returns who has a case and how that person is reached; undefined when the source does not say. */
function whoHas({ primaryHandler, responsibleUnit }: CaseRow): string | undefined {
  const unit = responsibleUnit && contactOf(responsibleUnit);
  return [primaryHandler, unit].filter((part) => part !== null).join(', ') || undefined;
}

function MoneyNow({ id, person: { benefits } }: NowStripProps) {
  const { t, date, kroner } = useWords();
  const { to } = usePlace(id);
  const title = useGrantTitle();
  if (isToCome(benefits)) return <ToCome name={t('benefits')} lines={2} />;
  if (!isReadable(benefits.section)) return null;
  if (benefits.rows.length === 0) return <Fact name={t('benefits')}>{t(noneOf(benefits.section))}</Fact>;
  const { next, last, paidThisMonthOre, isLeast, overdue } = moneyOf(benefits.rows, danishDay(new Date()));
  const latestOverdue = overdue.at(-1);
  const paymentOf = ({ grant, payment }: PaymentOf) => {
    const amount = payment.paidOre ?? payment.sentOre ?? payment.grossOre;
    return (
      <>
        {date(payment.disposalDate)}: {amount === null ? t('hiddenAmount') : kroner(amount)}{' '}
        <Link href={to({ open: { kind: 'grant', id: grant.id } })}>{title(grant)}</Link>
      </>
    );
  };
  return (
    <>
      <Fact name={t('nowPaid')}>
        {t(isLeast ? 'nowAtLeast' : isWhole(benefits) ? 'nowAmount' : 'nowAmountOfShown', {
          amount: kroner(paidThisMonthOre),
        })}
      </Fact>
      {next ? <Fact name={t('nowNext')}>{paymentOf(next)}</Fact> : null}
      {!next && last ? <Fact name={t('nowLast')}>{paymentOf(last)}</Fact> : null}
      {latestOverdue ? (
        <Fact name={`⚠ ${t('nowOverdue', { count: overdue.length })}`}>{paymentOf(latestOverdue)}</Fact>
      ) : null}
    </>
  );
}

function NewestEvents({ id, person: { documents, alerts } }: NowStripProps) {
  const { t, date, word } = useWords();
  const { to } = usePlace(id);
  const nameOf = (alert: { title: string | null; eventType: string | null }) =>
    alert.title ?? word('event', alert.eventType);
  const found = newest(documents.rows, alerts.rows, nameOf, MOST_EVENTS);
  if (found.length === 0) return null;
  return (
    <Fact name={t('nowNewest')}>
      {found.map(({ key, on, text, kind, id: record }) => (
        <span key={key} className="now-item">
          {date(on)} <Link href={to({ open: { kind, id: record } })}>{text}</Link>
        </span>
      ))}
    </Fact>
  );
}

import { danishDay } from '../../../subgraphs/shared/days/danish-day.js';
import type { AlertRow, CaseRow, DocumentRow, Grant, GrantPayment } from './person-rows.js';

/** A payment with the grant it is of. */
export interface PaymentOf {
  readonly grant: Grant;
  readonly payment: GrantPayment;
}

/** What has happened last: a document or an alert, by its day. */
export interface NewestEvent {
  readonly key: string;
  readonly on: string;
  readonly text: string;
  readonly kind: 'document' | 'alert';
  readonly id: string;
}

/** @returns cases that have not been closed. */
export const running = (cases: readonly CaseRow[]): readonly CaseRow[] =>
  cases.filter(({ state, closedOn }) => state !== 'CLOSED' && closedOn === null);

/** @returns a payment with its day; undefined for one without */
function datedOf(
  payment: GrantPayment,
): { readonly payment: GrantPayment; readonly day: string } | undefined {
  const { disposalDate: day } = payment;
  return day === null ? undefined : { payment, day };
}

/** @returns the payment that was at the citizen's disposal last, or will be; undefined for none with a day. */
export function latestPayment(payments: readonly GrantPayment[]): GrantPayment | undefined {
  const dated = payments.flatMap((payment) => datedOf(payment) ?? []);
  return dated.sort((a, b) => (a.day < b.day ? 1 : -1))[0]?.payment;
}

const isPaid = ({ paidOre }: GrantPayment) => paidOre !== null;
/** An amount that is hidden and one that is not there look alike; of neither is said that it was not paid. */
const isKnown = ({ grossOre, sentOre }: GrantPayment) => grossOre !== null || sentOre !== null;

/** What is paid to a person, as far as the grants that are shown tell. */
export interface Money {
  /** The first payment that is still to come; undefined when no source tells of one. */
  readonly next: PaymentOf | undefined;
  /** The last payment that was made. */
  readonly last: PaymentOf | undefined;
  /** Paid in the month of `today`, in øre. */
  readonly paidThisMonthOre: number;
  /** Whether an amount of this month is hidden, so that the sum is the least it can be. */
  readonly isLeast: boolean;
  /** Payments whose day has passed and of which nothing has been paid. */
  readonly overdue: readonly PaymentOf[];
}

/**
 * @param today an ISO day
 * @returns what is paid, when and when next
 */
export function moneyOf(grants: readonly Grant[], today: string): Money {
  const all = grants
    .flatMap((grant) =>
      (grant.payments ?? [])
        .flatMap((payment) => datedOf(payment) ?? [])
        .map((dated) => ({ ...dated, grant })),
    )
    .sort((a, b) => (a.day < b.day ? -1 : 1));
  const ofMonth = all.filter(({ day }) => day.slice(0, 7) === today.slice(0, 7) && day <= today);
  const past = all.filter(({ day }) => day <= today);
  return {
    next: all.find(({ payment, day }) => day > today && !isPaid(payment)),
    last: past.findLast(({ payment }) => isPaid(payment)),
    paidThisMonthOre: ofMonth.reduce((sum, { payment }) => sum + (payment.paidOre ?? 0), 0),
    isLeast: ofMonth.some(({ payment }) => !isPaid(payment) && !isKnown(payment)),
    overdue: past.filter(({ payment }) => !isPaid(payment) && isKnown(payment)),
  };
}

/**
 * @param nameOf what an alert is called
 * @returns the newest documents and alerts together, newest first
 */
export function newest(
  documents: readonly DocumentRow[],
  alerts: readonly AlertRow[],
  nameOf: (alert: AlertRow) => string,
  most: number,
): readonly NewestEvent[] {
  const fromDocuments = documents.flatMap(({ id, title, letterDate }): NewestEvent[] =>
    letterDate === null || title === null
      ? []
      : [{ key: `document ${id}`, on: letterDate, text: title, kind: 'document', id }],
  );
  const fromAlerts = alerts.flatMap((alert): NewestEvent[] =>
    alert.receivedAt === null
      ? []
      : [
          {
            key: `alert ${alert.id}`,
            on: danishDay(new Date(alert.receivedAt)),
            text: nameOf(alert),
            kind: 'alert',
            id: alert.id,
          },
        ],
  );
  return [...fromDocuments, ...fromAlerts].sort((a, b) => (a.on < b.on ? 1 : -1)).slice(0, most);
}

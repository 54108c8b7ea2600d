import { describe, expect, test } from '@jest/globals';
import { latestPayment, moneyOf, newest, running } from '../../../web/pages/citizen/now.js';
import type {
  AlertRow,
  CaseRow,
  DocumentRow,
  Grant,
  GrantPayment,
} from '../../../web/pages/citizen/person-rows.js';

const TODAY = '2026-11-15';

const payment = (disposalDate: string | null, more: Partial<GrantPayment> = {}): GrantPayment => ({
  id: `${disposalDate}`,
  periodFrom: null,
  periodTo: null,
  disposalDate,
  grossOre: 200,
  sentOre: 100,
  paidOre: 100,
  lines: null,
  ...more,
});
const grant = (...payments: GrantPayment[]): Grant => ({ id: 'g', payments }) as unknown as Grant;
const caseRow = (id: string, state: string, closedOn: string | null = null): CaseRow =>
  ({ id, state, closedOn }) as unknown as CaseRow;

test('a case runs until it is closed, by its state or by its day', () => {
  const cases = [
    caseRow('a', 'INFORMED'),
    caseRow('b', 'CLOSED'),
    caseRow('c', 'DECIDED', '2026-01-01'),
    caseRow('d', 'DECIDED'),
  ];
  expect(running(cases).map(({ id }) => id)).toEqual(['a', 'd']);
});

describe('money', () => {
  test('paid this month is what has been paid in the month, up to today', () => {
    const found = moneyOf(
      [
        grant(payment('2026-10-31'), payment('2026-11-01'), payment('2026-11-30', { paidOre: null })),
        grant(payment('2026-11-15')),
      ],
      TODAY,
    );
    expect(found).toMatchObject({ paidThisMonthOre: 200, isLeast: false });
    expect(found.next?.payment.disposalDate).toBe('2026-11-30');
    expect(found.last?.payment.disposalDate).toBe('2026-11-15');
    expect(found.overdue).toEqual([]);
  });

  test('a hidden amount makes the sum the least it can be, and is not called unpaid', () => {
    const hidden = payment('2026-11-02', { grossOre: null, sentOre: null, paidOre: null });
    const found = moneyOf([grant(hidden, payment('2026-11-03'))], TODAY);
    expect(found).toMatchObject({ paidThisMonthOre: 100, isLeast: true, overdue: [] });
  });

  test('what should have been paid and was not is counted', () => {
    const late = payment('2026-11-02', { paidOre: null });
    expect(moneyOf([grant(late)], TODAY).overdue.map(({ payment }) => payment)).toEqual([late]);
  });

  test('a payment without a day is neither next nor last', () => {
    const found = moneyOf([grant(payment(null))], TODAY);
    expect([found.next, found.last, found.paidThisMonthOre]).toEqual([undefined, undefined, 0]);
    expect(latestPayment([payment(null)])).toBeUndefined();
    expect(latestPayment([payment('2026-01-01'), payment('2026-02-01')])?.disposalDate).toBe('2026-02-01');
  });
});

test('documents and alerts stand together, newest first, an alert by its Danish day', () => {
  const documents = [
    { id: '1', title: 'Brev', letterDate: '2026-06-02' },
    { id: '2', title: null, letterDate: '2026-06-09' },
    { id: '3', title: 'Notat', letterDate: null },
  ] as unknown as DocumentRow[];
  const alerts = [{ id: '4', receivedAt: '2026-06-02T22:30:00Z', title: 'Ny sag' }] as unknown as AlertRow[];
  expect(newest(documents, alerts, ({ title }) => title!, 3).map(({ on, text }) => [on, text])).toEqual([
    ['2026-06-03', 'Ny sag'],
    ['2026-06-02', 'Brev'],
  ]);
});

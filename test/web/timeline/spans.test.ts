import { expect, test } from '@jest/globals';
import {
  lastDayOf,
  since,
  spansOf,
  yearsBetween,
  placeBetween,
} from '../../../web/pages/citizen/timeline/spans.js';

const page = (nodes: readonly object[], totalCount = nodes.length) => ({
  totalCount,
  edges: nodes.map((node) => ({ node })),
});
const citizen = (change: object = {}) =>
  ({
    id: 'c',
    address: {
      outcome: 'AVAILABLE',
      current: { line: 'Nygade 1', validFrom: '2020-05-01', validTo: null },
      history: [{ line: 'Gammelgade 2', validFrom: '2001-01-01', validTo: '2020-05-01' }],
    },
    cases: {
      outcome: 'AVAILABLE',
      cases: page([
        { id: 'open', title: 'Sygedagpenge', openedOn: '2026-02-01', closedOn: null },
        { id: 'undated', title: 'Uden dato', openedOn: null, closedOn: null },
      ]),
    },
    documents: {
      outcome: 'AVAILABLE',
      documents: page([{ id: 'd', title: 'Brev', letterDate: '2019-03-04' }]),
    },
    benefits: {
      outcome: 'AVAILABLE',
      grants: page([
        { id: 'g', startsOn: '2025-01-01', endsOn: '2025-12-31', benefits: [{ name: 'Kontanthjælp' }] },
      ]),
    },
    ...change,
  }) as any;

test('what happened stands with the latest first; what has no day is left out', () => {
  const { spans, incomplete } = spansOf(citizen());
  expect(spans.map(({ kind, label, to }) => [kind, label, to])).toEqual([
    ['cases', 'Sygedagpenge', null],
    ['benefits', 'Kontanthjælp', '2025-12-31'],
    ['address', 'Nygade 1', null],
    ['documents', 'Brev', '2019-03-04'],
    ['address', 'Gammelgade 2', '2020-05-01'],
  ]);
  expect(incomplete).toEqual([]);
});

test('what is kept as a period is read with its last day; what happened on a day keeps it', () => {
  const { spans } = spansOf(citizen());
  expect(spans.map((span) => [span.label, lastDayOf(span)])).toEqual([
    ['Sygedagpenge', null],
    ['Kontanthjælp', '2025-12-30'],
    ['Nygade 1', null],
    ['Brev', '2019-03-04'],
    ['Gammelgade 2', '2020-04-30'],
  ]);
  expect(since(spans, '2020-04-30').map(({ label }) => label)).toContain('Gammelgade 2');
  expect(since(spans, '2020-05-01').map(({ label }) => label)).not.toContain('Gammelgade 2');
});

test('a part that is missing, out of reach or longer than a page is named, never taken for nothing', () => {
  expect(spansOf(citizen({ documents: null })).incomplete).toEqual(['documents']);
  expect(spansOf(citizen({ benefits: { outcome: 'PARTLY', grants: page([]) } })).incomplete).toEqual([
    'benefits',
  ]);
  expect(spansOf(citizen({ cases: { outcome: 'AVAILABLE', cases: page([], 70) } })).incomplete).toEqual([
    'cases',
  ]);
});

test('a period shows what touches it, and years are thinned out', () => {
  const { spans } = spansOf(citizen());
  expect(since(spans, '2020-05-02').map(({ label }) => label)).toEqual([
    'Sygedagpenge',
    'Kontanthjælp',
    'Nygade 1',
  ]);
  expect(since(spans, null)).toHaveLength(5);
  expect(yearsBetween('2024-02-01', '2026-11-24')).toEqual([2025, 2026]);
  expect(yearsBetween('1950-01-01', '2026-11-24').length).toBeLessThanOrEqual(12);
});

test('a day lies where it lies between two others, and never outside', () => {
  expect(placeBetween('2020-01-01', '2020-01-01', '2021-01-01')).toBe(0);
  expect(placeBetween('2020-07-02', '2020-01-01', '2021-01-01')).toBeCloseTo(0.5, 2);
  expect(placeBetween('2022-01-01', '2020-01-01', '2021-01-01')).toBe(1);
  expect(placeBetween('2019-01-01', '2020-01-01', '2021-01-01')).toBe(0);
  expect(placeBetween('2020-01-01', '2020-01-01', '2020-01-01')).toBe(0);
});

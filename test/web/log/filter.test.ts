import { expect, test } from '@jest/globals';
import { filterOf } from '../../../web/pages/log/filter.js';

const fields = (values: Record<string, string>): FormData => {
  const data = new FormData();
  for (const [name, value] of Object.entries(values)) data.set(name, value);
  return data;
};

test.each([
  ['2026-11-27', '2026-11-27', '2026-11-26T23:00:00.000Z', '2026-11-27T23:00:00.000Z'],
  ['2026-07-01', '2026-07-31', '2026-06-30T22:00:00.000Z', '2026-07-31T22:00:00.000Z'],
  ['2026-03-29', '2026-03-29', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
  ['2026-10-25', '2026-10-25', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
  ['2024-02-29', '2024-02-29', '2024-02-28T23:00:00.000Z', '2024-02-29T23:00:00.000Z'],
])('from %s to %s is every moment of these days in Denmark', (from, to, begins, ends) => {
  expect(filterOf(fields({ from, to }))).toMatchObject({ from: begins, to: ends });
});

test('an empty field narrows nothing', () => {
  const filter = filterOf(fields({ user: ' ', from: '', to: '' }));
  expect(Object.values(filter).every((value) => value === null)).toBe(true);
  expect(filterOf(fields({ user: ' u ', decision: 'REFUSE', alarmed: 'on' }))).toMatchObject({
    user: 'u',
    decision: 'REFUSE',
    alarmed: true,
  });
});

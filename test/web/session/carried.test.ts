import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { carry, dropCarried, takeCarried, type Drafts } from '../../../web/session/carried.js';

/** A tab's storage as browsers have it. */
class TabStorage {
  readonly #kept = new Map<string, string>();
  getItem = (key: string) => this.#kept.get(key) ?? null;
  setItem = (key: string, value: string) => void this.#kept.set(key, value);
  removeItem = (key: string) => void this.#kept.delete(key);
  key = (i: number) => [...this.#kept.keys()][i] ?? null;
  get length(): number {
    return this.#kept.size;
  }
}

const NOW = Date.parse('2026-11-27T12:00:00Z');
const MINUTE = 60_000;
const DRAFTS: Drafts = [['note 1', { text: 'a' }]];

test.each<[string, string, number, Drafts]>([
  ['the same user, at once', 'anna', NOW, DRAFTS],
  ['the same user, within ten minutes', 'anna', NOW + 10 * MINUTE, DRAFTS],
  ['the same user, later', 'anna', NOW + 10 * MINUTE + 1, []],
  ['the same user, by a clock that was set back', 'anna', NOW - 1, []],
  ['another user', 'bent', NOW, []],
])('%s', (_says, user, at, found) => {
  const tab = new TabStorage();
  carry(tab, 'anna', DRAFTS, NOW);
  tab.setItem('of somebody else', 'stays');
  expect(takeCarried(tab, user, at)).toEqual(found);
  // Taken or not, nobody finds it afterwards.
  expect(takeCarried(tab, 'anna', NOW)).toEqual([]);
  expect([tab.length, tab.getItem('of somebody else')]).toEqual([1, 'stays']);
});

test('all that was laid down goes at once', () => {
  const tab = new TabStorage();
  for (const user of ['anna', 'bent', 'cilla']) carry(tab, user, DRAFTS, NOW);
  expect(tab.length).toBe(3);
  dropCarried(tab);
  expect(tab.length).toBe(0);
});

test('of more than fits those written last are kept, and nothing is laid down for nothing', () => {
  const tab = new TabStorage();
  const big = 'x'.repeat(300_000);
  carry(
    tab,
    'anna',
    [
      ['old', big],
      ['small', 'y'],
      ['new', big],
    ],
    NOW,
  );
  expect(takeCarried(tab, 'anna', NOW).map(([form]) => form)).toEqual(['small', 'new']);
  carry(tab, 'anna', [['too big', 'x'.repeat(600_000)]], NOW);
  carry(tab, 'anna', [], NOW);
  expect(tab.length).toBe(0);
});

test('whatever stands in the storage is taken for drafts only when it is some', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const tab = new TabStorage();
      tab.setItem('overblik-drafts anna', text);
      for (const draft of takeCarried(tab, 'anna', NOW)) expect(typeof draft[0]).toBe('string');
      expect(tab.length).toBe(0);
    }),
  );
});

import { expect, test } from '@jest/globals';
import type { SourceFragment } from '../../../web/generated/operations.js';
import { behindFor, isWhole, sumSources } from '../../../web/pages/citizen/sources.js';

const source = (code: string, state: SourceFragment['state']): SourceFragment => ({
  sourceSystem: { code, name: code },
  state,
  asOf: null,
});
const row = (code: string) => ({ sourceSystem: { code } });
const codes = (sources: readonly SourceFragment[]) => sources.map(({ sourceSystem: { code } }) => code);

test('an old source counts where something of it is shown, a missing one always', () => {
  const sources = [source('KSD', 'CURRENT'), source('EOJ', 'STALE'), source('KY', 'MISSING')];
  expect(codes(behindFor(sources, []))).toEqual(['KY']);
  expect(codes(behindFor(sources, [row('EOJ'), row('KSD')]))).toEqual(['EOJ', 'KY']);
});

test('a source of several sections is counted once, and is behind when it is in one of them', () => {
  const sum = sumSources([
    { section: { sources: [source('EOJ', 'STALE'), source('KSD', 'CURRENT')] }, rows: [row('EOJ')] },
    { section: { sources: [source('EOJ', 'CURRENT'), source('UDK', 'PURPOSE_REQUIRED')] } },
    { section: null },
  ]);
  expect(codes(sum.all)).toEqual(['EOJ', 'KSD']);
  expect(sum.behind).toEqual([source('EOJ', 'STALE')]);
  expect(sum.all[0]).toBe(sum.behind[0]);
});

test.each([
  ['all sources and the last page', ['CURRENT', 'STALE', 'NO_AGREEMENT'], undefined, true],
  ['a page is left', ['CURRENT'], () => undefined, false],
  ['a source is missing', ['CURRENT', 'MISSING'], undefined, false],
  ['a source waits for a purpose', ['PURPOSE_REQUIRED'], undefined, false],
] as const)('a list is whole or not: %s', (_, states, more, whole) => {
  const section = { sources: states.map((state) => source(state, state)) };
  expect(isWhole({ section, more })).toBe(whole);
});

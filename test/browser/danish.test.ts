import { expect, test } from '@jest/globals';
import { openPage } from '../kit/browser.js';
import { settled, signInTo } from '../kit/caseworker.js';
import { foreignIn, textsOf } from '../kit/foreign-words.js';
import { browser, pageSuite, stack } from '../kit/page-suite.js';
import { SHOWN_PAGES } from '../kit/shown-pages.js';

pageSuite();

test('an English word, a UUID, a URI and a code of the program are found; Danish is not', () => {
  expect(foreignIn('En værdi kan ikke bruges. (a UUID) because it is unknown')).toEqual([
    'because',
    'unknown',
  ]);
  expect(foreignIn('84778df7-0000-4000-8000-000000000000')).toHaveLength(1);
  expect(foreignIn('http://overblik.invalid/1')).not.toEqual([]);
  expect(foreignIn('NOT_WITHIN_RIGHTS')).not.toEqual([]);
  expect(foreignIn('case-read')).toContain('case-read');
  expect(foreignIn('Hvorfor ser jeg det? Sygedagpenge, 1.–31. okt. 2026')).toEqual([]);
});

test.each(SHOWN_PAGES.map((shown) => [shown.name, shown] as const))(
  '%s: the Danish page has no English word, no UUID, URI or code outside what is marked as code',
  async (name, { as, path, prepare }) => {
    await using recorded = await openPage(browser);
    const { page } = recorded;
    await signInTo(page, stack, path(stack), as);
    await settled(page);
    await prepare(page);
    await settled(page);
    const foreign = (await textsOf(page)).flatMap((text) => {
      const found = foreignIn(text);
      return found.length === 0 ? [] : [`${found.join(' ')} | ${text.slice(0, 80)}`];
    });
    expect({ name, foreign: [...new Set(foreign)] }).toEqual({ name, foreign: [] });
  },
  60_000,
);

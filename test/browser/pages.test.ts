import { expect, test } from '@jest/globals';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { axeFindings } from '../kit/axe.js';
import { openPage } from '../kit/browser.js';
import { pageSuite, SCREENS, browser, stack } from '../kit/page-suite.js';
import { SHOWN_PAGES } from '../kit/shown-pages.js';
import { settled, signInTo } from '../kit/caseworker.js';
import { foreignIn, textsOf } from '../kit/foreign-words.js';

/** `npm run docs:screens` keeps one small picture of each page for the README. */
const DOCS = process.env['OVERBLIK_WRITE_DOCS']
  ? join(import.meta.dirname, '..', '..', 'docs', 'screens')
  : undefined;
const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const;

pageSuite();

/** @returns what of a page, read in Danish, has an English word, a UUID, a URI or a code outside what is marked as code. */
async function foreignOn(page: Page): Promise<string[]> {
  await settled(page);
  const found = (await textsOf(page)).flatMap((text) => {
    const foreign = foreignIn(text);
    return foreign.length === 0 ? [] : [`${foreign.join(' ')} | ${text.slice(0, 80)}`];
  });
  return [...new Set(found)];
}

/** Keeps what a page looks like at both sizes, for whoever changes how pages look; nothing is held by it. */
async function takePictures(page: Page, name: string): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await page.screenshot({ path: join(SCREENS, `${name}-${size.width}.png`) });
  }
}

/** Looks at a page in both languages, light and dark, as wide as a screen and at 400 %. */
async function lookAt(page: Page, name: string): Promise<void> {
  for (const language of ['da', 'en']) {
    await settled(page);
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    expect({ name, language, findings: await axeFindings(page) }).toEqual({ name, language, findings: [] });
    await page.emulateMedia({ colorScheme: 'dark' });
    expect({ name, language, dark: await axeFindings(page) }).toEqual({ name, language, dark: [] });
    await page.emulateMedia({ colorScheme: 'light' });
    if (DOCS !== undefined && language === 'da')
      await page.screenshot({ path: join(DOCS, `${name}.jpg`), type: 'jpeg', quality: 55 });
    // 1280 pixels at 400 % are 320 (WCAG 1.4.10); tables scroll by themselves.
    await page.setViewportSize({ width: 320, height: 256 });
    const over = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect({ name, language, over }).toEqual({ name, language, over: 0 });
    if (DOCS !== undefined) await takePictures(page, `${name}-${language}`);
    await page.setViewportSize(SIZES[0]);
    await page.getByRole('button', { name: language === 'da' ? 'English' : 'Dansk' }).click();
  }
}

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
  '%s: axe finds nothing, in Danish and in English, light and dark; and the Danish has no foreign word',
  async (name, { as, path, prepare }) => {
    await using recorded = await openPage(browser);
    const { page } = recorded;
    await signInTo(page, stack, path(stack), as);
    await settled(page);
    await prepare(page);
    expect({ name, foreign: await foreignOn(page) }).toEqual({ name, foreign: [] });
    await lookAt(page, name);
  },
  60_000,
);

test('whoever is not signed in is shown what this is, and how to get in', async () => {
  await using recorded = await openPage(browser);
  const { page } = recorded;
  await page.goto(stack.url);
  await page.getByRole('link', { name: 'Log på' }).waitFor();
  await lookAt(page, 'signed-out');
}, 60_000);

test.each([
  ['no-such-page', '/nowhere', 'Siden findes ikke', 'There is no such page'],
  ['no-such-case', '/jump/x', 'Sagen kan ikke åbnes', 'The case cannot be opened'],
  ['no-such-ticket', '/open?ticket=x', 'Linket kan ikke bruges', 'The link cannot be used'],
])(
  '%s: a page in the language chosen, with a way to the start',
  async (name, path, da, en) => {
    await using recorded = await openPage(browser);
    const { page } = recorded;
    await page.goto(`${stack.url}${path}`);
    await page.getByRole('heading', { level: 1, name: da }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.screenshot({ path: join(SCREENS, `${name}.png`) });
    await page.getByRole('link', { name: 'Til Overbliks forside' }).click();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('button', { name: 'Dansk' }).waitFor();
    await page.goto(`${stack.url}${path}`);
    await page.getByRole('heading', { level: 1, name: en }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  },
  60_000,
);

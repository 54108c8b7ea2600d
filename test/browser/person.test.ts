import { expect, test } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { operationId } from '../../schema/operation-id.js';
import { readSchemaFile } from '../../schema/sdl.js';
import { axeFindings } from '../kit/axe.js';
import { openPage } from '../kit/browser.js';
import { settled, signInTo } from '../kit/caseworker.js';
import { browser, pageSuite, SCREENS, stack } from '../kit/page-suite.js';

pageSuite();

const everything = () => `/citizens/${stack.story('every-system').citizenId}`;
const HEIGHT = 800;
const OPERATIONS = join(import.meta.dirname, '..', '..', 'schema', 'operations');

/** @returns whether all of the first such element is in sight. */
const isAboveTheFold = (page: Page, what: string) =>
  page
    .locator(what)
    .first()
    .evaluate((found) => {
      const { top, bottom } = found.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    });

/** Notes, before the page has anything, what stands there when a person's name first does, and how much it moves afterwards. */
async function watchPainting(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const watch = window as unknown as { before?: string; shifted: number };
    watch.shifted = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        watch.shifted += (entry as PerformanceEntry & { readonly value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
    new MutationObserver(() => {
      if (document.querySelector('.identity h1')) return;
      const shown = document.querySelector('[data-section], .now')?.textContent;
      if (shown) watch.before = shown;
    }).observe(document, { childList: true, subtree: true });
  });
}

/** @returns how much of the page has moved since it began, as Chromium counts it. */
async function shiftOf(page: Page): Promise<number> {
  // What the last answer moved is counted once a frame with it has been painted.
  await page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );
  return page.evaluate(() => (window as unknown as { shifted: number }).shifted);
}

test('the first screen: who it is before all else, what runs and who has it, what is paid, and nothing that jumps', async () => {
  await using recorded = await openPage(browser);
  const { page } = recorded;
  await watchPainting(page);
  const story = stack.story('every-system');
  await signInTo(page, stack, everything(), 'vip-cleared');
  await settled(page);
  expect(await page.evaluate(() => (window as unknown as { before?: string }).before)).toBeUndefined();
  expect(await shiftOf(page)).toBeLessThan(0.1);
  expect(await page.title()).toBe(`${story.name} – Overblik`);

  const now = await page.locator('.now').textContent();
  expect(now).toMatch(/Åbne sager \(8\)/);
  expect(now).toMatch(/tlf\. 00 00 00/);
  expect(now).toMatch(/Seneste udbetaling|Næste udbetaling/);
  expect(now).toMatch(/Nyeste/);
  for (const what of ['.identity', '.now', '.source-line', '.tab-bar', '[data-section="cases"] tbody'])
    expect({ what, isInSight: await isAboveTheFold(page, what) }).toEqual({ what, isInSight: true });
  expect(await page.locator('[data-section="cases"] tbody tr').count()).toBe(8);

  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(2 * HEIGHT);
  for (const table of await page.locator('.scrolls').all())
    expect(
      await table.evaluate((scrolled) => scrolled.scrollWidth - scrolled.clientWidth),
    ).toBeLessThanOrEqual(0);
  for (const row of await page.locator('.citizen tbody tr').all())
    expect((await row.boundingBox())!.height).toBeLessThanOrEqual(32);

  await page.mouse.wheel(0, HEIGHT);
  await page.waitForFunction(() => scrollY > 0);
  expect(await isAboveTheFold(page, '.identity')).toBe(true);
  await page.screenshot({ path: join(SCREENS, 'person-scrolled.png') });
}, 60_000);

test('the first screen is one operation, one look-up and one entry of the log', async () => {
  await using recorded = await openPage(browser);
  const { page } = recorded;
  const sent: string[] = [];
  await signInTo(page, stack, '/', 'vip-cleared');
  await settled(page);
  page.on('request', (request) => {
    const asked = request.url().endsWith('/graphql') ? (request.postDataJSON() as unknown) : undefined;
    if (asked) sent.push((asked as { documentId: string }).documentId);
  });
  const named = new Map(
    readdirSync(OPERATIONS).map((file) => [operationId(readSchemaFile(`operations/${file}`)), file]),
  );
  const open = async () => {
    sent.length = 0;
    await page.goto(`${stack.url}${everything()}`);
    await settled(page);
    return sent
      .map((id) => named.get(id))
      .filter((name) => name?.startsWith('Citizen') || name === 'PersonOpened.graphql');
  };
  // On a machine so busy that the answer is late, the page asks for its parts too: an opening in time has to be seen.
  let names = await open();
  for (let tries = 1; names.length > 1 && tries < 10; tries++) names = await open();
  expect(names).toEqual(['PersonOpened.graphql']);
  const log = stack.gateway.store.database('audit').collection('entries');
  const about = { citizenId: stack.story('every-system').citizenId, operation: 'PersonOpened' };
  const [entry, ...others] = await log.find(about).sort({ at: -1 }).limit(1).toArray();
  expect(others).toEqual([]);
  const ofLookUp = await log.find({ lookupId: entry!['lookupId'], ...about }).toArray();
  expect(ofLookUp.map(({ event, parts }) => [event, parts.length > 5])).toEqual([['opened', true]]);

  // What is asked for later is more of the same look-up: the person is not opened again.
  const answered = page.waitForResponse((answer) => {
    const asked = answer.url().endsWith('/graphql')
      ? (answer.request().postDataJSON() as unknown)
      : undefined;
    return (
      named.get((asked as { documentId?: string } | undefined)?.documentId ?? '') ===
      'CitizenTimeline.graphql'
    );
  });
  await page.keyboard.press('5');
  await answered;
  const later = await log.find({ lookupId: entry!['lookupId'], operation: 'CitizenTimeline' }).toArray();
  expect(later.map(({ event, citizenId, parts }) => [event, citizenId, parts.length > 2])).toEqual([
    ['section-read', about.citizenId, true],
  ]);
}, 60_000);

test.each(['CitizenRemarks', 'CitizenCases', 'CitizenDocuments', 'CitizenBenefits'])(
  'the answer to %s that comes long after the others moves little of what is being read',
  async (operation) => {
    await using recorded = await openPage(browser);
    const { page } = recorded;
    const late = ['PersonOpened', operation].map((name) =>
      operationId(readSchemaFile(`operations/${name}.graphql`)),
    );
    let read: () => void = () => undefined;
    const isRead = new Promise<void>((resolve) => (read = resolve));
    await page.route('**/graphql', async (route) => {
      const { documentId } = route.request().postDataJSON() as { documentId: string };
      if (late.includes(documentId)) await isRead;
      await route.continue();
    });
    await watchPainting(page);
    await signInTo(page, stack, everything(), 'vip-cleared');
    await page.locator('.now').waitFor();
    await page.waitForFunction(
      () => document.querySelectorAll('.section-card[aria-busy="true"]').length === 1,
    );
    const before = await shiftOf(page);
    read();
    await settled(page);
    expect((await shiftOf(page)) - before).toBeLessThan(0.1);
  },
  60_000,
);

test('by keys: a part by its digit, rows by the arrows, the panel follows them, Esc goes back to the row', async () => {
  await using recorded = await openPage(browser);
  const { page, seen } = recorded;
  const story = stack.story('every-system');
  await signInTo(page, stack, everything(), 'vip-cleared');
  await settled(page);
  await page.keyboard.press('3');
  await page.locator('[data-section="documents"] h2:focus').waitFor();
  expect(new URL(page.url()).searchParams.get('tab')).toBe('documents');
  expect(await page.locator('[data-section="cases"]').count()).toBe(0);

  const rows = page.locator('a[data-row^="document"]');
  await rows.first().focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('region', { name: 'Dokument', exact: true });
  await panel.getByRole('heading', { name: (await rows.first().textContent())! }).waitFor();
  expect(await page.locator('.case-panel:focus').count()).toBe(1);
  await panel.getByText('Hvorfor ser jeg det?').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.screenshot({ path: join(SCREENS, 'person-document.png') });

  // From the panel, and from the list, the arrows go on to the next row.
  const second = (await rows.nth(1).getAttribute('data-row'))!.split(' ')[1]!;
  await page.keyboard.press('ArrowDown');
  await page.waitForURL((url) => url.searchParams.get('document') === second);
  await rows.nth(1).focus();
  await page.keyboard.press('k');
  await page.waitForURL((url) => url.searchParams.get('document') !== second);

  // The address is enough to find it again.
  const title = (await panel.getByRole('heading', { level: 2 }).textContent())!;
  await page.reload();
  await panel.getByRole('heading', { name: title }).waitFor();
  await page.locator('.case-panel:focus').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('a[data-row^="document"]:focus').waitFor();
  expect(new URL(page.url()).search).toBe('?tab=documents');
  for (const address of seen) expect(decodeURIComponent(address)).not.toContain(story.name.split(' ')[1]);
}, 60_000);

test('a benefit opens with its payments and the case behind it, which opens in its place', async () => {
  await using recorded = await openPage(browser);
  const { page } = recorded;
  await signInTo(page, stack, everything(), 'vip-cleared');
  await settled(page);
  await page.locator('a[data-row^="grant"]', { hasText: 'Sygedagpenge' }).click();
  const panel = page.getByRole('region', { name: 'Ydelse', exact: true });
  await panel.getByRole('heading', { name: /^Udbetalinger \(\d+\)/ }).waitFor();
  await panel.getByRole('link', { name: 'Sygedagpenge' }).click();
  const opened = page.getByRole('region', { name: 'Sag', exact: true });
  await opened.getByText('KSD-').waitFor();
  await opened.getByRole('button', { name: /^Luk sagen/ }).click();
  await page.locator('a[data-row^="case"]:focus').waitFor();
  expect(new URL(page.url()).search).toBe('');
}, 60_000);

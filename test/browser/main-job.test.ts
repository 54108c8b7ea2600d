import { expect, test } from '@jest/globals';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { must } from '../kit/administration.js';
import { axeFindings } from '../kit/axe.js';
import { openPage } from '../kit/browser.js';
import { pageSuite, SCREENS, browser, stack } from '../kit/page-suite.js';
import { clickThrough, settled, signInTo } from '../kit/caseworker.js';

pageSuite();

const card = (page: Page, id: string) => page.locator(`[data-section="${id}"]`);

test('by keyboard alone: search by a pasted number, one hit goes straight in, and nothing of it stands in an address', async () => {
  await using recorded = await openPage(browser);
  const { page, seen } = recorded;
  const story = stack.story('sickness-benefit');
  await clickThrough(page, stack, '/');
  await page.locator('#search:focus').waitFor();
  await page.keyboard.type(` ${story.cpr.slice(0, 6)} - ${story.cpr.slice(6)} `);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: story.name }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/citizens/${story.citizenId}`);
  await settled(page);
  expect(await card(page, 'cases').textContent()).toContain('KSD');
  for (const text of seen) expect(decodeURIComponent(text)).not.toContain(story.cpr);

  // The number is masked until it is asked for.
  const identity = page.locator('.identity');
  expect(await identity.textContent()).not.toContain(story.cpr.slice(6));
  await page.getByRole('button', { name: 'Vis hele nummeret' }).press('Enter');
  await identity.filter({ hasText: `${story.cpr.slice(0, 6)}-${story.cpr.slice(6)}` }).waitFor();

  // Sections are reached by a digit, the search by a slash.
  await page.locator('main').focus();
  await page.keyboard.press('2');
  expect(await page.locator('h2:focus').textContent()).toContain('Sager');
  await page.keyboard.press('/');
  await page.locator('#search:focus').waitFor();
}, 60_000);

test('several hits are listed with why, and arrow keys go through them', async () => {
  await using recorded = await openPage(browser);
  const { page } = recorded;
  await signInTo(page, stack, '/');
  await page.locator('#search').fill('Eventyrstræde 1');
  await page.keyboard.press('Enter');
  await page.getByText('Søger på adresse').waitFor();
  const links = page.locator('tbody a');
  await links.nth(1).waitFor();
  expect(await page.locator('tbody tr').first().textContent()).toContain('adresse');
  await links.first().focus();
  await page.keyboard.press('ArrowDown');
  expect(await links.nth(1).evaluate((link) => link === link.ownerDocument.activeElement)).toBe(true);
  await page.screenshot({ path: join(SCREENS, 'search-hits.png') });
  expect(await axeFindings(page)).toEqual([]);
  await page.locator('#search').fill('x'.repeat(5000));
  await page.keyboard.press('Enter');
  await page.getByRole('alert').filter({ hasText: 'højst 200 tegn' }).waitFor();
}, 60_000);

test('a part that does not answer costs its own card, says so, and comes back by "Prøv igen"', async () => {
  await using recorded = await openPage(browser);
  const { page } = recorded;
  await stack.stop('documents');
  try {
    await signInTo(page, stack, `/citizens/${stack.story('sickness-benefit').citizenId}`);
    await settled(page);
    expect(await card(page, 'documents').getAttribute('data-outcome')).toBe('FAILED');
    expect(await card(page, 'documents').textContent()).toContain('kan ikke hentes lige nu');
    expect(await card(page, 'documents').textContent()).not.toContain('Ingen');
    expect(await card(page, 'cases').textContent()).toContain('KSD');
    expect(await axeFindings(page)).toEqual([]);
    await page.screenshot({ path: join(SCREENS, 'part-down.png'), fullPage: true });
  } finally {
    await stack.start('documents');
  }
  await card(page, 'documents').getByRole('button', { name: 'Prøv igen' }).click();
  await card(page, 'documents').locator('tbody tr').first().waitFor();
}, 60_000);

test('the page reflows at 400 % and prints without what cannot be used on paper', async () => {
  await using recorded = await openPage(browser);
  const { page } = recorded;
  await signInTo(page, stack, `/citizens/${stack.story('every-system').citizenId}`, 'vip-cleared');
  await settled(page);
  // 1280 pixels at 400 % are 320 (WCAG 1.4.10); tables scroll by themselves.
  await page.setViewportSize({ width: 320, height: 256 });
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(await overflow()).toBe(0);
  await page.screenshot({ path: join(SCREENS, 'zoom-400.png'), fullPage: true });
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ media: 'print' });
  for (const menu of await page.getByRole('navigation').all()) expect(await menu.isVisible()).toBe(false);
  for (const control of await page.locator('button, form, select').all())
    expect(await control.isVisible()).toBe(false);
  expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(true);
  await page.screenshot({ path: join(SCREENS, 'print.png'), fullPage: true });
}, 60_000);

test('a case opens beside its list, in sight and with the focus; for whom one works, and who it is, stay in sight', async () => {
  await using recorded = await openPage(browser);
  const { page } = recorded;
  await signInTo(page, stack, `/citizens/${stack.story('every-system').citizenId}`, 'vip-cleared');
  await settled(page);
  const last = card(page, 'cases').locator('tbody a').last();
  await last.scrollIntoViewIfNeeded();
  const title = await last.textContent();
  await last.click();
  const panel = page.getByRole('region', { name: 'Sag', exact: true });
  await panel.getByRole('heading', { level: 2, name: title! }).waitFor();
  const isInSight = (what: string) =>
    page
      .locator(what)
      .first()
      .evaluate((element) => {
        const { top, bottom } = element.getBoundingClientRect();
        return top < innerHeight && bottom > 0;
      });
  expect(await isInSight('.case-panel h2')).toBe(true);
  expect(await isInSight('.who')).toBe(true);
  expect(await isInSight('.identity h1')).toBe(true);
  expect(await page.locator('.case-panel:focus').count()).toBe(1);
}, 60_000);

test('a source that is behind is named once, with when it was last heard, and marked on what it concerns', async () => {
  await using recorded = await openPage(browser);
  const { page } = recorded;
  await signInTo(page, stack, `/citizens/${stack.story('every-system').citizenId}`, 'vip-cleared');
  await settled(page);
  expect(await card(page, 'cases').getAttribute('data-outcome')).toBe('PARTLY');
  expect(await page.locator('.source-line summary').textContent()).toMatch(
    /\d+ af \d+ kilder er opdateret\. Elektronisk Omsorgsjournal: ikke opdateret siden \d/,
  );
  expect(await page.getByText(/ikke opdateret siden/).count()).toBe(2); // the line, and its details
  expect(await card(page, 'cases').locator('.behind-mark').textContent()).toContain(
    'Elektronisk Omsorgsjournal',
  );
  expect(await card(page, 'benefits').locator('.behind-mark').count()).toBe(0);
}, 60_000);

test('a protected address stands behind a click of its own, which the log tells of', async () => {
  await using recorded = await openPage(browser);
  const { page } = recorded;
  const story = stack.story('protected-address');
  await signInTo(page, stack, `/citizens/${story.citizenId}`);
  await settled(page);
  expect(await card(page, 'address').textContent()).toContain('Adressen er beskyttet.');
  const before = await card(page, 'address').textContent();
  await page.getByRole('button', { name: 'Vis den beskyttede adresse' }).click();
  await page.waitForFunction(
    (text) => document.querySelector('[data-section="address"]')?.textContent.length !== text,
    before!.length,
  );
  await card(page, 'address')
    .getByText(/, Korsbæk Kommune/)
    .waitFor();
  const REVEALED = `query Revealed($id: ID!) { auditLog(filter: { citizenId: $id, event: "protected-address-revealed" }) { edges { node { user } } } }`;
  const { data } = await must(stack, 'controller', REVEALED, { id: story.citizenId });
  expect(data.auditLog.edges).toEqual([{ node: { user: 'user-benefit-caseworker' } }]);
}, 60_000);

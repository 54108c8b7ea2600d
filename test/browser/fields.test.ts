import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { BENEFIT_ROLE } from '../kit/administration.js';
import { axeFindings } from '../kit/axe.js';
import { openPage } from '../kit/browser.js';
import { pageSuite, browser, stack } from '../kit/page-suite.js';
import { settled, signInTo } from '../kit/caseworker.js';

/** 5,000 units of text, every letter of two: what a field could be given by mistake. */
const MUCH = '😀'.repeat(2500);

pageSuite();

const press = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).click();
const item = `/access/item?${new URLSearchParams({ kind: 'MAPPING', key: BENEFIT_ROLE }).toString()}`;
const forms: [string, string, string, (page: Page) => Promise<void>, string][] = [
  ['a mapping', 'role-admin', item, press('Redigér'), 'Gem kladde'],
  ['a new mapping', 'role-admin', '/access/item?kind=MAPPING', () => Promise.resolve(), 'Gem kladde'],
  ['an agreement', 'role-admin', '/access/item?kind=AGREEMENT&key=KSD', press('Redigér'), 'Gem kladde'],
  ['the settings', 'role-admin', '/access/settings', press('Redigér'), 'Gem kladde'],
  ['a sign-in that is tried', 'role-admin', '/access/simulator', () => Promise.resolve(), 'Afprøv'],
  ['an alert group', 'alert-admin', '/alert-groups', press('Ny advisgruppe'), 'Gem advisgruppen'],
  [
    'a saved search',
    'benefit-caseworker',
    '/inbox',
    (page) => page.getByText('Gem denne søgning').click(),
    'Gem',
  ],
];

test.each(forms)(
  '%s: far too much in every field is refused with the field’s rule, and stands there still',
  async (_what, as, path, prepare, save) => {
    await using recorded = await openPage(browser);
    const { page } = recorded;
    await signInTo(page, stack, path, as);
    await settled(page);
    await prepare(page);
    const form = page.locator('form').filter({ has: page.getByRole('button', { name: save, exact: true }) });
    const fields = form.locator('input:not([type]), input[type="text"], textarea');
    await fields.first().waitFor({ state: 'attached' });
    for (const details of await form.locator('details').all())
      await details.evaluate((element) => element.setAttribute('open', ''));
    for (const field of await fields.filter({ visible: true }).all()) {
      // A longer text than the field takes is what a script or an old page would send.
      await field.evaluate((element) => element.removeAttribute('maxlength'));
      await field.fill(MUCH);
    }
    await form.getByRole('button', { name: save, exact: true }).click();
    const said = form.getByRole('alert').or(page.locator('main [role="alert"]')).first();
    await said.waitFor();
    expect(await said.textContent()).toMatch(/\(.+\)/);
    expect(await fields.first().inputValue()).toBe(MUCH);
    expect(await axeFindings(page)).toEqual([]);
  },
  60_000,
);

test('on a slow line every card arrives, and the page can be used meanwhile', async () => {
  await using recorded = await openPage(browser);
  const { page, context } = recorded;
  await signInTo(page, stack, '/');
  await settled(page);
  const line = await context.newCDPSession(page);
  await line.send('Network.enable');
  // 3G: 400 ms and 50 kB a second.
  await line.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 400,
    downloadThroughput: 50_000,
    uploadThroughput: 50_000,
  });
  await page.locator('#search').fill(stack.story('sickness-benefit').cpr);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: stack.story('sickness-benefit').name }).waitFor();
  await page.locator('main').focus();
  await page.keyboard.press('2');
  expect(await page.locator('h2:focus').textContent()).toContain('Sager');
  await settled(page);
  expect(await page.locator('[data-section][data-outcome="FAILED"]').count()).toBe(0);
}, 60_000);

import { expect, test } from '@jest/globals';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { makeAssertion } from '../../gateway/auth/assertion.js';
import { systemId } from '../../seed/source-systems.js';
import { developmentKeys } from '../../subgraphs/shared/settings/keys.js';
import { must, until } from '../kit/administration.js';
import { axeFindings } from '../kit/axe.js';
import { openPage } from '../kit/browser.js';
import { pageSuite, SCREENS, browser, stack } from '../kit/page-suite.js';
import { settled, signInTo } from '../kit/caseworker.js';
import { envelope } from '../kit/messages.js';

pageSuite();

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const row = (page: Page, text: string) => page.locator('tbody tr').filter({ hasText: text });

/** The register tells of an event at the path that source systems use. */
async function tell(slug: string, code: string): Promise<void> {
  const key = (await developmentKeys(stack.directory)).sourceSystems;
  const token = await makeAssertion(systemId('CPR'), key, 'overblik-feed', new Date());
  const response = await fetch(`${stack.url}/messages/v1`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(envelope('PERSON', `urn:oio:cpr-nr:${stack.story(slug).cpr}`, code)),
  });
  expect(await response.json()).toEqual({ result: 'taken', alerts: 1 });
}

test('an alert administrator makes a group; its alert arrives in a caseworker’s open inbox, is worked on, and leads to the person and back', async () => {
  await using administrator = await openPage(browser);
  const { page: admin } = administrator;
  await signInTo(admin, stack, '/alert-groups', 'alert-admin');
  await button(admin, 'Ny advisgruppe').click();
  await admin.getByLabel('Navn', { exact: true }).fill('Vielser');
  await admin.getByLabel('Hændelse i CPR').check();
  await admin.getByText('CPR-hændelser (0 valgt').click();
  await admin.getByLabel(/^028 /).check();
  await admin.getByLabel('Advisets KLE-emne').fill('32.24.04');
  // Nobody receives yet: the server says which field and why, and nothing that was written is lost.
  await button(admin, 'Gem advisgruppen').click();
  await admin.getByRole('alert').waitFor();
  expect(await admin.getByLabel('Navn', { exact: true }).inputValue()).toBe('Vielser');
  await admin.getByLabel('Ydelsescenter').check();
  await button(admin, 'Gem advisgruppen').click();
  await row(admin, 'Vielser').waitFor();

  await using recorded = await openPage(browser);
  const { page } = recorded;
  await signInTo(page, stack, '/inbox');
  await row(page, 'Ny sag').first().waitFor();
  await tell('sickness-benefit', '028');
  await row(page, 'Vielse').waitFor();
  await page.getByRole('status').filter({ hasText: 'Der er nye adviser.' }).waitFor();

  await page.getByLabel('Gruppe').selectOption({ label: 'Vielser (1)' });
  await until(async () => (await page.locator('tbody tr').count()) === 1);
  await page.screenshot({ path: join(SCREENS, 'inbox-narrowed.png'), fullPage: true });
  await page.getByLabel('Vælg Vielse').check();
  await button(page, 'Tildel').click();
  await page.getByLabel('Tildel til').fill('Mikkel Vestergaard');
  expect(await axeFindings(page)).toEqual([]);
  await page
    .locator('form')
    .filter({ hasText: 'Tildel til' })
    .getByRole('button', { name: 'Tildel' })
    .click();
  await page.locator('[data-said]').filter({ hasText: 'Opgaven er givet videre.' }).waitFor();
  await row(page, 'I gang (Mikkel Vestergaard)').waitFor();

  // The person, and back to the inbox.
  await row(page, 'Vielse').getByRole('link').click();
  await page.getByRole('heading', { level: 1, name: stack.story('sickness-benefit').name }).waitFor();
  await page.goBack();
  await row(page, 'Vielse').waitFor();
  expect(await page.getByLabel('Gruppe').inputValue()).not.toBe('');
  await page.locator('tbody button:focus').filter({ hasText: 'Vielse' }).waitFor();
  await page.getByRole('complementary', { name: 'Vielse' }).waitFor();
}, 120_000);

test('a selection is completed; what a colleague has done meanwhile is shown for that alert alone', async () => {
  await using recorded = await openPage(browser);
  const { page } = recorded;
  // A list that hears of no changes: the one that is shown is old when the user acts.
  await page.route('**/events', (route) => route.abort());
  await signInTo(page, stack, '/inbox');
  await page.locator('tbody tr').nth(1).waitFor();
  const LIST = `query List($states: [AlertState!]) {
    alertInbox(filter: { states: $states }) { alerts(first: 50) { edges { node { id title } } } } }`;
  const listed = async (states: string[] | null) => {
    const { data } = await must(stack, 'benefit-caseworker', LIST, { states });
    return data.alertInbox.alerts.edges.map(({ node }: any) => node);
  };
  const [first, second] = await listed(null);
  await page.locator('tbody input').nth(0).check();
  await page.locator('tbody input').nth(1).check();
  const DONE = 'mutation Done($ids: [ID!]!) { completeAlerts(ids: $ids) { done } }';
  await must(stack, 'benefit-caseworker', DONE, { ids: [second.id] });
  await button(page, 'Markér som færdig').click();
  // Several at once: how many is said before it is done.
  await button(page, 'Ja, markér 2 adviser som færdige').click();
  await page.getByRole('status').filter({ hasText: 'Adviset er markeret som færdigt.' }).waitFor();
  await page.locator('tbody tr').first().getByText('Færdig').waitFor();
  const left = page.getByRole('status').filter({ hasText: 'er allerede ændret' }).getByRole('listitem');
  expect(await left.allTextContents()).toEqual([`${second.title}: er allerede ændret`]);
  // What was not done stays selected, and nothing else does.
  expect(await page.locator('tbody input').nth(0).isChecked()).toBe(false);
  expect(await page.locator('tbody input').nth(1).isChecked()).toBe(true);
  const done = (await listed(['COMPLETED'])).map(({ id }: any) => id);
  expect(done).toEqual(expect.arrayContaining([first.id, second.id]));
}, 60_000);

test('a search is saved, used and forgotten; a reminder is made and done with', async () => {
  await using recorded = await openPage(browser);
  const { page } = recorded;
  await signInTo(page, stack, '/inbox');
  await page.locator('tbody tr').first().waitFor();
  await page.getByLabel('Hændelse').selectOption('CASE_ARISEN');
  await page.getByLabel('Emne').fill('32.24.*');
  await button(page, 'Filtrér').click();
  await until(async () => (await page.locator('tbody td[title^="32.03"]').count()) === 0);
  await page.getByText('Gem denne søgning').click();
  await page.locator('#search-name').fill('Kontanthjælp');
  await button(page, 'Gem').click();
  await button(page, 'Kontanthjælp').waitFor();
  await page.reload();
  await page.locator('tbody tr').first().waitFor();
  expect(await page.getByLabel('Emne').inputValue()).toBe('');
  await button(page, 'Kontanthjælp').click();
  expect(await page.getByLabel('Emne').inputValue()).toBe('32.24.*');
  await until(async () => (await page.locator('tbody td[title^="32.03"]').count()) === 0);

  await page.locator('tbody input').first().check();
  await button(page, 'Påmind mig').click();
  await page.locator('#reminder-title').fill('Ring til borgeren');
  await page.locator('#reminder-due').fill(new Date(Date.now() + 86_400_000).toISOString().slice(0, 10));
  expect(await axeFindings(page)).toEqual([]);
  await button(page, 'Opret påmindelse').click();
  const reminders = page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: /^Påmindelser/ }) });
  await reminders.getByText('Ring til borgeren', { exact: true }).waitFor();
  await page.screenshot({ path: join(SCREENS, 'reminder.png'), fullPage: true });
  await button(page, 'Færdig: Ring til borgeren').click();
  await reminders.waitFor({ state: 'detached' });
  await button(page, 'Slet Kontanthjælp').click();
  await button(page, 'Kontanthjælp').waitFor({ state: 'detached' });
}, 60_000);

test('what is not a KLE number is refused with the field’s rule, and the inbox stays', async () => {
  await using recorded = await openPage(browser);
  const { page } = recorded;
  await signInTo(page, stack, '/inbox');
  await settled(page);
  await page.getByLabel('Emne').fill('😀');
  await button(page, 'Filtrér').click();
  await page.getByRole('alert').filter({ hasText: 'KLE' }).waitFor();
  await page.getByLabel('Emne').fill('');
  await button(page, 'Filtrér').click();
  await page.locator('tbody tr').first().waitFor();
}, 60_000);

test('keys walk the alerts with the panel beside the list; what was taken is given back with one key, and the case is a link', async () => {
  await using recorded = await openPage(browser);
  const { page } = recorded;
  await signInTo(page, stack, '/inbox');
  await page.locator('tbody tr').nth(2).waitFor();
  const panel = page.getByRole('complementary');
  await page.keyboard.press('j');
  await panel.waitFor();
  const current = page.locator('tbody tr[aria-current="true"]');
  expect(await page.locator('tbody tr').first().getAttribute('aria-current')).toBe('true');
  await panel.getByText('Sag:').waitFor();
  const title = await panel.getByRole('heading').textContent();
  await page.screenshot({ path: join(SCREENS, 'inbox-panel.png') });
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press('j');
  await until(async () => (await page.locator('tbody tr').nth(1).getAttribute('aria-current')) === 'true');
  await page.keyboard.press('k');
  expect(await current.getByRole('button').textContent()).toBe(title);
  expect(await current.getByRole('button').evaluate((at) => at === document.activeElement)).toBe(true);

  await button(page, 'Tag opgaven').click();
  await page.getByText('Du har taget opgaven.').waitFor();
  await page.locator('tbody tr').first().getByText('I gang (mig)').waitFor();
  // The next one is at hand.
  await until(async () => (await page.locator('tbody tr').nth(1).getAttribute('aria-current')) === 'true');
  await button(page, 'Fortryd').click();
  await page.getByText('Opgaven er lagt tilbage.').waitFor();
  await page.locator('tbody tr').first().getByText('Ny', { exact: true }).waitFor();

  await page.locator('tbody tr').first().getByRole('button').click();
  const link = panel.getByText('Sag:').getByRole('link');
  expect(await link.getAttribute('href')).toMatch(/^\/citizens\/[\da-f-]{36}\?case=[\da-f-]{36}$/);
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
}, 60_000);

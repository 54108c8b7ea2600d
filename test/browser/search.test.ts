import { expect, test } from '@jest/globals';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { deliverInOrder } from '../../intake/in-step/deliver.js';
import { ingestPorts } from '../../programs/wiring/subgraphs.js';
import { must } from '../kit/administration.js';
import { axeFindings } from '../kit/axe.js';
import { openPage } from '../kit/browser.js';
import { signInTo, settled } from '../kit/caseworker.js';
import { livesAt, personRecord } from '../kit/citizens-subgraph.js';
import { pageSuite, SCREENS, browser, stack } from '../kit/page-suite.js';

import { feedRecordShape } from '../../subgraphs/shared/records/records.js';

const PERSONS = [
  personRecord(1, { name: 'Guðrun Þórdal Søgeprøve', addresses: [livesAt('Q.P. Vej 2, 9996 Korsbæk')] }),
  personRecord(2, { name: "Sinéad O'Brien Søgeprøve", addresses: [livesAt('Q.P. Vej 27, 9996 Korsbæk')] }),
  personRecord(3, {
    name: 'Anne-Marie Søgeprøve',
    addresses: [
      livesAt('Algade 18A, 2. th, 9996 Korsbæk'),
      livesAt('Q.P. Vej 2, 9996 Korsbæk', '2001-01-01', '2020-01-01'),
    ],
  }),
].map((record) => feedRecordShape.parse(record));

pageSuite(async () => {
  await deliverInOrder(ingestPorts(stack.gateway.store), PERSONS);
});

async function search(page: Page, text: string): Promise<void> {
  await page.locator('#search').fill(text);
  await page.locator('#search').press('Enter');
}
const rows = (page: Page) => page.locator('tbody tr');

/** What the log has of searches, the newest first. */
async function searches(): Promise<{ name: string; value: string }[][]> {
  const query =
    '{ auditLog(filter: { event: "searched" }, first: 50) { edges { node { criteria { name value } } } } }';
  const { data } = await must(stack, 'controller', query, {});
  return data.auditLog.edges.map(({ node }: any) => node.criteria);
}

test('a street alone lists who lives there, the former address is shown, and Back asks anew', async () => {
  await using recorded = await openPage(browser);
  const { page, seen } = recorded;
  await signInTo(page, stack, '/');
  await search(page, 'qp vej');
  await page.getByText('Søger på navn eller vej').waitFor();
  await rows(page).nth(2).waitFor();
  expect(await rows(page).allTextContents()).toEqual([
    expect.stringMatching(/Anne-Marie.*\(tidligere: Q\.P\. Vej 2, 9996 Korsbæk\).*tidligere adresse/),
    expect.stringMatching(/Guðrun.*adresse/),
    expect.stringMatching(/Sinéad.*adresse/),
  ]);
  await page.screenshot({ path: join(SCREENS, 'search-street.png') });
  expect(await axeFindings(page)).toEqual([]);

  await search(page, 'Q. P. Vej 2');
  await page.getByText('Søger på adresse').waitFor();
  await rows(page).filter({ hasText: 'Sinéad' }).waitFor();
  expect(await rows(page).first().textContent()).toContain('Guðrun');
  const before = (await searches()).length;
  await page.getByRole('link', { name: /Sinéad/ }).click();
  await page.getByRole('heading', { level: 1, name: /Sinéad/ }).waitFor();
  await settled(page);
  await page.goBack();
  await rows(page).filter({ hasText: 'Sinéad' }).waitFor();
  expect(await rows(page).count()).toBe(3);
  expect(await page.locator('#search').inputValue()).toBe('Q. P. Vej 2');
  const after = await searches();
  expect(after.length).toBe(before + 1);
  expect(after[0]).toEqual([{ name: 'address', value: 'Q. P. Vej 2' }]);
  for (const address of seen) expect(decodeURIComponent(address)).not.toMatch(/Vej|Sinéad/);
}, 60_000);

test('from person to person of the hits, by keys; Back brings the hits, and the focus on the one that was opened last', async () => {
  await using recorded = await openPage(browser);
  const { page, seen } = recorded;
  await signInTo(page, stack, '/');
  await search(page, 'qp vej');
  await rows(page).nth(2).waitFor();
  // From the field the arrows go on into the hits.
  await page.locator('#search').press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: /Anne-Marie/ }).waitFor();
  await settled(page);
  expect(await page.locator('.hit-walk').textContent()).toContain('Hit 1 af 3');
  await page.keyboard.press(']');
  await page.getByRole('heading', { level: 1, name: /Guðrun/ }).waitFor();
  await page.keyboard.press(']');
  await page.getByRole('heading', { level: 1, name: /Sinéad/ }).waitFor();
  await page.keyboard.press('[');
  await page.getByRole('heading', { level: 1, name: /Guðrun/ }).waitFor();
  // The search is at hand without leaving the person.
  await page.keyboard.press('/');
  await page.locator('#search:focus').waitFor();
  expect(new URL(page.url()).pathname).toContain('/citizens/');
  await page.goBack();
  await page.locator('tbody a:focus').filter({ hasText: 'Guðrun' }).waitFor();
  for (const address of seen) expect(decodeURIComponent(address)).not.toMatch(/Vej|Guðrun/);
}, 60_000);

test('Back to a search that found one shows the one, and does not go on to it again', async () => {
  await using recorded = await openPage(browser);
  const { page } = recorded;
  await signInTo(page, stack, '/');
  await search(page, 'algade 18 a, 2th');
  await page.getByRole('heading', { level: 1, name: /Anne-Marie/ }).waitFor();
  await settled(page);
  await page.goBack();
  await rows(page).filter({ hasText: 'Anne-Marie' }).waitFor();
  await page.getByText('1 fundet').waitFor();
  expect(new URL(page.url()).pathname).toBe('/');
  await page.goForward();
  await page.getByRole('heading', { level: 1, name: /Anne-Marie/ }).waitFor();
  // A page that is loaded anew remembers nothing of a person.
  await page.goBack();
  await rows(page).filter({ hasText: 'Anne-Marie' }).waitFor();
  await page.reload();
  await page.locator('#search:focus').waitFor();
  expect(await page.locator('#search').inputValue()).toBe('');
  expect(await rows(page).count()).toBe(0);
}, 60_000);

test('a name and a number are found however they are written', async () => {
  await using recorded = await openPage(browser);
  const { page } = recorded;
  await signInTo(page, stack, '/');
  for (const [text, name] of [
    ['obrien', 'Sinéad'],
    ['o brien søgeprøve', 'Sinéad'],
    ['annemarie', 'Anne-Marie'],
    ['gudrun thordal', 'Guðrun'],
    ['CPR-nr. 050590–7002', 'Sinéad'],
    ['05.05.90\u200b7003', 'Anne-Marie'],
    ['Anne-Marie 050590', 'Anne-Marie'],
  ] as const) {
    await search(page, text);
    await page.getByRole('heading', { level: 1, name: new RegExp(name) }).waitFor();
    await page.goBack();
    await page.locator('#search').waitFor();
  }
}, 60_000);

test('a number is logged as what it is, and half a number is a birth date', async () => {
  await using recorded = await openPage(browser);
  const { page } = recorded;
  await signInTo(page, stack, '/');
  await search(page, 'Vedr. Sinéad 050590 7002, Q.P. Vej');
  await page.getByRole('heading', { level: 1, name: /Sinéad/ }).waitFor();
  expect((await searches())[0]).toEqual([{ name: 'cprNumber', value: '0505907002' }]);
  await page.goBack();
  for (const text of ['050590', '05.05.90', '5. maj 1990', '5/5-90']) {
    await search(page, text);
    await page.getByText('Søger på fødselsdato').waitFor();
    await rows(page).filter({ hasText: 'Guðrun' }).waitFor();
    expect((await searches())[0]).toEqual([{ name: 'birthDate', value: '1990-05-05' }]);
  }
  const before = (await searches()).length;
  await search(page, '300290-7002');
  await page.getByRole('alert').filter({ hasText: 'ikke et CPR-nummer' }).waitFor();
  await page.screenshot({ path: join(SCREENS, 'search-no-such-number.png') });
  expect(await axeFindings(page)).toEqual([]);
  expect((await searches()).length).toBe(before);
  expect(await rows(page).count()).toBe(0);
}, 60_000);

test('the whole country is offered to whoever may search it, and the page says what was searched', async () => {
  const stranger = stack.story('stranger').name;
  await using recorded = await openPage(browser);
  const { page } = recorded;
  await signInTo(page, stack, '/');
  await page.getByRole('heading', { name: 'Favoritter' }).waitFor();
  expect(await page.getByLabel('Søg i hele landet').count()).toBe(0);
  await search(page, stranger);
  await page.getByText('Ingen fundet blandt de borgere, du har adgang til.').waitFor();
  await page.screenshot({ path: join(SCREENS, 'search-none.png') });

  await using national = await openPage(browser);
  await signInTo(national.page, stack, '/', 'vip-cleared');
  await national.page.getByLabel('Søg i hele landet').check();
  await search(national.page, 'Ingenhederså Ingenlunde');
  await national.page.getByText('Ingen fundet i hele landet.').waitFor();
  await national.page.screenshot({ path: join(SCREENS, 'search-nationwide.png') });
  await search(national.page, stranger);
  await national.page.getByRole('heading', { level: 1, name: stranger }).waitFor();
}, 60_000);

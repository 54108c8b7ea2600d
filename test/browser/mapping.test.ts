import { expect, test } from '@jest/globals';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { BENEFIT_ROLE, until } from '../kit/administration.js';
import { axeFindings } from '../kit/axe.js';
import { openPage } from '../kit/browser.js';
import { pageSuite, SCREENS, browser, stack } from '../kit/page-suite.js';
import { settled, signInTo } from '../kit/caseworker.js';

const MAPPING = `/access/item?${new URLSearchParams({ kind: 'MAPPING', key: BENEFIT_ROLE }).toString()}`;

pageSuite();

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const look = async (page: Page, name: string): Promise<void> => {
  await page.screenshot({ path: join(SCREENS, `${name}.png`), fullPage: true });
  expect({ name, findings: await axeFindings(page) }).toEqual({ name, findings: [] });
};
const shownCases = async (): Promise<unknown> => {
  const { citizenId } = stack.story('every-system');
  const query = '{ citizen(id: "' + citizenId + '") { cases { cases { totalCount } } } }';
  return (await stack.ask('benefit-caseworker', query, {})).data?.citizen?.cases?.cases?.totalCount ?? 0;
};

test('a mapping is changed, its effect seen, approved by another, felt by the caseworker, and undone', async () => {
  const before = await shownCases();
  await using administrator = await openPage(browser);
  const { page } = administrator;
  await signInTo(page, stack, '/access', 'role-admin');
  await page.getByRole('table').waitFor();
  await look(page, 'mappings');
  await page.goto(`${stack.url}${MAPPING}`);
  await settled(page);
  await button(page, 'Redigér').click();

  // Case-read is narrowed by hand, and gets child welfare as well: chosen in the tree.
  await button(page, 'Afgræns Se sager').click();
  const grant = page.getByRole('group', { name: 'Se sager', exact: true });
  await grant.getByRole('textbox', { name: 'KLE' }).fill('32.30.04');
  await grant.getByText('Vælg i emneplanen').click();
  await button(page, 'Vælg 27.*').click();
  await look(page, 'mapping-editor');
  await page.getByLabel('Begrundelse').fill('Ydelsescentret følger børnesager i en periode.');
  await button(page, 'Gem kladde').click();
  await page.getByRole('heading', { name: 'Kladde' }).waitFor();
  // What changes and whom it touches stand there without being asked for; what follows the cases changes with them.
  await page.getByRole('heading', { name: 'Virkning' }).waitFor();
  const changed = page.getByRole('group', { name: 'Ændring', exact: true }).getByRole('rowheader');
  expect(await changed.allTextContents()).toEqual([
    'Se sager',
    'Se dokumenter',
    'Se notater',
    'Skrive notater',
    'Se ydelser',
    'Se andre myndigheders ydelser',
    'Se adviser',
    'Behandle adviser',
  ]);
  await look(page, 'mapping-draft');
  await button(page, 'Send til godkendelse').click();
  await page.getByRole('heading', { name: 'Foreslået' }).waitFor();
  // Whoever proposed it reads that somebody else decides.
  await page.getByText('En anden end den, der har foreslået ændringen').waitFor();
  expect(await button(page, 'Godkend …').count()).toBe(0);

  // The approver begins on what awaits approval, and sees what changes, whom it touches and why before being asked for sure.
  await using approver = await openPage(browser);
  await signInTo(approver.page, stack, '/', 'role-approver');
  await approver.page.getByRole('heading', { level: 1, name: 'Til godkendelse' }).waitFor();
  await approver.page.getByRole('link', { name: 'Til godkendelse 1' }).waitFor();
  await look(approver.page, 'waiting');
  await approver.page.getByRole('link', { name: 'Ydelsessagsbehandler' }).click();
  await approver.page.getByRole('heading', { name: 'Foreslået' }).waitFor();
  await approver.page.getByText('Ydelsescentret følger børnesager i en periode.').waitFor();
  await approver.page.getByRole('heading', { name: 'Virkning' }).waitFor();
  expect(await approver.page.getByRole('group', { name: 'Virkning' }).textContent()).toMatch(
    /32.*, fortrolige: \d+ færre/,
  );
  await look(approver.page, 'mapping-proposal');
  await button(approver.page, 'Godkend …').click();
  await approver.page.getByText('Ændringen træder i kraft straks').waitFor();
  await look(approver.page, 'mapping-sure');
  await button(approver.page, 'Godkend').click();
  await approver.page.getByRole('status').filter({ hasText: 'Gemt.' }).waitFor();
  await until(async () => (await shownCases()) !== before, 10);
  await look(approver.page, 'mapping-versions');

  await approver.page.getByText('Version 2: I kraft').click();
  await button(approver.page, 'Gendan version 1').click();
  await approver.page.getByLabel('Begrundelse').fill('Perioden er slut før tid.');
  await button(approver.page, 'Gendan version 1').click();
  await until(async () => (await shownCases()) === before, 10);
}, 120_000);

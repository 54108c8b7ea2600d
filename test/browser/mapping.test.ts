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
  const grant = page.getByRole('group', { name: 'Se sager' });
  await grant.getByRole('textbox', { name: 'KLE' }).fill('32.30.04');
  await grant.getByText('Vælg i emneplanen').click();
  await button(page, 'Vælg 27.*').click();
  await look(page, 'mapping-editor');
  await page.getByLabel('Begrundelse').fill('Ydelsescentret følger børnesager i en periode.');
  await button(page, 'Gem kladde').click();
  await page.getByRole('heading', { name: 'Kladde' }).waitFor();
  expect(await button(page, 'Send til godkendelse').isDisabled()).toBe(true);
  await button(page, 'Vis virkningen').click();
  await page.getByRole('heading', { name: 'Virkning' }).waitFor();
  await look(page, 'mapping-draft');
  await button(page, 'Send til godkendelse').click();
  await page.getByRole('heading', { name: 'Foreslået' }).waitFor();
  // Whoever proposed it cannot approve it.
  await button(page, 'Godkend').click();
  await page.getByRole('alert').waitFor();

  await using approver = await openPage(browser);
  await signInTo(approver.page, stack, MAPPING, 'role-approver');
  await approver.page.getByRole('heading', { name: 'Foreslået' }).waitFor();
  await look(approver.page, 'mapping-proposal');
  await button(approver.page, 'Godkend').click();
  await approver.page.getByRole('status').filter({ hasText: 'Gemt.' }).waitFor();
  await until(async () => (await shownCases()) !== before, 10);
  await look(approver.page, 'mapping-versions');

  await button(approver.page, 'Gendan').click();
  await approver.page.getByLabel('Begrundelse').fill('Perioden er slut før tid.');
  await button(approver.page, 'Gendan').click();
  await until(async () => (await shownCases()) === before, 10);
}, 120_000);

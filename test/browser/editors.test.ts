import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { BENEFIT_ROLE } from '../kit/administration.js';
import { axeFindings } from '../kit/axe.js';
import { openPage } from '../kit/browser.js';
import { settled, signInTo } from '../kit/caseworker.js';
import { browser, pageSuite, stack } from '../kit/page-suite.js';

const MAPPING = `/access/item?${new URLSearchParams({ kind: 'MAPPING', key: BENEFIT_ROLE }).toString()}`;

pageSuite();

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const edit = async (page: Page, path: string): Promise<void> => {
  await signInTo(page, stack, path, 'role-admin');
  await settled(page);
  await button(page, 'Redigér').click();
};
/** @returns whether the browser asks before the page is left. */
const asksBeforeLeaving = (page: Page): Promise<boolean> =>
  page.evaluate(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })));

test('wrong fields are marked, and the first gets the focus', async () => {
  await using recorded = await openPage(browser);
  const { page } = recorded;
  await edit(page, '/access/settings');
  const minutes = page.locator('[data-field="liftMinutes"]');
  const why = page.getByLabel('Begrundelse');
  await minutes.fill('3');
  await why.pressSequentially('kort');
  await button(page, 'Gem kladde').click();
  expect(await page.locator('.form-error-message').allTextContents()).toEqual([
    'Skriv et helt tal fra 5 til 480.',
    'Skriv mindst 10 tegn.',
  ]);
  expect(await page.locator(':focus').getAttribute('data-field')).toBe('liftMinutes');
  expect(await minutes.getAttribute('aria-invalid')).toBe('true');
  expect(await axeFindings(page)).toEqual([]);
  // What is mended is wrong no more.
  await minutes.fill('30');
  expect(await page.locator('.form-error-message').allTextContents()).toEqual(['Skriv mindst 10 tegn.']);
}, 60_000);

test('what only the server finds wrong is marked at its field as well', async () => {
  await using recorded = await openPage(browser);
  const { page } = recorded;
  await edit(page, MAPPING);
  await button(page, 'Afgræns Se sager').click();
  const kle = page
    .getByRole('group', { name: 'Se sager', exact: true })
    .getByRole('textbox', { name: 'KLE' });
  await kle.fill('32.30.04 vejr');
  // A row that was folded again is unfolded for what is wrong in it.
  await button(page, 'Afgræns Se sager').click();
  await page.getByLabel('Begrundelse').fill('Ydelsescentret følger vejret.');
  await button(page, 'Gem kladde').click();
  await page.locator('form [role="alert"]').waitFor();
  await page.locator('[aria-invalid="true"]:focus').waitFor();
  expect(await kle.getAttribute('aria-invalid')).toBe('true');
  expect(await kle.inputValue()).toBe('32.30.04 vejr');
}, 60_000);

test('what is written and not saved is there again, the browser asks before it goes, and cancelling lets go of it', async () => {
  await using recorded = await openPage(browser);
  const { page } = recorded;
  await edit(page, '/access/settings');
  expect(await asksBeforeLeaving(page)).toBe(false);
  await page.getByLabel('Begrundelse').fill('Ikke færdig endnu.');
  expect(await asksBeforeLeaving(page)).toBe(true);
  await page.getByRole('link', { name: 'Overblik', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Jobfunktionsroller' }).waitFor();
  await page.goBack();
  await button(page, 'Redigér').click();
  expect(await page.getByLabel('Begrundelse').inputValue()).toBe('Ikke færdig endnu.');
  await button(page, 'Fortryd').click();
  expect(await asksBeforeLeaving(page)).toBe(false);
  await button(page, 'Redigér').click();
  expect(await page.getByLabel('Begrundelse').inputValue()).toBe('');
}, 60_000);

test('a role that is taken away and given again is as the cases; what is bounded by itself stays so', async () => {
  await using recorded = await openPage(browser);
  const { page } = recorded;
  await edit(page, MAPPING);
  await page.getByRole('checkbox', { name: 'Se notater' }).click();
  await page.getByRole('group', { name: 'Giv også' }).getByRole('checkbox', { name: 'Se notater' }).click();
  const notes = page.getByRole('combobox', { name: 'Følsomhed for Se notater' });
  expect(await notes.locator('option:checked').textContent()).toBe('som sager (fortrolige)');
  await notes.selectOption('Ikke fortrolige');
  await page.getByRole('combobox', { name: 'Følsomhed for Se sager' }).selectOption('Følsomme');
  expect(await notes.locator('option:checked').textContent()).toBe('Ikke fortrolige');
  const documents = page.getByRole('combobox', { name: 'Følsomhed for Se dokumenter' });
  expect(await documents.locator('option:checked').textContent()).toBe('som sager (følsomme)');
}, 60_000);

import { expect, test } from '@jest/globals';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { must, until } from '../kit/administration.js';
import { openPage } from '../kit/browser.js';
import { clickThrough, ksdCasePath, settled, signInTo } from '../kit/caseworker.js';
import { pageSuite, SCREENS, browser, stack } from '../kit/page-suite.js';

let address: string;
pageSuite(async () => {
  address = await ksdCasePath(stack);
});

const write = async (page: Page, text: string): Promise<void> => {
  await page.getByLabel('Overskrift').fill('Telefonsamtale');
  await page.getByLabel('Tekst').fill(text);
  await page.getByRole('button', { name: /^Send notat til/ }).click();
};
const said = (page: Page, text: string) => page.locator('[data-said]', { hasText: text }).waitFor();
const waiting = async (): Promise<string[]> => {
  const notes = stack.gateway.store.database('cases').collection('handedNotes');
  return (await notes.find({}).toArray()).map((note) => String(note['text']));
};

test('a note is written on the opened case, and the page says so', async () => {
  await using recorded = await openPage(browser);
  const { page } = recorded;
  await signInTo(page, stack, address);
  await write(page, 'Ringede tilbage.');
  await said(page, 'Notatet er gemt');
  expect(await waiting()).toContain('Ringede tilbage.');
  await page.screenshot({ path: join(SCREENS, 'note.png'), fullPage: true });
}, 60_000);

test('another person opened in another window makes this one ask before it saves', async () => {
  await using recorded = await openPage(browser);
  const { page, context } = recorded;
  await signInTo(page, stack, address);
  await page.getByLabel('Overskrift').waitFor();
  const other = await context.newPage();
  await other.goto(`${stack.url}/citizens/${stack.story('every-system').citizenId}`);
  await other.getByRole('heading', { level: 1, name: stack.story('every-system').name }).waitFor();
  await write(page, 'Måske forkert.');
  const question = page.getByRole('dialog');
  await question.waitFor();
  expect(await question.textContent()).toContain(stack.story('sickness-benefit').name);
  await page.screenshot({ path: join(SCREENS, 'other-window.png') });
  await question.getByRole('button', { name: 'Nej' }).click();
  await said(page, 'Notatet er ikke sendt.');
  expect(await waiting()).not.toContain('Måske forkert.');
  await page.getByRole('button', { name: /^Send notat til/ }).click();
  await question.getByRole('button', { name: 'Ja, gem' }).click();
  await said(page, 'Notatet er gemt');
  expect(await waiting()).toContain('Måske forkert.');
  // The same person in another window asks nothing.
  await other.goto(`${stack.url}${address}`);
  await other.getByLabel('Overskrift').waitFor();
  await write(page, 'Samme borger.');
  await said(page, 'Notatet er gemt');
}, 60_000);

test('a session that ends during the work: signed in again beside it, and not a word is lost', async () => {
  await using recorded = await openPage(browser);
  const { page, context } = recorded;
  await clickThrough(page, stack, address);
  await must(stack, 'role-admin', 'mutation End($subject: ID!) { endSessionsOf(subject: $subject) }', {
    subject: 'user-benefit-caseworker',
  });
  await until(async () => (await context.request.get(`${stack.url}/session`)).status() === 401, 5);
  await write(page, 'Skrevet før sessionen sluttede.');
  await said(page, 'Du er logget af');
  expect(await page.getByLabel('Tekst').inputValue()).toBe('Skrevet før sessionen sluttede.');
  await page.screenshot({ path: join(SCREENS, 'session-ended.png'), fullPage: true });
  const popup = context.waitForEvent('page');
  await page.getByRole('button', { name: 'Log på igen' }).click();
  const beside = await popup;
  // The identity provider still knows the user: the window goes through by itself and closes.
  await said(page, 'Du er logget på igen');
  await until(async () => beside.isClosed());
  await page.getByRole('button', { name: /^Send notat til/ }).click();
  await said(page, 'Notatet er gemt');
  expect(await waiting()).toContain('Skrevet før sessionen sluttede.');
}, 60_000);

test('a token that has run out is renewed without a word; without a connection the note stays', async () => {
  await using recorded = await openPage(browser);
  const { page, context } = recorded;
  await signInTo(page, stack, address);
  await context.clearCookies({ name: '__Host-overblik_session' });
  await write(page, 'Fornyet.');
  await said(page, 'Notatet er gemt');
  await context.setOffline(true);
  await write(page, 'Uden net.');
  await said(page, 'Der er ingen forbindelse');
  expect(await page.getByLabel('Tekst').inputValue()).toBe('Uden net.');
  await context.setOffline(false);
  await page.getByRole('button', { name: /^Send notat til/ }).click();
  await said(page, 'Notatet er gemt');
}, 60_000);

test('another user who signs in beside it gets nothing of what was written, and is not asked to keep it', async () => {
  await using recorded = await openPage(browser);
  const { page, context } = recorded;
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.dismiss();
  });
  await signInTo(page, stack, address);
  await page.getByLabel('Tekst').click();
  await page.keyboard.type('Kun for den ene.');
  await context.clearCookies();
  const beside = await context.newPage();
  const loaded = page.waitForEvent('load');
  await beside.goto(
    `${stack.url}/saml/login?${new URLSearchParams({ return: '/session/renewed' }).toString()}`,
  );
  await beside.getByRole('link', { name: 'Korsbæk Kommune' }).click();
  await beside.getByRole('button', { name: 'vip-cleared' }).click();
  await loaded;
  await page.getByText('Mikkel Vestergaard').waitFor();
  await settled(page);
  const kept = await page.evaluate(() => JSON.stringify([sessionStorage, localStorage]));
  expect(`${kept}${await page.content()}`).not.toContain('Kun for den ene.');
  expect(asked).toEqual([]);
}, 60_000);

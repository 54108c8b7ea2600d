import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { systemId } from '../../seed/source-systems.js';
import { DRAFT_JUMP, enforce, itemOf, must } from '../kit/administration.js';
import { openPage, startBrowser, stopBrowser } from '../kit/browser.js';
import { settled, signInTo } from '../kit/caseworker.js';
import { freePort, startAllInOne, startProcess, type Program, type Stack } from '../kit/stack.js';

const SCREENS = join(import.meta.dirname, '..', '..', 'screens');

let stack: Stack;
let ksd: Program;
let ksdUrl: string;
let browser: Browser;
const logged: string[] = [];
beforeAll(async () => {
  mkdirSync(SCREENS, { recursive: true });
  browser = await startBrowser();
  const port = await freePort();
  stack = await startAllInOne({
    settings: { JUMP_HOSTS: `localhost:${port}`, LOG_LEVEL: 'debug' },
    logTo: { write: (line) => void logged.push(line) },
  });
  ksd = startProcess('programs/ksd.js', {
    OVERBLIK_MODE: 'development',
    DATA_DIR: stack.directory,
    KSD_OVERBLIK_URL: stack.url,
    KSD_PORT: String(port),
  });
  ksdUrl = (await ksd.says(/http:\/\/localhost:\d+/)).trim();
  // The stand-in has a port of its own here: its address is changed as an administrator would.
  const system = systemId('KSD');
  const { revision } = await itemOf(stack, 'JUMP', system);
  const input = { system, revision, template: `${ksdUrl}/sag/{caseId}`, why: 'Prøvens egen KSD.' };
  await must(stack, 'role-admin', DRAFT_JUMP, { input });
  await enforce(stack, 'JUMP', system);
}, 120_000);
afterAll(async () => {
  await stopBrowser();
  await ksd.kill();
  await stack[Symbol.asyncDispose]();
}, 60_000);

const shot = (name: string) => ({ path: join(SCREENS, `${name}.png`) });

test.each(['billet', 'krypteret link'])(
  'from a case in KSD to that person and case here, through the sign-in, and back: by %s',
  async (way) => {
    await using recorded = await openPage(browser);
    const { page, context, seen } = recorded;
    const story = stack.story('sickness-benefit');
    await page.goto(ksdUrl);
    await page.getByLabel('Vej').selectOption(way);
    await page.screenshot(shot('ksd-list'));
    const row = page.getByRole('row', { name: story.name });
    const caseNumber = (await row.getByRole('link').first().textContent())!;
    await row.getByRole('button').click();

    await page.getByRole('heading', { name: 'Udviklingens identitetsudbyder' }).waitFor();
    expect(new URL(page.url()).hostname).toBe('localhost');
    await page.screenshot(shot('sign-in'));
    await page.getByRole('button', { name: 'benefit-caseworker' }).click();

    await page.getByRole('heading', { level: 1, name: story.name }).waitFor();
    expect(new URL(page.url()).origin).toBe(stack.url);
    await page.getByRole('status').filter({ hasText: 'Du kom fra KSD' }).waitFor();
    const opened = page.getByRole('region', { name: 'Sag', exact: true });
    await opened.getByText(caseNumber).waitFor();
    await page.screenshot(shot('landing'));

    // Signed in already: the second jump is one click.
    const here = page.url();
    await page.goto(ksdUrl);
    await page.getByLabel('Vej').selectOption(way);
    await page.getByRole('row', { name: story.name }).getByRole('button').click();
    await page.waitForURL(here);

    await page.getByRole('link', { name: 'Åbn sagen i Kommunernes Sygedagpengesystem' }).click();
    await page.getByRole('heading', { name: `Sag ${caseNumber}` }).waitFor();
    expect(new URL(page.url()).origin).toBe(ksdUrl);
    await page.screenshot(shot('ksd-case'));

    // No personal number anywhere a browser, a proxy or a log keeps things: addresses, referrers, redirects, cookies, logs.
    const cookies = JSON.stringify(await context.cookies());
    const history = [...seen, ...logged, ksd.output(), cookies].map((text) =>
      decodeURIComponent(text.replace(/%(?![0-9a-f]{2})/gi, '%25')),
    );
    expect(history.length).toBeGreaterThan(20);
    const { cpr } = story;
    for (const text of history) {
      expect(text).not.toContain(cpr);
      expect(text).not.toContain(`${cpr.slice(0, 6)}-${cpr.slice(6)}`);
    }

    await page.goto(here);
    await page.getByRole('button', { name: 'Log af' }).click();
    await page.getByRole('heading', { name: 'Du er logget af' }).waitFor();
    await page.goto(here);
    await page.getByRole('link', { name: 'Korsbæk Kommune' }).click();
    await page.getByRole('heading', { name: 'Udviklingens identitetsudbyder' }).waitFor();
  },
  60_000,
);

test('a case is offered to be opened in its own system where there is a way to it, and nowhere else', async () => {
  await using recorded = await openPage(browser);
  const { page } = recorded;
  await signInTo(page, stack, `/citizens/${stack.story('every-system').citizenId}`, 'vip-cleared');
  await settled(page);
  const cases = page.locator('[data-section="cases"] tbody tr');
  const panel = page.getByRole('region', { name: 'Sag', exact: true });
  const opened = new Map<string, boolean>();
  for (let i = 0; i < (await cases.count()); i++) {
    const row = (await cases.nth(i).textContent())!;
    await cases.nth(i).locator('a').first().click();
    await panel.getByRole('heading', { name: 'Forløb', exact: true }).waitFor();
    const offers = await panel.getByRole('link', { name: /^Åbn sagen i / }).count();
    opened.set(row, offers === 1);
    await panel.getByRole('button', { name: /^Luk sagen/ }).click();
    await panel.waitFor({ state: 'detached' });
  }
  const inKsd = [...opened.keys()].filter((row) => row.includes('KSD'));
  expect(inKsd.length).toBeGreaterThan(0);
  expect(opened.size).toBeGreaterThan(inKsd.length);
  for (const [row, isOffered] of opened) expect([row, isOffered]).toEqual([row, row.includes('KSD')]);
}, 60_000);

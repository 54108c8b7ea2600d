import { expect, test } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { KORSBAEK } from '../../seed/authorities.js';
import { openPage, startWholeBrowser } from '../kit/browser.js';
import { clickThrough } from '../kit/caseworker.js';
import { browser, pageSuite, stack } from '../kit/page-suite.js';
import { linkFor, ticketFor } from '../kit/tickets.js';

pageSuite(undefined, startWholeBrowser);

const SLUGS = ['sickness-benefit', 'nothing-known'] as const;
const person = (i: number) => stack.story(SLUGS[i]!);
const jump = (make: typeof ticketFor, i: number) =>
  make(stack, {
    party: `urn:oio:cpr-nr:${person(i).cpr}`,
    user: { cvr: KORSBAEK, subject: 'user-benefit-caseworker' },
  });
/** Each request of this tab takes so long to be answered, in milliseconds, as on a bad line. */
async function slow(page: Page, latency: number): Promise<void> {
  const line = await page.context().newCDPSession(page);
  const speed = { downloadThroughput: 60_000, uploadThroughput: 30_000 };
  await line.send('Network.emulateNetworkConditions', { offline: false, latency, ...speed });
}
const tabs = (context: BrowserContext) => Promise.all([0, 1].map(() => context.newPage()));
const choose = (page: Page) => page.getByRole('button', { name: /^benefit-caseworker/ }).click();
const shows = async (page: Page, i: number): Promise<void> => {
  await page.getByRole('heading', { level: 1, name: person(i).name }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/citizens/${person(i).citizenId}`);
};
const isGood = async (page: Page): Promise<void> => {
  await page.locator('h1').first().waitFor();
  expect(await page.getByText('Du kunne ikke logges på').count()).toBe(0);
};

test.each([
  ['the first tab first', [0, 1]],
  ['the second tab first', [1, 0]],
] as const)(
  'two tabs sign in beside each other and come to their own persons, %s',
  async (_says, order) => {
    await using recorded = await openPage(browser);
    const pages = await tabs(recorded.context);
    await slow(pages[0]!, 300);
    for (const [i, page] of pages.entries()) {
      await page.goto(`${stack.url}/citizens/${person(i).citizenId}`);
      await page.getByRole('link', { name: 'Korsbæk Kommune' }).click();
      await page.getByRole('button', { name: /^benefit-caseworker/ }).waitFor();
    }
    for (const i of order) await choose(pages[i]!);
    await Promise.all(pages.map((page, i) => shows(page, i)));
  },
  60_000,
);

test('Back after a sign-in, and choosing once more there, lead on instead of to an error page', async () => {
  await using recorded = await openPage(browser);
  const { page } = recorded;
  const path = `/citizens/${person(0).citizenId}`;
  await page.goto(stack.url);
  await clickThrough(page, stack, path);
  await shows(page, 0);
  // Where the browser's own Back leads may be any page of the way: the one that posts, the choice, or the start.
  for (let step = 0; step < 4; step++) {
    await page.goBack().catch(() => null);
    if (new URL(page.url()).hostname === 'localhost') {
      const go = page.getByRole('button', { name: /^benefit-caseworker|Fortsæt til Overblik/ }).first();
      await go.click();
      await shows(page, 0);
      return;
    }
    await isGood(page);
  }
  throw new Error('Back never came to the identity provider');
}, 60_000);

test('the page that posts the answer, loaded again from history, leads on', async () => {
  await using recorded = await openPage(browser);
  const { page, context } = recorded;
  let post = '';
  // The identity provider's page as it was: its form is sent a second time, from its own site.
  await context.route('**/login/**', async (route) => {
    const response = await route.fetch();
    const text = await response.text();
    if (text.includes('SAMLResponse')) post = text;
    await route.fulfill({ response, body: text });
  });
  await clickThrough(page, stack, `/citizens/${person(0).citizenId}`);
  await shows(page, 0);
  const provider = stack.gateway.identityProviderUrl!;
  const copy = await context.newPage();
  await copy.route(`${provider}/again`, (route) => route.fulfill({ contentType: 'text/html', body: post }));
  await copy.goto(`${provider}/again`);
  await shows(copy, 0);
  await page.reload();
  await shows(page, 0);
}, 60_000);

test.each([
  ['tickets', ticketFor],
  ['links', linkFor],
] as const)(
  'two %s opened at once each show their own person, with a sign-in between and without, on a slow line',
  async (_what, make) => {
    await using recorded = await openPage(browser);
    const pages = await tabs(recorded.context);
    const open = async () => {
      const urls = await Promise.all([0, 1].map((i) => jump(make, i)));
      await Promise.all(pages.map((page, i) => page.goto(urls[i]!)));
    };
    await slow(pages[0]!, 250);
    await open();
    await choose(pages[1]!);
    await choose(pages[0]!);
    await Promise.all(pages.map((page, i) => shows(page, i)));
    for (let time = 0; time < 3; time++) {
      await open();
      await Promise.all(pages.map((page, i) => shows(page, i)));
    }
  },
  90_000,
);

test.each([
  ['ticket', ticketFor],
  ['link', linkFor],
] as const)(
  'one %s opened in two tabs shows the person in both',
  async (_what, make) => {
    await using recorded = await openPage(browser);
    await clickThrough(recorded.page, stack, '/');
    const pages = await tabs(recorded.context);
    await slow(pages[1]!, 250);
    const url = await jump(make, 0);
    await Promise.all(pages.map((page) => page.goto(url)));
    await Promise.all(pages.map((page) => shows(page, 0)));
  },
  60_000,
);

test.each([
  ['ticket', ticketFor],
  ['link', linkFor],
] as const)(
  'one %s opened twice at once without a session, on a slow line, comes to the person through the sign-in',
  async (_what, make) => {
    await using recorded = await openPage(browser);
    const pages = await tabs(recorded.context);
    const url = await jump(make, 0);
    await Promise.all(pages.map((page) => slow(page, 400)));
    await Promise.all(pages.map((page) => page.goto(url)));
    for (const page of pages) {
      await choose(page);
      await shows(page, 0);
    }
  },
  60_000,
);

import { expect, test } from '@jest/globals';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ingestPorts } from '../../programs/wiring/subgraphs.js';
import { deliverInOrder } from '../../intake/in-step/deliver.js';
import { operationId } from '../../schema/operation-id.js';
import { readSchemaFile } from '../../schema/sdl.js';
import { feedRecordShape } from '../../subgraphs/shared/records/records.js';
import { must, until } from '../kit/administration.js';
import { axeFindings } from '../kit/axe.js';
import { openPage } from '../kit/browser.js';
import { manyCases } from '../kit/many-cases.js';
import { pageSuite, SCREENS, browser, stack } from '../kit/page-suite.js';
import { ksdCasePath, settled, signInTo } from '../kit/caseworker.js';

/** Letters of four bytes, and as many as a field could be given by mistake. */
const MUCH = '😀'.repeat(2500);

/** What an older page would send: an id no longer among the stored operations. */
const OLD_OPERATION = JSON.stringify({ documentId: `sha256:${'0'.repeat(64)}`, variables: {} });

let caseAddress: string;
pageSuite(async () => {
  caseAddress = await ksdCasePath(stack);
});

const card = (page: Page, id: string) => page.locator(`[data-section="${id}"]`);
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test('a slow part holds up no card but its own, and not the name', async () => {
  await using recorded = await openPage(browser);
  const { page } = recorded;
  const slow = ['PersonOpened', 'CitizenDocuments'].map((name) =>
    operationId(readSchemaFile(`operations/${name}.graphql`)),
  );
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/graphql', async (route) => {
    const { documentId } = route.request().postDataJSON() as { documentId: string };
    if (slow.includes(documentId)) await released;
    await route.continue();
  });
  await signInTo(page, stack, `/citizens/${stack.story('sickness-benefit').citizenId}`);
  await card(page, 'cases').locator('tbody tr').first().waitFor();
  expect(await card(page, 'documents').getAttribute('aria-busy')).toBe('true');
  expect(await card(page, 'documents').textContent()).not.toContain('Ingen');
  await page.screenshot({ path: join(SCREENS, 'slow-card.png') });
  release();
  await card(page, 'documents').locator('tbody tr').first().waitFor();
}, 60_000);

test('an operation the server does not know after an upgrade: the page offers to load itself anew, and not a word is lost', async () => {
  await using recorded = await openPage(browser);
  const { page } = recorded;
  await signInTo(page, stack, caseAddress);
  await page.getByLabel('Overskrift').fill('Telefonsamtale');
  await page.getByLabel('Tekst').fill('Skrevet før opgraderingen.');
  // What an older page would send: an id no longer among the stored operations. The server's answer is its own.
  const asOldPage = 'sha256:0000000000000000000000000000000000000000000000000000000000000000';
  await page.route('**/graphql', (route) =>
    route.continue({
      postData: JSON.stringify({ ...(route.request().postDataJSON() as object), documentId: asOldPage }),
    }),
  );
  await page.getByRole('button', { name: /^Send notat til/ }).click();
  await button(page, 'Genindlæs siden').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.screenshot({ path: join(SCREENS, 'upgraded.png'), fullPage: true });
  await page.unroute('**/graphql');
  await button(page, 'Genindlæs siden').click();
  await settled(page);
  expect(await page.getByLabel('Tekst').inputValue()).toBe('Skrevet før opgraderingen.');
  await page.getByRole('button', { name: /^Send notat til/ }).click();
  await page.locator('[data-said]').filter({ hasText: 'Notatet er gemt' }).waitFor();
  const kept = await page.evaluate(() => JSON.stringify([sessionStorage, localStorage]));
  expect(kept).not.toContain('opgraderingen');
}, 60_000);

test.each([
  ['is there for whoever wrote it', [], 'Skrevet af den første.'],
  ['is gone once somebody else has signed in', ['vip-cleared'], ''],
])(
  'what a reload carries past a lost session %s',
  async (_says, others, found) => {
    await using recorded = await openPage(browser);
    const { page, context } = recorded;
    await signInTo(page, stack, caseAddress);
    await page.getByLabel('Tekst').fill('Skrevet af den første.');
    await page.route('**/graphql', (route) => route.continue({ postData: OLD_OPERATION }));
    await page.getByLabel('Overskrift').fill('Telefonsamtale');
    await page.getByRole('button', { name: /^Send notat til/ }).click();
    await button(page, 'Genindlæs siden').waitFor();
    await page.unroute('**/graphql');
    await context.clearCookies();
    await button(page, 'Genindlæs siden').click();
    for (const other of others) {
      await signInTo(page, stack, caseAddress, other);
      await settled(page);
      expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
      await context.clearCookies();
    }
    await signInTo(page, stack, caseAddress);
    await settled(page);
    expect(await page.getByLabel('Tekst').inputValue()).toBe(found);
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  },
  60_000,
);

test('signing out leaves nothing that was written in the tab', async () => {
  await using recorded = await openPage(browser);
  const { page } = recorded;
  await signInTo(page, stack, '/');
  await page.evaluate(() => sessionStorage.setItem('overblik-drafts x', '{"at":0,"drafts":[["note","x"]]}'));
  await button(page, 'Log af').click();
  await page.getByRole('heading', { name: 'Du er logget af' }).waitFor();
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
}, 60_000);

test('away in the middle of a save and back: what was not taken is still there, what was taken is saved once', async () => {
  await using recorded = await openPage(browser);
  const { page } = recorded;
  await signInTo(page, stack, caseAddress);
  await page.getByLabel('Overskrift').fill('Aftale');
  await page.getByLabel('Tekst').fill('Ikke sendt endnu.');
  await page.getByRole('link', { name: 'Søg' }).click();
  await page.locator('#search').waitFor();
  await page.goBack();
  await page.getByLabel('Tekst').waitFor();
  expect(await page.getByLabel('Tekst').inputValue()).toBe('Ikke sendt endnu.');
  let release: () => void = () => undefined;
  const isHeld = new Promise<void>((held) => {
    void page.route('**/graphql', async (route) => {
      if (route.request().postData()!.includes('Ikke sendt endnu.')) {
        held();
        await new Promise<void>((resolve) => (release = resolve));
      }
      await route.continue();
    });
  });
  await page.getByRole('button', { name: /^Send notat til/ }).click();
  await isHeld;
  await page.getByRole('link', { name: 'Søg' }).click();
  await page.locator('#search').waitFor();
  release();
  const notes = stack.gateway.store.database('cases').collection('handedNotes');
  await until(async () => (await notes.countDocuments({ text: 'Ikke sendt endnu.' })) === 1);
  await page.goBack();
  await page.getByText('Aftale').first().waitFor();
  await settled(page);
  expect(await notes.countDocuments({ text: 'Ikke sendt endnu.' })).toBe(1);
}, 60_000);

test('without a connection a card says so and comes back by "Prøv igen"; the search too', async () => {
  await using recorded = await openPage(browser);
  const { page, context } = recorded;
  await signInTo(page, stack, '/');
  await settled(page);
  await context.setOffline(true);
  await page.locator('#search').fill('Tornvig');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').filter({ hasText: 'ingen forbindelse' }).waitFor();
  await context.setOffline(false);
  await button(page, 'Prøv igen').click();
  await page.waitForURL(/\/citizens\//);
}, 60_000);

test('5,000 letters and emoji in every field: a clear word, nothing broken', async () => {
  await using recorded = await openPage(browser);
  const { page } = recorded;
  await signInTo(page, stack, '/');
  await page.locator('#search').fill(MUCH);
  await page.keyboard.press('Enter');
  await page.getByRole('alert').filter({ hasText: 'højst 200 tegn' }).waitFor();
  await page.goto(`${stack.url}${caseAddress}`);
  await page.getByLabel('Tekst').fill(MUCH.repeat(12));
  await page.getByLabel('Overskrift').fill('😀'.repeat(120));
  await page.getByRole('button', { name: /^Send notat til/ }).click();
  // Above 100 kB a note is refused with the rule; the text stays.
  await page.locator('[data-said]').filter({ hasText: 'Notatet er ikke sendt' }).waitFor();
  expect((await page.getByLabel('Tekst').inputValue()).length).toBe(MUCH.length * 12);
  expect(await axeFindings(page)).toEqual([]);
  await page.getByLabel('Tekst').fill('😀 kort');
  await page.getByRole('button', { name: /^Send notat til/ }).click();
  await page.locator('[data-said]').filter({ hasText: 'Notatet er gemt' }).waitFor();
  await using log = await openPage(browser);
  await signInTo(log.page, stack, '/log', 'controller');
  await settled(log.page);
  await log.page.locator('#log-user').fill(MUCH);
  await log.page.locator('#log-citizenId').fill('😀');
  await button(log.page, 'Søg i loggen').click();
  await log.page.getByRole('alert').waitFor();
  expect(await axeFindings(log.page)).toEqual([]);
}, 90_000);

test('a remark is written and taken away where the person is shown, for those who may', async () => {
  await using recorded = await openPage(browser);
  const { page } = recorded;
  await signInTo(page, stack, `/citizens/${stack.story('nothing-known').citizenId}`, 'citizen-service');
  await settled(page);
  await page.getByText('Skriv bemærkning').click();
  await page.locator('#remark-text').fill('Taler bedst om formiddagen 😀');
  await page.locator('#remark-to').fill('2001-01-01');
  await button(page, 'Gem bemærkning').click();
  await card(page, 'remarks').getByRole('alert').waitFor();
  await page.locator('#remark-to').fill(new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10));
  await button(page, 'Gem bemærkning').click();
  await card(page, 'remarks').getByText('Taler bedst om formiddagen 😀').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await button(page, 'Slet OBS Adfærd').click();
  await card(page, 'remarks').getByText('Taler bedst').waitFor({ state: 'detached' });
}, 60_000);

test('recent persons and favourites are on the search page, in any browser the user signs in with', async () => {
  const story = stack.story('sickness-benefit');
  await using first = await openPage(browser);
  await signInTo(first.page, stack, `/citizens/${story.citizenId}`, 'vip-cleared');
  await settled(first.page);
  await first.page.getByRole('button', { name: 'Favorit', pressed: false }).click();
  await first.page.getByRole('button', { name: 'Favorit', pressed: true }).waitFor();
  await using second = await openPage(browser);
  await signInTo(second.page, stack, '/', 'vip-cleared');
  const list = (name: string) => second.page.getByRole('region', { name });
  await list('Favoritter').getByRole('link', { name: story.name }).waitFor();
  await list('Senest åbnet').getByRole('link', { name: story.name }).click();
  await second.page.getByRole('heading', { level: 1, name: story.name }).waitFor();
}, 60_000);

test('another authority’s benefits are shown when a purpose has been stated, and the log has it', async () => {
  await using recorded = await openPage(browser);
  const { page } = recorded;
  const { citizenId } = stack.story('every-system');
  await signInTo(page, stack, `/citizens/${citizenId}`);
  await settled(page);
  const before = await card(page, 'benefits').locator('tbody tr').count();
  await page.locator('#benefits-purpose').selectOption('UDK-8-BENEFIT-CASE');
  await card(page, 'benefits').getByRole('button', { name: 'Slå op med dette formål' }).click();
  await until(async () => (await card(page, 'benefits').locator('tbody tr').count()) > before);
  const LOG = `query Log($id: ID!) { auditLog(filter: { citizenId: $id }, first: 50) { edges { node { purpose } } } }`;
  const { data } = await must(stack, 'controller', LOG, { id: citizenId });
  expect(data.auditLog.edges.map(({ node }: any) => node.purpose)).toContain('UDK-8-BENEFIT-CASE');
}, 60_000);

test('a purpose in a link proposes and no more: it counts when the user has confirmed it, for this page and not for a copy', async () => {
  await using recorded = await openPage(browser);
  const { page, context } = recorded;
  const sent = new Set<string>();
  context.on('request', (request) => {
    if (request.url().endsWith('/graphql')) sent.add(request.headers()['overblik-purpose'] ?? 'none');
  });
  const path = `/citizens/${stack.story('every-system').citizenId}`;
  const link = `${stack.url}${path}?purpose=UDK-6-7-FACTS`;
  await signInTo(page, stack, `${path}?purpose=UDK-6-7-FACTS`);
  await settled(page);
  await page.getByText('Linket foreslår formålet: Sagens oplysning').waitFor();
  expect(await page.locator('#benefits-purpose').inputValue()).toBe('UDK-6-7-FACTS');
  expect([...sent]).toEqual(['none']);
  expect(await axeFindings(page)).toEqual([]);
  await page.screenshot({ path: join(SCREENS, 'purpose-proposed.png') });
  const before = await card(page, 'benefits').locator('tbody tr').count();

  await button(page, 'Bekræft formålet').click();
  await until(async () => (await card(page, 'benefits').locator('tbody tr').count()) > before);
  const stated = page.getByText('Slået op med formålet: Sagens oplysning');
  await stated.waitFor();
  expect(page.url()).toBe(`${stack.url}${path}`);
  await page.screenshot({ path: join(SCREENS, 'purpose-stated.png') });

  // From case to case, and over a reload, it is the same look-up.
  sent.clear();
  await card(page, 'cases').locator('tbody a').first().click();
  await page.getByRole('heading', { name: 'Forløb', exact: true }).waitFor();
  await page.reload();
  await settled(page);
  await stated.waitFor();
  sent.delete('none');
  expect([...sent]).toEqual(['UDK-6-7-FACTS']);

  // Its copies, and the link itself opened once more, state none.
  for (const address of [page.url(), link]) {
    const copy = await context.newPage();
    await copy.goto(address);
    await settled(copy);
    expect(await copy.getByText('Slået op med formålet').count()).toBe(0);
    await copy.close();
  }
  await page.goto(`${stack.url}${path}?purpose=CURIOSITY`);
  await settled(page);
  expect(await page.getByText('Linket foreslår').count()).toBe(0);
}, 60_000);

test('hundreds of cases: all can be scrolled to, few are in the document, and the paper has them all', async () => {
  const story = stack.story('nothing-known');
  const MANY = 260;
  const cases = manyCases(story.cpr, MANY).map((record) => feedRecordShape.parse(record));
  await deliverInOrder(ingestPorts(stack.gateway.store), cases);
  await using recorded = await openPage(browser);
  const { page } = recorded;
  await signInTo(page, stack, `/citizens/${story.citizenId}?tab=cases`);
  await settled(page);
  // What the strip counts is what has been fetched, and it says so.
  expect(await page.locator('.now').textContent()).toContain('Åbne sager (mindst 50)');
  await button(page, 'Vis flere').click();
  const rows = card(page, 'cases').locator('tbody tr:not(.spacer)');
  await card(page, 'cases').locator('.windowed').waitFor();
  const seen = new Set<string>();
  await until(async () => {
    await card(page, 'cases')
      .locator('.windowed')
      .evaluate((list) => list.scrollBy(0, 450));
    for (const text of await rows.allTextContents()) seen.add(/LANG-\d+/.exec(text)?.[0] ?? '');
    expect(await rows.count()).toBeLessThan(80);
    return seen.size >= MANY;
  }, 40);
  expect(await axeFindings(page)).toEqual([]);
  await page.emulateMedia({ media: 'print' });
  await until(async () => (await rows.count()) === MANY);
}, 90_000);

import { expect, test } from '@jest/globals';
import type { Page, Request } from 'playwright-core';
import { KORSBAEK } from '../../seed/authorities.js';
import { developmentSamlKeys } from '../../seed/development/saml-keys.js';
import { samlId } from '../../gateway/saml/documents.js';
import { logoutResponse, signedMessage } from '../../gateway/saml/logout-response.js';
import { axeFindings } from '../kit/axe.js';
import { openPage } from '../kit/browser.js';
import { settled, clickThrough } from '../kit/caseworker.js';
import { browser, pageSuite, stack } from '../kit/page-suite.js';

/** Single logout by HTTP POST, as a browser carries it between two sites: the development provider itself answers by redirect. */
pageSuite();

const provider = () => stack.gateway.identityProviderUrl!;
const issuer = () => `${provider()}/metadata/${KORSBAEK}`;
const service = () => `${stack.url}/saml/logout`;

/** @returns a page of the provider's site that posts a signed message to the service by itself, as providers do. */
async function posting(name: 'SAMLRequest' | 'SAMLResponse', xml: string): Promise<string> {
  const { provider: keys } = await developmentSamlKeys(stack.directory);
  const message = Buffer.from(signedMessage(xml, keys)).toString('base64');
  return (
    `<!doctype html><html lang="en"><title>Provider</title><form method="post" action="${service()}">` +
    `<input type="hidden" name="${name}" value="${message}"><input type="hidden" name="RelayState" value="kept">` +
    `</form><script>document.forms[0].submit()</script></html>`
  );
}
const html = (body: string) => ({ contentType: 'text/html; charset=utf-8', body });
/** Answers in the provider's place where a redirect leads to it, which a route of the page does not see. */
async function answerLogout(page: Page, body: string): Promise<void> {
  const line = await page.context().newCDPSession(page);
  line.on('Fetch.requestPaused', ({ requestId }) => {
    void line.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: 200,
      responseHeaders: [{ name: 'content-type', value: 'text/html; charset=utf-8' }],
      body: Buffer.from(body).toString('base64'),
    });
  });
  await line.send('Fetch.enable', { patterns: [{ urlPattern: `${provider()}/logout\\?*` }] });
}
const isSignedOut = async (page: Page, path: string): Promise<void> => {
  await page.goto(`${stack.url}${path}`);
  await page.getByRole('heading', { name: 'Log på Overblik' }).waitFor();
};

test('the answer to a logout begun here, posted by the provider’s page, ends at “signed out”', async () => {
  await using recorded = await openPage(browser);
  const { page } = recorded;
  const path = `/citizens/${stack.story('sickness-benefit').citizenId}`;
  const posted: Request[] = [];
  page.on('request', (request) => {
    if (request.url() === service()) posted.push(request);
  });
  const xml = logoutResponse({
    id: samlId(),
    issuer: issuer(),
    destination: service(),
    inResponseTo: samlId(),
    outcome: 'ENDED',
    now: new Date(),
  });
  await answerLogout(page, await posting('SAMLResponse', xml));
  await clickThrough(page, stack, path);
  await settled(page);
  await page.getByRole('button', { name: 'Log af' }).click();
  await page.getByRole('heading', { name: 'Du er logget af' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/saml/signed-out');
  expect(posted.map((request) => request.method())).toEqual(['POST']);
  expect(posted[0]!.postData()).toContain('SAMLResponse=');
  expect(await axeFindings(page)).toEqual([]);
  // A reload of where it ended sends nothing again.
  await page.reload();
  await page.getByRole('heading', { name: 'Du er logget af' }).waitFor();
  expect(posted.length).toBe(1);
  await isSignedOut(page, path);
}, 60_000);

test('a logout asked for by post is answered by a page that posts on by itself, and the session is over', async () => {
  await using recorded = await openPage(browser);
  const { page } = recorded;
  const path = `/citizens/${stack.story('sickness-benefit').citizenId}`;
  await clickThrough(page, stack, path);
  await settled(page);
  const nameId = 'user-benefit-caseworker';
  const xml =
    `<p:LogoutRequest xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion" ID="${samlId()}" Version="2.0" IssueInstant="${new Date().toISOString()}" Destination="${service()}">` +
    `<a:Issuer>${issuer()}</a:Issuer><a:NameID>${nameId}</a:NameID></p:LogoutRequest>`;
  const begun = await posting('SAMLRequest', xml);
  await page.route(`${provider()}/begin`, (route) => route.fulfill(html(begun)));
  const answers: string[] = [];
  await page.route(`${provider()}/logout`, async (route) => {
    answers.push(route.request().postData() ?? '');
    await route.fulfill(html('<!doctype html><title>Provider</title><h1>All signed out</h1>'));
  });
  await page.goto(`${provider()}/begin`);
  await page.getByRole('heading', { name: 'All signed out' }).waitFor();
  const [answer] = answers.map((form) => new URLSearchParams(form));
  expect(answer!.get('RelayState')).toBe('kept');
  expect(Buffer.from(answer!.get('SAMLResponse')!, 'base64').toString()).toContain('status:Success');
  await page.unroute(`${provider()}/logout`);
  await page.context().clearCookies({ domain: 'localhost' });
  await isSignedOut(page, path);
}, 60_000);

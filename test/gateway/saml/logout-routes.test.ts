import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createVerify } from 'node:crypto';
import { samlId } from '../../../gateway/saml/documents.js';
import { signedMessage } from '../../../gateway/saml/logout-response.js';
import { redirectAddress } from '../../../gateway/saml/redirect-binding.js';
import { signedText } from '../../../gateway/saml/signed-document.js';
import { MOSEKAER } from '../../../seed/authorities.js';
import { Agent, hidden } from '../../kit/agent.js';
import {
  begin,
  type SignInServer,
  IDENTITY,
  messageIn,
  startSignInServer,
  providerOf,
  SIGN_IN,
  signedIn,
} from '../../kit/sign-in-server.js';

const QUERY = { cvr: SIGN_IN.cvr };
const LOGOUT = `${IDENTITY}/logout?for=<us>`;

let server: SignInServer;
beforeAll(async () => {
  server = await startSignInServer((keys) => [
    providerOf(keys, { sloUrl: LOGOUT }),
    providerOf(keys, { entityId: 'other', cvr: MOSEKAER, ssoUrl: 'https://other.example/login' }),
  ]);
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  await server.store.client.db('access').collection('sessions').deleteMany({});
  for (const list of [server.facts, server.errors]) list.length = 0;
});

interface Named {
  readonly indexes?: readonly string[];
  readonly nameId?: string;
  readonly issuer?: string;
  readonly id?: string;
}

const requestFor = ({
  indexes = [],
  nameId = SIGN_IN.subject,
  issuer = `${IDENTITY}/metadata`,
  id = samlId(),
}: Named) =>
  `<p:LogoutRequest xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion" ID="${id}" Version="2.0" IssueInstant="${new Date().toISOString()}" Destination="${server.url}/saml/logout">` +
  `<a:Issuer>${issuer}</a:Issuer><a:NameID>${nameId}</a:NameID>${indexes.map((index) => `<p:SessionIndex>${index}</p:SessionIndex>`).join('')}</p:LogoutRequest>`;

const byRedirect = (named: Named, agent = new Agent(), relayState = '') => {
  const message = { name: 'SAMLRequest', xml: requestFor(named), relayState } as const;
  return agent.send(redirectAddress(`${server.url}/saml/logout`, message, server.keys.provider.key));
};
const byPost = (named: Named, along: Record<string, string> = {}, headers = {}) => {
  const SAMLRequest = Buffer.from(signedMessage(requestFor(named), server.keys.provider)).toString('base64');
  return new Agent().send(`${server.url}/saml/logout`, { form: { SAMLRequest, ...along }, headers });
};
const isOpen = async (agent: Agent) => (await agent.send(`${server.url}/session`)).status === 200;
/** What stands in the log of logouts, as far as these tests say. */
const noted = () =>
  server.facts
    .filter(({ event }) => event === 'signed-out')
    .map(({ ruleCode, cvr, user, criteria }) => [
      ruleCode,
      cvr,
      user,
      criteria.map(({ value }) => value).join(),
    ]);
const codesIn = (xml: string) => [...xml.matchAll(/status:(\w+)"/g)].map(([, code]) => code);

describe('asked by redirect, the answer goes by redirect', () => {
  test('signed, for the request it answers, with what was sent along', async () => {
    await signedIn(server, { query: QUERY });
    const { status, to } = await byRedirect({ id: '_asked' }, new Agent(), 'kept & <safe>');
    const address = new URL(to);
    const xml = messageIn(address, 'SAMLResponse');
    expect([status, to.split('&SAMLResponse=')[0]]).toEqual([303, new URL(LOGOUT).href]);
    expect(address.searchParams.get('RelayState')).toBe('kept & <safe>');
    expect(xml).toContain(`Destination="${IDENTITY}/logout?for=&#60;us&#62;"`);
    expect(xml).toContain(`<saml:Issuer>${server.url}/saml/metadata</saml:Issuer>`);
    expect([/InResponseTo="(.*?)"/.exec(xml)![1], codesIn(xml)]).toEqual(['_asked', ['Success']]);
    expect(xml).toContain('status:Success"></samlp:StatusCode></samlp:Status>');
    expect(xml).toMatch(/ID="_[0-9a-f]{40}" Version="2.0" IssueInstant="[\d-]+T[\d:.]+Z"/);
    const [signed, signature] = to.split('?for=%3Cus%3E&')[1]!.split('&Signature=') as [string, string];
    const verifier = createVerify('RSA-SHA256').update(signed);
    expect(verifier.verify(server.keys.service.certificate, decodeURIComponent(signature), 'base64')).toBe(
      true,
    );
  });
  test('to where the provider signs in, if it has named no other place', async () => {
    const { to } = await byRedirect({ issuer: 'other' });
    expect(to.split('?')[0]).toBe('https://other.example/login');
  });
});

describe('asked by form, the answer goes by form', () => {
  test('signed, on a page that sends it on, in the language of its reader', async () => {
    await signedIn(server, { query: QUERY });
    const answer = await byPost({ id: '_asked' }, { RelayState: '"kept"' });
    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(hidden(page, 'RelayState')).toBe('&#34;kept&#34;');
    expect(page).toContain(`<form id="go" method="post" action="${IDENTITY}/logout?for=&#60;us&#62;">`);
    expect(page).toContain('<script src="/saml/post.js"></script>');
    expect(page).toContain('>Fortsæt<');
    expect(page).toMatch(/<form [^>]*><input [^>]*><input [^>]*><button>/);
    const xml = Buffer.from(hidden(page, 'SAMLResponse'), 'base64').toString();
    const signed = signedText(xml, [server.keys.service.certificate]);
    expect([/InResponseTo="(.*?)"/.exec(signed)![1], codesIn(signed)]).toEqual(['_asked', ['Success']]);
  });
  test('without what was not sent along', async () => {
    const page = await (await byPost({}, {}, { 'accept-language': 'en' })).text();
    expect([page.includes('RelayState'), page.includes('>Continue<')]).toEqual([false, true]);
    expect(page).toMatch(/<form [^>]*><input type="hidden" name="SAMLResponse"[^>]*><button>/);
  });
  test('the page’s script sends its form', async () => {
    const script = await fetch(`${server.url}/saml/post.js`);
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(await script.text()).toBe("document.getElementById('go').submit();");
  });
});

describe('what is asked for ends, and what became of it is answered and recorded', () => {
  test('sessions by their names: those, and no others of the user', async () => {
    const [first, second, stays] = [
      await signedIn(server, { query: QUERY, change: { sessionIndex: 'one' } }),
      await signedIn(server, { query: QUERY, change: { sessionIndex: 'two' } }),
      await signedIn(server, { query: QUERY, change: { sessionIndex: 'stays' } }),
    ];
    const { to } = await byRedirect({ indexes: ['one', 'two'] });
    expect(codesIn(messageIn(new URL(to), 'SAMLResponse'))).toEqual(['Success']);
    expect([await isOpen(first), await isOpen(second), await isOpen(stays)]).toEqual([false, false, true]);
    expect(noted()).toEqual([[null, SIGN_IN.cvr, SIGN_IN.subject, '2']]);
  });
  test('sessions of several users and authorities: each user’s own number', async () => {
    const sessions = server.store.client.db('access').collection('sessions');
    const others = [{}, {}, { cvr: MOSEKAER }, { subject: 'second' }, { cvr: MOSEKAER }, { cvr: MOSEKAER }];
    for (const [i, $set] of others.entries()) {
      await signedIn(server, { query: QUERY, change: { sessionIndex: String(i) } });
      await sessions.updateOne({ 'from.sessionIndex': String(i) }, { $set: { tab: i, ...$set } });
    }
    await byRedirect({});
    expect(noted()).toEqual([
      [null, SIGN_IN.cvr, SIGN_IN.subject, '2'],
      [null, MOSEKAER, SIGN_IN.subject, '3'],
      [null, SIGN_IN.cvr, 'second', '1'],
    ]);
    expect(server.facts.at(-1)?.criteria).toEqual([{ name: 'sessions', value: '1' }]);
  });
  test('one of two names that is unknown: part of it', async () => {
    const agent = await signedIn(server, { query: QUERY });
    const { to } = await byRedirect({ indexes: ['index', 'never'] });
    expect(codesIn(messageIn(new URL(to), 'SAMLResponse'))).toEqual(['Responder', 'PartialLogout']);
    expect([await isOpen(agent), noted()]).toEqual([
      false,
      [['LOGOUT_NOT_ALL', SIGN_IN.cvr, SIGN_IN.subject, '1']],
    ]);
  });
  test('nobody by that name: nothing, in the log of the provider’s authority', async () => {
    const agent = await signedIn(server, { query: QUERY });
    const { to } = await byRedirect({ nameId: 'nobody' });
    expect(codesIn(messageIn(new URL(to), 'SAMLResponse'))).toEqual(['Requester', 'UnknownPrincipal']);
    expect([await isOpen(agent), noted()]).toEqual([true, [['LOGOUT_UNKNOWN', SIGN_IN.cvr, '', '0']]]);
  });
  test('the user of another provider by the same name stays', async () => {
    const agent = await signedIn(server, { query: QUERY });
    await byRedirect({ issuer: 'other' });
    expect([await isOpen(agent), noted()]).toEqual([true, [['LOGOUT_UNKNOWN', MOSEKAER, '', '0']]]);
  });
  test('a session that is over already: nothing to end, and that is Success', async () => {
    await signedIn(server, { query: QUERY });
    await byRedirect({});
    server.facts.length = 0;
    const { to } = await byRedirect({});
    expect(codesIn(messageIn(new URL(to), 'SAMLResponse'))).toEqual(['Success']);
    expect(noted()).toEqual([[null, SIGN_IN.cvr, '', '0']]);
  });
  test('the browser that carries it holds nothing any more', async () => {
    const agent = await signedIn(server, { query: QUERY });
    await byRedirect({}, agent);
    expect([...agent.cookies(server.url).keys()].filter((name) => !name.includes('signin'))).toEqual([]);
  });
});

describe('what is no request', () => {
  test('an answer of the provider changes nothing and leads to the last page', async () => {
    const agent = await signedIn(server, { query: QUERY });
    for (const [path, options] of [
      ['?SAMLResponse=', {}],
      ['?SAMLResponse=%%%', {}],
      ['', { form: { SAMLResponse: 'x' } }],
    ] as const) {
      const { status, to } = await agent.send(`${server.url}/saml/logout${path}`, options);
      expect([status, to]).toEqual([303, `${server.url}/saml/signed-out`]);
    }
    expect([await isOpen(agent), noted()]).toEqual([true, []]);
    const last = await fetch(`${server.url}/saml/signed-out`);
    expect([last.status, (await last.text()).includes('Du er logget af Overblik.')]).toEqual([200, true]);
  });
  test.each<[string, () => ReturnType<Agent['send']>, string]>([
    ['nothing by redirect', () => new Agent().send(`${server.url}/saml/logout`), 'LOGOUT'],
    ['nothing by form', () => new Agent().send(`${server.url}/saml/logout`, { method: 'POST' }), 'LOGOUT'],
    [
      'a changed address',
      async () => {
        const xml = requestFor({});
        const message = { name: 'SAMLRequest', xml, relayState: 'a' } as const;
        const address = redirectAddress(`${server.url}/saml/logout`, message, server.keys.provider.key);
        return new Agent().send(address.replace('RelayState=a', 'RelayState=b'));
      },
      'SIGNATURE',
    ],
  ])('%s is refused, and ends nothing', async (_says, send, detail) => {
    const agent = await signedIn(server, { query: QUERY });
    const answer = await send();
    expect([answer.status, (await answer.text()).includes('Du er måske stadig logget på')]).toEqual([
      403,
      true,
    ]);
    expect([await isOpen(agent), noted()]).toEqual([true, [['SAML_INVALID', '00000000', '', detail]]]);
  });
  test('is refused in nobody’s log, whatever sign-in the browser has begun', async () => {
    const agent = new Agent();
    await begin(server, agent, QUERY);
    expect((await agent.send(`${server.url}/saml/logout`)).status).toBe(403);
    expect(noted()).toEqual([['SAML_INVALID', '00000000', '', 'LOGOUT']]);
  });
  test('more along than is kept is refused; as much as is kept comes back', async () => {
    const along = (length: number) => byRedirect({}, new Agent(), 'x'.repeat(length));
    expect((await along(1001)).status).toBe(403);
    expect(new URL((await along(1000)).to).searchParams.get('RelayState')).toBe('x'.repeat(1000));
    expect((await byPost({}, { RelayState: 'x'.repeat(1001) })).status).toBe(403);
    expect((await byPost({}, { RelayState: 'x'.repeat(1000) })).status).toBe(200);
  });
  test('as long a message as may be is read', async () => {
    const form = { SAMLRequest: 'A'.repeat(64 << 10) };
    expect((await new Agent().send(`${server.url}/saml/logout`, { form })).status).toBe(403);
  });
  test('more than is taken is not read', async () => {
    const form = { SAMLRequest: 'A'.repeat(100_000) };
    expect((await new Agent().send(`${server.url}/saml/logout`, { form })).status).toBe(413);
  });
});

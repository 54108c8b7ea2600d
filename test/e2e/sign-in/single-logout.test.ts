import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import Fastify from 'fastify';
import { request as httpRequest } from 'node:http';
import { inflateRawSync } from 'node:zlib';
import { installSaml } from '../../../gateway/saml/routes.js';
import { samlId } from '../../../gateway/saml/documents.js';
import { signedMessage } from '../../../gateway/saml/logout-response.js';
import { redirectAddress } from '../../../gateway/saml/redirect-binding.js';
import { ServiceProvider } from '../../../gateway/saml/service-provider.js';
import { KORSBAEK, MOSEKAER } from '../../../seed/authorities.js';
import { developmentSamlKeys, type SamlKeys } from '../../../seed/development/saml-keys.js';
import { SIGN_INS } from '../../../seed/development/sign-ins.js';
import { referenceOf } from '../../kit/message-page.js';
import { Agent, hidden } from '../../kit/agent.js';
import { askBySession, signInBySaml } from '../../kit/saml-sign-in.js';
import { startAllInOne, type Stack } from '../../kit/stack.js';

const ME = '{ me { grants { role } } }';

let stack: Stack;
let keys: SamlKeys;
beforeAll(async () => {
  stack = await startAllInOne();
  keys = await developmentSamlKeys(stack.directory);
}, 120_000);
afterAll(() => stack[Symbol.asyncDispose]());

const entries = () => stack.gateway.store.database('audit').collection('entries');

describe('single logout as providers do it', () => {
  const { subject } = SIGN_INS.find(({ name }) => name === 'benefit-caseworker')!;
  const issuer = () => `${stack.gateway.identityProviderUrl!}/metadata/${KORSBAEK}`;
  const requestFor = (indexes: readonly string[], nameId = subject) =>
    `<p:LogoutRequest xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion" ID="${samlId()}" Version="2.0" IssueInstant="${new Date().toISOString()}" Destination="${stack.url}/saml/logout">` +
    `<a:Issuer>${issuer()}</a:Issuer><a:NameID>${nameId}</a:NameID>${indexes.map((index) => `<p:SessionIndex>${index}</p:SessionIndex>`).join('')}</p:LogoutRequest>`;
  /** Each binding with what it answers by. @returns status code of the answer, as its XML has it */
  const bindings = {
    async redirect(xml: string): Promise<string> {
      const message = { name: 'SAMLRequest', xml, relayState: 'kept' } as const;
      const { to } = await new Agent().send(
        redirectAddress(`${stack.url}/saml/logout`, message, keys.provider.key),
      );
      const query = new URL(to).searchParams;
      expect(query.get('RelayState')).toBe('kept');
      return inflateRawSync(Buffer.from(query.get('SAMLResponse')!, 'base64')).toString();
    },
    async post(xml: string): Promise<string> {
      const SAMLRequest = Buffer.from(signedMessage(xml, keys.provider)).toString('base64');
      const answer = await new Agent().send(`${stack.url}/saml/logout`, {
        form: { SAMLRequest, RelayState: 'kept' },
      });
      expect(answer.status).toBe(200);
      const page = await answer.text();
      expect(hidden(page, 'RelayState')).toBe('kept');
      return Buffer.from(hidden(page, 'SAMLResponse'), 'base64').toString();
    },
  };
  const indexes = async (): Promise<string[]> => {
    const sessions = stack.gateway.store.database('access').collection('sessions');
    const open = await sessions.find({ subject, ended: null }).toArray();
    return open.map((session) => String(session['from'].sessionIndex));
  };

  test.each(['redirect', 'post'] as const)('by %s, with two sessions named: both end', async (binding) => {
    const agents = [
      await signInBySaml(stack, 'benefit-caseworker'),
      await signInBySaml(stack, 'benefit-caseworker'),
    ];
    const open = await indexes();
    expect(open.length).toBeGreaterThanOrEqual(2);
    expect(await bindings[binding](requestFor(open))).toContain('status:Success');
    for (const { agent } of agents) expect((await askBySession(stack, agent, ME)).status).toBe(401);
  });

  test.each(['redirect', 'post'] as const)(
    'by %s, with a session that is not known: no Success',
    async (binding) => {
      const { agent } = await signInBySaml(stack, 'benefit-caseworker');
      expect(await bindings[binding](requestFor([...(await indexes()), 'never']))).not.toContain(
        'status:Success',
      );
      expect((await askBySession(stack, agent, ME)).status).toBe(401);
      expect(await bindings[binding](requestFor([], 'nobody'))).toContain('status:UnknownPrincipal');
    },
  );

  test('whose session ended stands in the log', async () => {
    const { agent } = await signInBySaml(stack, 'benefit-caseworker');
    const before = await entries().countDocuments({ event: 'signed-out', user: subject, cvr: KORSBAEK });
    await bindings.redirect(requestFor([]));
    expect((await askBySession(stack, agent, ME)).status).toBe(401);
    const after = await entries().countDocuments({ event: 'signed-out', user: subject, cvr: KORSBAEK });
    expect(after).toBe(before + 1);
  });
});

test('the metadata names what is served, by the way it is served', async () => {
  const xml = await (await fetch(`${stack.url}/saml/metadata`)).text();
  const services = [...xml.matchAll(/<(\w+Service)\s[^>]*Binding="([^"]*)" Location="([^"]*)"/g)];
  expect(services.map(([, service, binding]) => `${service} ${binding!.split(':').at(-1)}`).sort()).toEqual([
    'AssertionConsumerService HTTP-POST',
    'SingleLogoutService HTTP-POST',
    'SingleLogoutService HTTP-Redirect',
  ]);
  for (const [, , binding, location] of services) {
    const method = binding!.endsWith('POST') ? 'POST' : 'GET';
    // Refused, for nothing is brought along; an address or a method that is not served would be unknown.
    expect((await new Agent().send(location!, { method })).status).toBe(403);
  }
});

describe('what comes without a sign-in', () => {
  test('a response of a browser that has begun none is answered before its body has come', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': 100_000 };
      const sent = httpRequest(`${stack.url}/saml/acs`, { method: 'POST', headers }, (answer) => {
        resolve(answer.statusCode);
        sent.destroy();
      });
      sent.on('error', reject);
      sent.flushHeaders();
    });
    expect(status).toBe(403);
  });

  test.each<[string, Record<string, string>, string]>([
    ['what cannot be read', { SAMLResponse: '%%%' }, 'SAML_NOT_READABLE'],
    ['nothing', {}, 'SAML_NOT_READABLE'],
    ['what is too large', { SAMLResponse: 'A'.repeat(600_000) }, 'SAML_TOO_LARGE'],
    ['a DOCTYPE', { SAMLResponse: Buffer.from('<!DOCTYPE a><a/>').toString('base64') }, 'SAML_DOCTYPE'],
  ])('%s is refused in the log of the authority whose sign-in was begun', async (_says, form, ruleCode) => {
    for (const cvr of [KORSBAEK, MOSEKAER]) {
      const agent = new Agent();
      await agent.send(`${stack.url}/saml/login?cvr=${cvr}`);
      const page = await (await agent.send(`${stack.url}/saml/acs`, { form })).text();
      const requestId = referenceOf(page);
      expect(await entries().findOne({ requestId })).toMatchObject({ cvr, ruleCode, event: 'signed-in' });
    }
  });

  test('without a provider there is no SAML route', async () => {
    const app = Fastify();
    await app.register(cookie);
    await app.register(formbody);
    const service = new ServiceProvider({
      publicUrl: () => stack.url,
      keys: keys.service,
      providers: [],
      once: () => Promise.resolve(true),
    });
    installSaml(app, { service } as Parameters<typeof installSaml>[1]);
    const here = await app.listen({ host: '127.0.0.1', port: 0 });
    for (const [method, path] of [
      ['GET', '/saml/metadata'],
      ['GET', '/saml/login'],
      ['POST', '/saml/acs'],
      ['GET', '/saml/logout'],
      ['POST', '/saml/logout'],
    ] as const)
      expect((await fetch(here + path, { method })).status).toBe(404);
    await app.close();
  });
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import Fastify from 'fastify';
import { randomUUID } from 'node:crypto';
import { installSaml } from '../../../gateway/saml/routes.js';
import { Agent } from '../../kit/agent.js';
import { until } from '../../kit/administration.js';
import { askBySession, signInBySaml } from '../../kit/saml-sign-in.js';
import { startAllInOne, type Stack } from '../../kit/stack.js';

/** What somebody reads who comes by browser to where nothing can be done: one language, plain words, a way on. */
let stack: Stack;
beforeAll(async () => {
  stack = await startAllInOne();
}, 60_000);
afterAll(() => stack[Symbol.asyncDispose]());

const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;
type Open = (agent: Agent, headers: Record<string, string>) => ReturnType<Agent['send']>;
const get =
  (path: () => string): Open =>
  (agent, headers) =>
    agent.send(`${stack.url}${path()}`, { headers });
const post =
  (path: string, form: Record<string, string> = {}, more: object = {}): Open =>
  (agent, headers) =>
    agent.send(`${stack.url}${path}`, { form, headers: { ...headers, ...more } });
const ELSEWHERE = { origin: 'https://evil.example' };

const PAGES: readonly (readonly [says: string, status: number, title: string, open: Open])[] = [
  ['an address that is not there', 404, 'Siden findes ikke', get(() => '/nowhere')],
  ['a page too deep', 404, 'Siden findes ikke', get(() => '/access/mappings/more')],
  ['an address that cannot be read', 404, 'Siden findes ikke', get(() => '/citizens/%zz')],
  ['a form sent nowhere', 404, 'Siden findes ikke', post('/nowhere')],
  ['a case that is not there', 404, 'Sagen kan ikke åbnes', get(() => '/jump/x')],
  ['no ticket', 403, 'Linket kan ikke bruges', get(() => '/open')],
  ['a jump that nobody began', 403, 'Linket kan ikke bruges', get(() => '/open/continue')],
  ['an unknown authority', 403, 'Du kunne ikke logges på', get(() => '/saml/login?cvr=1')],
  ['an answer that nobody asked for', 403, 'Du kunne ikke logges på', post('/saml/acs')],
  ['what only a form is sent to', 404, 'Siden findes ikke', get(() => '/saml/acs')],
  ['a logout of nothing', 403, 'Du er måske stadig logget på', get(() => '/saml/logout')],
  ['signing out from another site', 403, 'Det kunne ikke lade sig gøre', post('/session/end', {}, ELSEWHERE)],
  [
    'a body that nobody reads',
    400,
    'Det kunne ikke lade sig gøre',
    (agent, headers) => agent.send(`${stack.url}/session/end`, { headers, method: 'POST', json: {} }),
  ],
];

/** Titles of the gateway's pages, to see that a page has one language. */
const ENGLISH = /There is no such|cannot be|could not|Quote this number|You may|The link|Go back/;
const DANISH = /findes ikke|kan ikke|kunne ikke|Oplys dette|Du er|Linket|Gå tilbage/;

describe.each(PAGES)('%s', (_says, status, title, open) => {
  const send =
    title === 'Det kunne ikke lade sig gøre' && status === 400
      ? { 'content-type': 'application/x-nothing' }
      : {};
  const read = async (headers: Record<string, string>) => {
    const answer = await open(new Agent(), { ...BROWSER, ...send, ...headers });
    return { answer, text: await answer.text() };
  };

  test('is a Danish page with a way on, and its number last', async () => {
    const { answer, text } = await read({});
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8']);
    expect(/<h1>([^<]*)/.exec(text)?.[1]).toBe(title);
    expect(text).toContain('<html lang="da">');
    expect(text).not.toMatch(ENGLISH);
    expect(text).toMatch(/<a href="\/[^"]*">[^<]+<\/a>/);
    expect(text.replace(/<p class="quiet">.*?<\/p><\/main>/, '')).not.toMatch(UUID);
    expect(text).toMatch(/<p class="quiet">Oplys dette nummer[^<]*<code>[\w-]+<\/code><\/p><\/main>/);
  });

  test('is an English page for whoever reads English, by browser or by choice', async () => {
    for (const headers of [
      { 'accept-language': 'en-GB,en;q=0.9' },
      { 'accept-language': 'da', cookie: 'overblik_language=en' },
    ]) {
      const { text } = await read(headers);
      expect(text).toContain('<html lang="en">');
      expect(text).not.toMatch(DANISH);
    }
  });
});

test('a program that goes astray is answered in JSON, and so is every address for programs', async () => {
  const paths = [
    '/graphql',
    '/feed/v1/x',
    '/messages/v1',
    '/context/v1/x',
    '/session',
    '/events',
    '/assets/x.js',
  ];
  const asked = [
    ...paths.map((path) => [path, BROWSER] as const),
    ['/nowhere', { accept: 'application/json' }] as const,
    ['/nowhere', {}] as const,
    ['/citizens/%zz', {}] as const,
  ];
  for (const [path, headers] of asked) {
    const answer = await new Agent().send(`${stack.url}${path}`, { headers });
    expect([path, answer.headers.get('content-type')]).toEqual([path, expect.stringContaining('json')]);
    expect((await answer.json()).errors[0].extensions.code).toMatch(/^[A-Z_]+$/);
  }
});

test('a case that cannot be opened leads back to the page it was opened from', async () => {
  const { agent } = await signInBySaml(stack, 'benefit-caseworker');
  const referer = `${stack.url}/citizens/${stack.story('sickness-benefit').citizenId}`;
  const answer = await agent.send(`${stack.url}/jump/${randomUUID()}`, { headers: { ...BROWSER, referer } });
  expect(await answer.text()).toContain(`<a href="${new URL(referer).pathname}">Gå tilbage</a>`);
});

describe('signing out of a session that is over', () => {
  const ME = '{ me { user } }';
  test.each(['/session/end', '/session/end-everywhere'])(
    '%s says that the user is signed out',
    async (path) => {
      const headers = { ...BROWSER, origin: stack.url };
      const { agent } = await signInBySaml(stack, 'benefit-caseworker');
      const beside = new Agent();
      for (const [name, value] of agent.cookies(stack.url)) beside.cookies(stack.url).set(name, value);
      await agent.send(`${stack.url}/session/end`, { form: {}, headers });
      await until(async () => (await askBySession(stack, beside, ME)).status === 401, 5);
      for (const browser of [beside, new Agent()]) {
        const answer = await browser.send(`${stack.url}${path}`, { form: {}, headers });
        expect([answer.status, answer.to]).toEqual([303, `${stack.url}/saml/signed-out`]);
      }
      const script = { origin: stack.url, accept: 'application/json' };
      expect((await new Agent().send(`${stack.url}${path}`, { form: {}, headers: script })).status).toBe(401);
    },
  );
});

test('before the gateway is ready every step of a sign-in is a page that says so', async () => {
  const app = Fastify();
  await app.register(cookie);
  await app.register(formbody);
  const service = { parts: { providers: [{}] } };
  installSaml(app, { service, isReady: () => false } as never);
  const here = await app.listen({ host: '127.0.0.1', port: 0 });
  for (const [method, url] of [
    ['GET', '/saml/login'],
    ['GET', '/saml/logout'],
    ['POST', '/saml/logout'],
    ['POST', '/saml/acs'],
  ] as const) {
    const cookie = `__Host-overblik_signin_${'0'.repeat(16)}=${'0'.repeat(8)}.${'x'.repeat(43)}`;
    const answer = await fetch(`${here}${url}`, { method, headers: { ...BROWSER, cookie } });
    expect([url, answer.status]).toEqual([url, 503]);
    expect(await answer.text()).toContain('<h1>Overblik svarer ikke lige nu</h1>');
  }
  await app.close();
});

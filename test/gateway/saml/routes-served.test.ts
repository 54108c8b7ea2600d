import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { request } from 'node:http';
import { Agent } from '../../kit/agent.js';
import {
  begin,
  bringAnswer,
  IDENTITY,
  type SignInServer,
  signedIn,
  startSignInServer,
} from '../../kit/sign-in-server.js';

let server: SignInServer;
beforeAll(async () => {
  server = await startSignInServer();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(() => {
  server.facts.length = 0;
});

test('without a provider there is nothing of it', async () => {
  const none = await startSignInServer(() => []);
  for (const [method, path] of [
    ['GET', 'metadata'],
    ['GET', 'login'],
    ['POST', 'acs'],
    ['GET', 'logout'],
    ['POST', 'logout'],
    ['GET', 'signed-out'],
  ] as const)
    expect([path, (await fetch(`${none.url}/saml/${path}`, { method })).status]).toEqual([path, 404]);
  await none[Symbol.asyncDispose]();
});

test('the metadata is served as what it is', async () => {
  const answer = await fetch(`${server.url}/saml/metadata`);
  expect(answer.headers.get('content-type')).toBe('application/samlmetadata+xml; charset=utf-8');
  expect(await answer.text()).toBe(server.parts.service.metadata());
});

/** @returns where a browser is sent that asks for a sign-in under a name of the service. */
const sentTo = (host: string) =>
  new Promise<string>((resolve, reject) => {
    request(`${server.url}/saml/login`, { headers: { host }, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.headers.location!.split('?')[0]!);
    })
      .on('error', reject)
      .end();
  });

describe('a sign-in begins under the one name of this machine', () => {
  test.each(['localhost', 'localhost:4000', '127.0.0.1', '127.0.0.1:1', '[::1]', '[::1]:4000'])(
    'not under %s',
    async (host) => {
      expect(await sentTo(host)).toBe(`${server.url}/saml/login`);
    },
  );
  test('a name that is none of this machine’s is the proxy’s concern', async () => {
    for (const host of ['overblik.example', 'localhost.example', new URL(server.url).host])
      expect(await sentTo(host)).toBe(`${IDENTITY}/login`);
  });
});

describe('a form', () => {
  const bring = async (value: string) => {
    const agent = new Agent();
    await begin(server, agent);
    const { status } = await bringAnswer(server, agent, value);
    return [status, server.facts.at(-1)?.ruleCode];
  };
  test('may be as long as the longest response becomes in it', async () => {
    expect(await bring(`${'A'.repeat(262_144 - 30_000)}${'+'.repeat(30_000)}`)).toEqual([
      403,
      'SAML_NOT_READABLE',
    ]);
  });
  test('of another kind is none, and no refused sign-in', async () => {
    const agent = new Agent();
    await begin(server, agent);
    const answer = await agent.send(`${server.url}/saml/acs`, {
      method: 'POST',
      headers: { 'content-type': 'application/xml' },
      json: 'text',
    });
    expect([answer.status, server.facts]).toEqual([415, []]);
  });
});

test('the sign-in that marks the browser’s session stays, however many are begun after it', async () => {
  const agent = await signedIn(server);
  const flows = () =>
    [...agent.cookies(server.url).keys()].filter((name) => name.startsWith('__Host-overblik_signin_'));
  const [first] = flows();
  for (let i = 0; i < 22; i++) await begin(server, agent);
  expect([flows().length, flows()[0]]).toEqual([21, first]);
});

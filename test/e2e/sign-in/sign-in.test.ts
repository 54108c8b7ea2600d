import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { KORSBAEK } from '../../../seed/authorities.js';
import { DEVELOPMENT_ISSUER } from '../../../seed/development/identity-provider.js';
import { SIGN_INS } from '../../../seed/development/sign-ins.js';
import { Agent } from '../../kit/agent.js';
import { DRAFT_SETTINGS, enforce, itemOf, must, until } from '../../kit/administration.js';
import { withoutReference } from '../../kit/message-page.js';
import { askBySession, responseFor, signInBySaml } from '../../kit/saml-sign-in.js';
import { startAllInOne, startDistributed, type Stack } from '../../kit/stack.js';

const ME = '{ me { authority { cvr } grants { role } } }';

describe.each([
  ['all-in-one', startAllInOne],
  ['distributed', startDistributed],
] as const)('sign-in by SAML and the session after it, %s', (_mode, start) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await start();
  }, 120_000);
  afterAll(() => stack[Symbol.asyncDispose]());

  const post = (agent: Agent, path: string, headers: Record<string, string> = { origin: stack.url }) =>
    agent.send(`${stack.url}${path}`, { method: 'POST', headers });

  test('signs in with the rights of the job-function roles, goes where it was asked to, and only to paths of ours', async () => {
    const { agent, to } = await signInBySaml(stack, 'benefit-caseworker', { back: '/citizens/x?case=y' });
    expect(to).toBe(`${stack.url}/citizens/x?case=y`);
    const mine = await askBySession(stack, agent, ME);
    const token = await must(stack, 'benefit-caseworker', ME, {});
    expect(mine.body.data).toEqual(token.data);
    expect(mine.body.data.me.grants.length).toBeGreaterThan(5);
    for (const back of [
      'https://evil.example/',
      '//evil.example/',
      '/\\evil.example',
      'javascript:alert(1)',
      '\\\\evil',
    ])
      expect((await signInBySaml(stack, 'citizen-service', { back })).to).toBe(`${stack.url}/`);
  });

  test('cookies are out of scripts’ reach, of one site, and hold nothing of anybody', async () => {
    const agent = new Agent();
    const response = await responseFor(stack, agent, 'benefit-caseworker');
    const answer = await agent.send(`${stack.url}/saml/acs`, { form: { SAMLResponse: response } });
    const lines = answer.headers.getSetCookie();
    expect(lines.length).toBe(4);
    for (const line of lines) {
      expect(line).toMatch(/^__(Host|Secure)-overblik_/);
      expect(line).toContain('HttpOnly');
      expect(line).toContain('Secure');
    }
    expect(lines.find((line) => line.includes('refresh'))).toContain('SameSite=Strict');
    expect(lines.find((line) => line.includes('session='))).toContain('SameSite=Lax');
    const claims = agent.cookies(stack.url).get('__Host-overblik_session')!.split('.')[1]!;
    const said = Buffer.from(claims, 'base64url').toString();
    expect(Object.keys(JSON.parse(said)).sort()).toEqual(['browser', 'exp', 'iat', 'iss', 'sid']);
    expect(said).not.toContain(KORSBAEK);
  });

  test('a session speaks from our own page alone, and in the browser it belongs to', async () => {
    const { agent } = await signInBySaml(stack, 'benefit-caseworker');
    expect((await askBySession(stack, agent, ME)).status).toBe(200);
    for (const headers of [
      {},
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: stack.url, 'sec-fetch-site': 'cross-site' },
      { origin: stack.url, 'sec-fetch-site': 'same-site' },
    ]) {
      const refused = await askBySession(stack, agent, ME, {}, headers);
      expect([refused.status, refused.body.errors[0].extensions.code]).toEqual([403, 'NOT_OWN_PAGE']);
    }
    for (const path of ['/session/refresh', '/session/end', '/session/end-everywhere'])
      expect((await post(agent, path, { origin: 'https://evil.example' })).status).toBe(403);
    // Taken along to another browser the token says nothing.
    const thief = new Agent();
    const jar = agent.cookies(stack.url);
    for (const name of ['__Host-overblik_session', '__Secure-overblik_refresh'])
      thief.cookies(stack.url).set(name, jar.get(name)!);
    expect((await askBySession(stack, thief, ME)).status).toBe(401);
    thief.cookies(stack.url).set('__Host-overblik_browser', 'x'.repeat(43));
    expect((await askBySession(stack, thief, ME)).status).toBe(401);
    expect((await post(thief, '/session/refresh')).status).toBe(401);
    expect((await askBySession(stack, agent, ME)).status).toBe(200);
  });

  test('the refresh token rotates; one used before ends the session for whoever holds it', async () => {
    const { agent } = await signInBySaml(stack, 'benefit-caseworker');
    const jar = agent.cookies(stack.url);
    const first = jar.get('__Secure-overblik_refresh')!;
    expect((await post(agent, '/session/refresh')).status).toBe(204);
    const second = jar.get('__Secure-overblik_refresh')!;
    expect(second).not.toBe(first);
    // Another window of the browser came a moment later: it gets a token, and no new refresh token.
    jar.set('__Secure-overblik_refresh', first);
    expect((await post(agent, '/session/refresh')).status).toBe(204);
    expect(jar.get('__Secure-overblik_refresh')).toBe(first);
    jar.set('__Secure-overblik_refresh', second);
    expect((await post(agent, '/session/refresh')).status).toBe(204);
    // Two rotations back: a copy.
    const copy = new Agent();
    for (const [name, value] of jar) copy.cookies(stack.url).set(name, value);
    copy.cookies(stack.url).set('__Secure-overblik_refresh', first);
    const reused = await post(copy, '/session/refresh');
    expect([reused.status, (await reused.json()).errors[0].extensions.code]).toEqual([401, 'SESSION_ENDED']);
    await until(async () => (await askBySession(stack, agent, ME)).status === 401);
  });

  test('signed out here, everywhere, by an administrator or by the identity provider: over within five seconds', async () => {
    const ways: readonly [string, (agent: Agent, other: Agent) => Promise<unknown>, both: boolean][] = [
      ['here', (agent) => post(agent, '/session/end'), false],
      ['everywhere', (agent) => post(agent, '/session/end-everywhere'), true],
      [
        'by an administrator',
        () =>
          must(stack, 'role-admin', 'mutation End($subject: ID!) { endSessionsOf(subject: $subject) }', {
            subject: 'user-benefit-caseworker',
          }),
        true,
      ],
    ];
    for (const [, end, both] of ways) {
      const { agent } = await signInBySaml(stack, 'benefit-caseworker');
      const { agent: other } = await signInBySaml(stack, 'benefit-caseworker');
      const copy = new Agent();
      for (const [name, value] of agent.cookies(stack.url)) copy.cookies(stack.url).set(name, value);
      expect((await askBySession(stack, copy, ME)).status).toBe(200);
      expect((await askBySession(stack, other, ME)).status).toBe(200);
      await end(agent, other);
      await until(async () => (await askBySession(stack, copy, ME)).status === 401, 5);
      const left = await askBySession(stack, other, ME);
      if (both) await until(async () => (await askBySession(stack, other, ME)).status === 401, 5);
      else expect(left.status).toBe(200);
    }
  });

  test('single logout: begun here it ends at the provider too; begun there it ends here', async () => {
    const provider = stack.gateway.identityProviderUrl!;
    const { agent } = await signInBySaml(stack, 'benefit-caseworker');
    const { next } = (await (await post(agent, '/session/end')).json()) as { next: string };
    expect(next.startsWith(`${provider}/logout?SAMLRequest=`)).toBe(true);
    const there = await agent.send(next);
    expect(there.to.startsWith(`${stack.url}/saml/logout?SAMLResponse=`)).toBe(true);
    expect((await agent.send(there.to)).to).toBe(`${stack.url}/saml/signed-out`);
    expect(await (await agent.send(`${stack.url}/saml/signed-out`)).text()).toContain('Du er logget af');
    expect(await (await agent.send(`${provider}/`)).text()).toContain('Ingen er logget på her');

    const again = await signInBySaml(stack, 'benefit-caseworker');
    const copy = new Agent();
    for (const [name, value] of again.agent.cookies(stack.url)) copy.cookies(stack.url).set(name, value);
    const asked = await again.agent.send(`${provider}/logout`, { method: 'POST', form: {} });
    expect(asked.to.startsWith(`${stack.url}/saml/logout?SAMLRequest=`)).toBe(true);
    // Unsigned, cut, and signed with something else: nobody is signed out by anybody.
    const forged = new URL(asked.to);
    for (const change of [
      (url: URL) => url.searchParams.delete('Signature'),
      (url: URL) => url.searchParams.set('Signature', 'AAAA'),
      (url: URL) => url.searchParams.set('SigAlg', 'http://www.w3.org/2000/09/xmldsig#rsa-sha1'),
      (url: URL) => url.searchParams.append('SAMLRequest', url.searchParams.get('SAMLRequest')!),
    ]) {
      const url = new URL(forged);
      change(url);
      expect((await copy.send(url.href)).status).toBe(403);
    }
    expect((await askBySession(stack, copy, ME)).status).toBe(200);
    const done = await again.agent.send(asked.to);
    expect(done.to.startsWith(`${provider}/logout?SAMLResponse=`)).toBe(true);
    await until(async () => (await askBySession(stack, copy, ME)).status === 401, 5);
  });

  test('a refused sign-in is one neutral page, its true reason is in the log, and there is no session', async () => {
    const reasons = async () => {
      const entries = stack.gateway.store.database('audit').collection('entries');
      const found = await entries.find({ event: 'signed-in', decision: 'REFUSE' }).toArray();
      return found.map((logged) => String(logged['ruleCode']));
    };
    const pages = new Set<string>();
    const refuse = async (response: string, agent: Agent, reason: string) => {
      const before = (await reasons()).length;
      const answer = await agent.send(`${stack.url}/saml/acs`, {
        form: { SAMLResponse: response, RelayState: 'https://evil.example' },
      });
      expect(answer.status).toBe(403);
      pages.add(withoutReference(await answer.text()));
      expect((await reasons()).slice(before)).toEqual([reason]);
      expect([...agent.cookies(stack.url).keys()].filter((name) => name.includes('session'))).toEqual([]);
      expect((await askBySession(stack, agent, ME)).status).toBe(401);
    };
    const agent = new Agent();
    const response = await responseFor(stack, agent, 'benefit-caseworker');
    // Brought by another browser: login CSRF. Then in its own, tampered with, which uses the request up.
    await refuse(response, new Agent(), 'SAML_NOT_REQUESTED');
    const tampered = Buffer.from(
      Buffer.from(response, 'base64')
        .toString()
        .replace(/<\w*:?CipherValue>..../, (all) => `${all.slice(0, -4)}AAAA`),
    ).toString('base64');
    await refuse(tampered, agent, 'SAML_INVALID');
    await refuse(response, agent, 'SAML_NOT_REQUESTED');
    await refuse('%%%', agent, 'SAML_NOT_READABLE');
    await refuse('A'.repeat(600_000), agent, 'SAML_TOO_LARGE');
    await refuse(Buffer.from('<!DOCTYPE a><a/>').toString('base64'), agent, 'SAML_DOCTYPE');
    expect(pages.size).toBe(1);
    expect((await agent.send(`${stack.url}/saml/acs`, { form: {} })).status).toBe(403);
    const second = new Agent();
    const good = await responseFor(stack, second, 'benefit-caseworker');
    expect((await second.send(`${stack.url}/saml/acs`, { form: { SAMLResponse: good } })).status).toBe(303);
    // A copy of it in another browser signs nobody in; what becomes of it in its own stands in tabs.test.ts.
    await refuse(good, new Agent(), 'SAML_NOT_REQUESTED');
  });

  test('a bearer token for an authority that its issuer does not speak for is refused and recorded', async () => {
    const entries = stack.gateway.store.database('audit').collection('entries');
    const refused = () => entries.find({ ruleCode: 'ISSUER_AUTHORITY' }).sort({ at: 1 }).toArray();
    const before = (await refused()).length;
    const [some] = SIGN_INS;
    for (const path of ['/graphql', '/events']) {
      const token = await stack.tokenOf({ ...some!, cvr: '99999999' });
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const send = () =>
        fetch(`${stack.url}${path}`, {
          headers,
          ...(path === '/graphql' && { method: 'POST', body: JSON.stringify({ query: ME }) }),
        });
      for (let time = 0; time < 3; time++) expect((await send()).status).toBe(401);
    }
    const found = (await refused()).slice(before);
    expect(found).toHaveLength(2);
    for (const entry of found)
      expect(entry).toMatchObject({
        event: 'signed-in',
        decision: 'REFUSE',
        cvr: '00000000',
        user: some!.subject,
        criteria: [
          { name: 'issuer', value: DEVELOPMENT_ISSUER },
          { name: 'authority', value: '99999999' },
        ],
      });
  });

  test('whoever listens for changes while nobody can say who listens must come back, and is not signed out', async () => {
    const { agent } = await signInBySaml(stack, 'benefit-caseworker');
    await stack.stop('access');
    try {
      const response = await agent.send(`${stack.url}/events`);
      expect(response.status).toBe(503);
      expect(await response.json()).toMatchObject({
        errors: [{ extensions: { code: 'ACCESS_UNAVAILABLE' } }],
      });
    } finally {
      await stack.start('access');
    }
  });

  test('a role that takes a sign-in of level High gives nothing to one of level Substantial', async () => {
    const { agent } = await signInBySaml(stack, 'benefit-caseworker');
    const roles = async () =>
      (await askBySession(stack, agent, ME)).body.data.me.grants.map(({ role }: any) => role) as string[];
    expect(await roles()).toContain('benefit-read');
    const settings = async (highAssuranceRoles: string[]) => {
      const { revision } = (await itemOf(stack, 'SETTINGS', 'settings')) ?? { revision: 0 };
      const input = {
        revision,
        sectionsOff: [],
        remarkTypes: ['OBS Tolk'],
        highAssuranceRoles,
        liftMinutes: 60,
        reviewDays: 7,
        lookUpsPerHour: 100,
        sessionIdleMinutes: 30,
        sessionHours: 10,
        ownRecord: 'REFUSE',
        kin: 'REFUSE',
        colleagues: 'ALARM',
        why: 'Følsomme ydelser kræver mere.',
      };
      return stack.ask('role-admin', DRAFT_SETTINGS, { input });
    };
    const wrong = await settings(['no-such-role']);
    expect(wrong.errors[0]!.extensions).toMatchObject({ code: 'BAD_INPUT', field: 'highAssuranceRoles' });
    expect((await settings(['benefit-read'])).errors).toEqual([]);
    await enforce(stack, 'SETTINGS', 'settings');
    await until(async () => !(await roles()).includes('benefit-read'));
    expect(await roles()).toContain('case-read');
    await settings([]);
    await enforce(stack, 'SETTINGS', 'settings');
    await until(async () => (await roles()).includes('benefit-read'));
  });

  test('metadata names our entity, where to post, and the certificate to encrypt to', async () => {
    const xml = await (await fetch(`${stack.url}/saml/metadata`)).text();
    expect(xml).toContain(`entityID="${stack.url}/saml/metadata"`);
    expect(xml).toContain(`Location="${stack.url}/saml/acs"`);
    expect(xml).toContain('WantAssertionsSigned="true"');
    expect(xml).toContain('use="encryption"');
    expect(xml).toContain('use="signing"');
  });

  test('whoever works in one of several authorities is asked which', async () => {
    const page = await (await fetch(`${stack.url}/saml/login`)).text();
    expect(page).toContain('Korsbæk Kommune');
    expect(page).toContain('Mosekær Kommune');
    expect((await fetch(`${stack.url}/saml/login?cvr=99999999`)).status).toBe(403);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import cookie from '@fastify/cookie';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { AddressInfo } from 'node:net';
import { AccessTokens } from '../../../gateway/sessions/access-tokens.js';
import { newFlow, browserMark } from '../../../gateway/sessions/flows.js';
import { newSecret } from '../../../gateway/sessions/secrets.js';
import { SessionKeeper } from '../../../gateway/sessions/session-keeper.js';
import { accessIngest } from '../../../subgraphs/access/ingest/access-ingest.js';
import { ERROR_CATALOGUE } from '../../../subgraphs/shared/errors/catalogue.js';
import type { SessionsPort } from '../../../subgraphs/shared/ports/sessions.js';
import { Agent } from '../../kit/agent.js';
import { oneRequest } from '../../kit/one-request.js';
import { startTestStore, type TestStore } from '../../kit/store.js';

const WHO = {
  subject: 'user',
  cvr: '12345678',
  unit: 'unit',
  personId: 'person',
  roles: [],
  assurance: 'SUBSTANTIAL' as const,
};
const FROM = { provider: 'p', nameId: 'n', nameIdFormat: 'f', sessionIndex: 'index' };
const SESSION = '__Host-overblik_session';
const BROWSER = '__Host-overblik_browser';
const REFRESH = '__Secure-overblik_refresh';

let store: TestStore;
let sessions: SessionsPort;
let clock: number;
beforeAll(async () => {
  store = await startTestStore();
  sessions = accessIngest(store.client.db('access'));
});
afterAll(() => store[Symbol.asyncDispose]());
beforeEach(() => {
  clock = Date.parse('2026-11-22T12:00:00Z');
});

/** A gateway's keeper of sessions over the one store. */
const newKeeper = (over: SessionsPort = sessions) => {
  const now = () => new Date(clock);
  return new SessionKeeper(new AccessTokens(Buffer.alloc(32, 7), now), over, now);
};

type Jar = Map<string, string>;

/** Lets a keeper answer one request with a browser's cookies, and keeps what it gives back. */
async function send<T>(
  jar: Jar,
  act: (request: FastifyRequest, reply: FastifyReply) => Promise<T>,
): Promise<T> {
  const { answer, written } = await oneRequest({ cookies: Object.fromEntries(jar) }, act);
  for (const { name, value } of written) {
    if (value === '') jar.delete(name);
    else jar.set(name, value);
  }
  return answer;
}

/** @returns a browser that has just signed in, and the id of its session. */
async function signedIn(keeper: SessionKeeper, who = WHO): Promise<{ jar: Jar; sid: string }> {
  const jar: Jar = new Map();
  const sid = await send(jar, (_request, reply) => keeper.begin(reply, who, FROM, []));
  return { jar, sid };
}
const callerOf = (keeper: SessionKeeper, jar: Jar) => send(jar, (request) => keeper.callerOf(request));
const refresh = (keeper: SessionKeeper, jar: Jar) =>
  send(jar, (request, reply) => keeper.refresh(request, reply));

describe('who calls by session', () => {
  test('is who signed in, until the earlier of its two ends', async () => {
    const keeper = newKeeper();
    const { jar, sid } = await signedIn(keeper);
    const answer = await callerOf(keeper, jar);
    if (!('caller' in answer)) throw new Error('nobody');
    const { live, facts } = answer.caller;
    const end = Math.min(live.idleEndsAt.getTime(), live.endsAt.getTime()) / 1000;
    expect(answer.caller.sid).toBe(sid);
    expect(facts).toEqual({ ...WHO, voids: [], jumps: [], issuedAt: clock / 1000, expiresAt: end });
    expect(await keeper.isLive(sid)).toBe(true);
  });
  test.each<[string, (jar: Jar, other: Jar) => void]>([
    ['without a token', (jar) => jar.delete(SESSION)],
    ['without the browser’s own cookie', (jar) => jar.delete(BROWSER)],
    ['with a token that is none', (jar) => jar.set(SESSION, 'token')],
    ['with a token in another browser', (jar, other) => jar.set(BROWSER, other.get(BROWSER)!)],
    ['with another’s token in this browser', (jar, other) => jar.set(SESSION, other.get(SESSION)!)],
  ])('is nobody %s', async (_says, spoil) => {
    const keeper = newKeeper();
    const [{ jar }, { jar: other }] = [await signedIn(keeper), await signedIn(keeper)];
    spoil(jar, other);
    expect(await callerOf(keeper, jar)).toEqual({ ended: undefined });
  });
  test('is nobody when the token names a session of another browser', async () => {
    const keeper = newKeeper();
    const [{ jar }, { sid }] = [await signedIn(keeper), await signedIn(keeper)];
    const own = (await keeper.tokens.verify(jar.get(SESSION)!))!;
    jar.set(SESSION, await keeper.tokens.issue(sid, own.browser));
    expect(await callerOf(keeper, jar)).toEqual({ ended: 'UNKNOWN' });
  });
  test('a session nobody began is unknown', async () => {
    expect(await newKeeper().isLive('5f0c0a2e-0000-4000-8000-000000000001')).toBe(false);
  });
  test('the use of a session is noted, and noted once in a while only', async () => {
    const touched: string[] = [];
    const keeper = newKeeper({
      ...sessions,
      touchSession: async (sid, at) => {
        touched.push(sid);
        await sessions.touchSession(sid, at);
      },
    });
    const { jar, sid } = await signedIn(keeper);
    for (const _time of [1, 2]) await callerOf(keeper, jar);
    expect(touched).toEqual([sid]);
  });
});

describe('what is known of a session', () => {
  const reach = (keeper: SessionKeeper, jar: Jar) =>
    send(jar, async (request, reply) => {
      const answer = await keeper.callerOf(request);
      if ('caller' in answer) await keeper.reach(reply, answer.caller, 'reached');
    });
  const reachOf = async (keeper: SessionKeeper, jar: Jar) => {
    const answer = await callerOf(keeper, jar);
    return 'caller' in answer ? answer.caller.live.reach : answer;
  };

  test('holds for a moment: it is not asked for with every call', async () => {
    let asked = 0;
    const session: SessionsPort['session'] = (id, at) => {
      asked++;
      return sessions.session(id, at);
    };
    const keeper = newKeeper({ ...sessions, session });
    const { jar } = await signedIn(keeper);
    for (let i = 0; i < 20; i++) await callerOf(keeper, jar);
    expect(asked).toBeLessThan(20);
  });
  test('is forgotten in every tab of the browser when one brings a person within reach', async () => {
    const keeper = newKeeper();
    const flow = newFlow('0123456789abcdef', new Date(clock));
    const [tab, second]: [Jar, Jar] = [new Map(), new Map()];
    const who = { ...WHO, subject: 'two tabs' };
    for (const jar of [tab, second])
      await send(jar, (_request, reply) => keeper.begin(reply, who, FROM, [flow]));
    // One that is over is known as well, and belongs to no browser any more.
    const over = await signedIn(keeper);
    await sessions.endSession(over.sid, new Date(clock));
    expect(await keeper.isLive(over.sid)).toBe(false);
    expect(await reachOf(keeper, tab)).toEqual([]);
    await reach(keeper, second);
    expect(await reachOf(keeper, tab)).toEqual(['reached']);
  });
});

describe('a refresh', () => {
  test('gives a new token, and changes its own for another', async () => {
    const keeper = newKeeper();
    const { jar, sid } = await signedIn(keeper);
    const before = new Map(jar);
    clock += 60_000;
    expect(await refresh(keeper, jar)).toBe('ROTATED');
    expect([jar.get(REFRESH) === before.get(REFRESH), jar.get(SESSION) === before.get(SESSION)]).toEqual([
      false,
      false,
    ]);
    expect(jar.get(REFRESH)!.startsWith(`${sid}.`)).toBe(true);
    expect(await refresh(keeper, jar)).toBe('ROTATED');
    expect(await callerOf(keeper, jar)).toHaveProperty('caller');
  });
  test('by another window at the same moment gets a token and no new refresh', async () => {
    const keeper = newKeeper();
    const { jar } = await signedIn(keeper);
    const window = new Map(jar);
    const before = new Map(jar);
    await refresh(keeper, jar);
    clock += 1000;
    expect(await refresh(keeper, window)).toBe('RECENT');
    expect(window.get(REFRESH)).toBe(before.get(REFRESH));
    expect(window.get(SESSION)).not.toBe(before.get(SESSION));
    expect(await callerOf(keeper, window)).toHaveProperty('caller');
  });
  test('with a copy of an old token ends the session for everybody, here at once', async () => {
    const keeper = newKeeper();
    const { jar, sid } = await signedIn(keeper);
    const copy = new Map(jar);
    await refresh(keeper, jar);
    await callerOf(keeper, jar);
    clock += 11_000;
    const before = new Map(copy);
    expect(await refresh(keeper, copy)).toBe('REFRESH_REUSED');
    expect(copy).toEqual(before);
    expect(await callerOf(keeper, jar)).toEqual({ ended: 'REFRESH_REUSED' });
    expect(await keeper.isLive(sid)).toBe(false);
    expect(await refresh(keeper, jar)).toBe('REFRESH_REUSED');
  });
  test.each<[string, (jar: Jar, other: Jar) => void]>([
    ['without a token', (jar) => jar.delete(REFRESH)],
    ['without the browser’s own cookie', (jar) => jar.delete(BROWSER)],
    ['in another browser', (jar, other) => jar.set(BROWSER, other.get(BROWSER)!)],
    ['with a name and no secret', (jar) => jar.set(REFRESH, jar.get(REFRESH)!.split('.')[0]!)],
    ['with a secret and no name', (jar) => jar.set(REFRESH, `.${jar.get(REFRESH)!.split('.')[1]!}`)],
    ['of a session nobody began', (jar) => jar.set(REFRESH, `nobody.${newSecret()}`)],
  ])('%s gives nothing, and ends nothing', async (_says, spoil) => {
    const keeper = newKeeper();
    const [{ jar, sid }, { jar: other }] = [await signedIn(keeper), await signedIn(keeper)];
    spoil(jar, other);
    const before = new Map(jar);
    expect(await refresh(keeper, jar)).toBe('UNKNOWN');
    expect([new Map(jar), await keeper.isLive(sid)]).toEqual([before, true]);
  });
});

describe('the end of a session', () => {
  test('takes its cookies away and holds here at once', async () => {
    const keeper = newKeeper();
    const { jar, sid } = await signedIn(keeper);
    const kept = new Map(jar);
    await callerOf(keeper, jar);
    await send(jar, (_request, reply) => keeper.end(reply, sid));
    expect([...jar]).toEqual([]);
    expect(await callerOf(keeper, kept)).toEqual({ ended: 'SIGNED_OUT' });
  });
  test('of all sessions of a user leaves another user’s alone', async () => {
    const keeper = newKeeper();
    const mine = { ...WHO, subject: 'mine' };
    const [first, second] = [await signedIn(keeper, mine), await signedIn(keeper, mine)];
    const { sid: others } = await signedIn(keeper, { ...WHO, subject: 'other' });
    for (const { sid } of [first, second]) await keeper.isLive(sid);
    expect(await send(first.jar, (_request, reply) => keeper.endAllOf(reply, mine))).toBe(2);
    expect([...first.jar]).toEqual([]);
    const live = await Promise.all([first.sid, second.sid, others].map((sid) => keeper.isLive(sid)));
    expect(live).toEqual([false, false, true]);
  });
  test('that the identity provider asks for holds here at once', async () => {
    const keeper = newKeeper();
    const { jar, sid } = await signedIn(keeper);
    await keeper.isLive(sid);
    const named = { provider: 'p', nameId: 'n', sessionIndexes: [] };
    const { ended } = await send(jar, (_request, reply) => keeper.endNamed(reply, named));
    expect(ended).toContainEqual({ cvr: WHO.cvr, subject: WHO.subject });
    expect([[...jar], await keeper.isLive(sid)]).toEqual([[], false]);
  });
});

describe('the mark of a browser', () => {
  const flow = (number: number) => newFlow(String(number).padStart(16, '0'), new Date(clock + number));
  const begin = (jar: Jar, flows: Parameters<SessionKeeper['begin']>[3], who = WHO) => {
    const keeper = newKeeper();
    return send(jar, (_request, reply) => keeper.begin(reply, who, FROM, flows));
  };
  test('is that of its oldest sign-in, so that tabs that end at once agree', async () => {
    const jar: Jar = new Map();
    const flows = [flow(1), flow(2)];
    await begin(jar, flows, { ...WHO, subject: 'tabs' });
    expect(jar.get(BROWSER)).toBe(browserMark(flows[0]!));
  });
  test('is the one a session of this user bears already', async () => {
    const [first, second]: [Jar, Jar] = [new Map(), new Map()];
    const [old, young] = [flow(1), flow(2)];
    await begin(first, [young], { ...WHO, subject: 'later' });
    await begin(second, [old, young], { ...WHO, subject: 'later' });
    expect(second.get(BROWSER)).toBe(first.get(BROWSER));
    await begin(second, [old, young], { ...WHO, subject: 'somebody else' });
    expect(second.get(BROWSER)).toBe(browserMark(old));
  });
});

test('when nobody can say, nobody is let in and nobody is shown as signed out', async () => {
  const keeper = newKeeper();
  const { jar, sid } = await signedIn(keeper);
  const gone = () => Promise.reject(new Error('a network that is gone'));
  const cut = newKeeper({ ...sessions, session: gone, rotateSession: gone, endSession: gone });
  for (const act of [
    () => callerOf(cut, jar),
    () => cut.isLive(sid),
    () => refresh(cut, jar),
    () => send(jar, (_request, reply) => cut.end(reply, sid)),
  ])
    await expect(act()).rejects.toThrow(ERROR_CATALOGUE.ACCESS_UNAVAILABLE.text.en);
  expect(await callerOf(keeper, jar)).toHaveProperty('caller');
});

test('a person that a jump has brought within reach can be opened at once, by every gateway', async () => {
  const gateway = async (): Promise<FastifyInstance> => {
    const keeper = newKeeper();
    const app = Fastify();
    await app.register(cookie);
    app.get('/begin', async (_request, reply) => reply.send(await keeper.begin(reply, WHO, FROM, [])));
    app.get('/reach', async (request, reply) => {
      const answer = await keeper.callerOf(request);
      if ('caller' in answer) await keeper.reach(reply, answer.caller, 'person');
      return reply.send({});
    });
    app.get('/seen', async (request) => {
      const answer = await keeper.callerOf(request);
      return 'caller' in answer ? answer.caller.live.reach : answer;
    });
    await app.listen({ host: '127.0.0.1', port: 0 });
    return app;
  };
  const [first, other] = await Promise.all([gateway(), gateway()]);
  const agent = new Agent();
  const ask = async (app: FastifyInstance, path: string): Promise<unknown> => {
    const { port } = app.server.address() as AddressInfo;
    // One name before both gateways, as a load balancer gives them.
    const url = `http://127.0.0.1:${port}${path}`;
    for (const [name, value] of agent.cookies('http://overblik')) agent.cookies(url).set(name, value);
    const answer = await (await agent.send(url)).text();
    for (const [name, value] of agent.cookies(url)) agent.cookies('http://overblik').set(name, value);
    return answer;
  };
  await ask(first, '/begin');
  // Both have just looked at the session, and know it for as long as they may.
  expect([await ask(first, '/seen'), await ask(other, '/seen')]).toEqual(['[]', '[]']);
  await ask(first, '/reach');
  expect(await ask(other, '/seen')).toBe('["person"]');
  expect(await ask(first, '/seen')).toBe('["person"]');
  await Promise.all([first.close(), other.close()]);
});

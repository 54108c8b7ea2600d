import { describe, expect, test } from '@jest/globals';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  clearCookie,
  cookiesOf,
  readCookie,
  setCookie,
  type CookieName,
} from '../../../gateway/sessions/cookies.js';
import {
  browserMark,
  flowOf,
  flowsOf,
  holdFlow,
  isFlowKey,
  keepFlow,
  newFlow,
  signInKey,
  type Flow,
} from '../../../gateway/sessions/flows.js';
import { isOwnPage } from '../../../gateway/sessions/same-origin.js';
import { newSecret } from '../../../gateway/sessions/secrets.js';
import { oneRequest, type OneRequest } from '../../kit/one-request.js';

const NAME = '__Host-overblik_signin_';
const NOW = new Date('2026-11-22T12:00:00Z');
const KEY = '0123456789abcdef';
const secret = newSecret();
const flowAt = (number: number): Flow => ({
  key: number.toString(16).padStart(16, '0'),
  begunAt: NOW.getTime() + number,
  secret,
});
const valueOf = ({ begunAt, secret: mine }: Flow) => `${begunAt.toString(36)}.${mine}`;
const holding = (...flows: Flow[]) =>
  Object.fromEntries(flows.map((flow) => [`${NAME}${flow.key}`, valueOf(flow)]));

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}
const send = <T>(sent: OneRequest, act: (exchange: Exchange) => T) =>
  oneRequest(sent, (request, reply) => act({ request, reply }));
const heldBy = async (cookies: Record<string, string>, kind: 'signIn' | 'jump' = 'signIn') =>
  (await send({ cookies }, ({ request }) => flowsOf(request, kind))).answer;

describe('the flows a browser holds', () => {
  test('come oldest first; of one moment in the order of their keys', async () => {
    const twin = { ...flowAt(2), key: 'ffffffffffffffff' };
    for (const sent of [
      [twin, flowAt(3), flowAt(2), flowAt(1)],
      [flowAt(1), flowAt(2), flowAt(3), twin],
    ])
      expect(await heldBy(holding(...sent))).toEqual([flowAt(1), flowAt(2), twin, flowAt(3)]);
  });
  test('are found by their key, and among their own kind', async () => {
    const cookies = holding(flowAt(1), flowAt(2));
    const found = async (key: string | undefined) =>
      (await send({ cookies }, ({ request }) => flowOf(request, 'signIn', key))).answer;
    expect([await found(flowAt(2).key), await found(KEY), await found(undefined)]).toEqual([
      flowAt(2),
      undefined,
      undefined,
    ]);
    expect(await heldBy(cookies, 'jump')).toEqual([]);
  });
  test.each<[string, string, string]>([
    ['a key that is too short', KEY.slice(1), valueOf(flowAt(1))],
    ['a key that is too long', `${KEY}0`, valueOf(flowAt(1))],
    ['a key in capitals', KEY.toUpperCase(), valueOf(flowAt(1))],
    ['no key', '', valueOf(flowAt(1))],
    ['a secret that is too short', KEY, valueOf(flowAt(1)).slice(0, -1)],
    ['something after the secret', KEY, `${valueOf(flowAt(1))}x`],
    ['something before the time', KEY, `xx${valueOf(flowAt(1))}`],
    ['no secret', KEY, NOW.getTime().toString(36)],
    ['no time', KEY, `.${secret}`],
    ['nothing', KEY, ''],
    ['far too much', KEY, `${valueOf(flowAt(1))}${'x'.repeat(3000)}`],
  ])('are none of: %s', async (_says, key, value) => {
    expect(await heldBy({ [`${NAME}${key}`]: value })).toEqual([]);
  });
});

test('a sign-in is named by its request’s id, and by no other id', () => {
  expect(signInKey(`_${KEY}abcdef`)).toBe(KEY);
  for (const id of ['', '_', `_${KEY.slice(1)}`, `_${KEY.slice(1)}g`]) expect(signInKey(id)).toBeUndefined();
  for (const key of [undefined, null, 5, [KEY]]) expect(isFlowKey(key)).toBe(false);
});

test('a new flow has a secret of its own', () => {
  const [first, second] = [newFlow(KEY, NOW), newFlow(KEY, NOW)];
  expect(first).toMatchObject({ key: KEY, begunAt: NOW.getTime() });
  expect(first.secret).not.toBe(second.secret);
});

test('the mark of a browser follows from the secret and tells nothing of it', () => {
  expect(browserMark(flowAt(1))).toBe(browserMark(flowAt(2)));
  expect(browserMark({ ...flowAt(1), secret: newSecret() })).not.toBe(browserMark(flowAt(1)));
  expect(browserMark(flowAt(1))).not.toContain(secret);
});

describe('a browser keeps a flow', () => {
  const hold = async (held: number, stays?: (flow: Flow) => boolean) => {
    const cookies = holding(...Array.from({ length: held }, (_, number) => flowAt(number)));
    const { written } = await send({ cookies }, (exchange) =>
      holdFlow(exchange, 'signIn', flowAt(100), 600, stays),
    );
    const [given] = written.filter(({ value }) => value !== '');
    return { given, taken: written.filter(({ value }) => value === '') };
  };
  const bound = { path: '/', httpOnly: true, secure: true };
  test('for so long, out of reach of scripts and of plain HTTP', async () => {
    const { given, taken } = await hold(0);
    const name = `${NAME}${flowAt(100).key}`;
    expect(given).toEqual({ name, value: valueOf(flowAt(100)), sameSite: 'None', maxAge: 600, ...bound });
    expect(taken).toEqual([]);
  });
  test('until it is closed', async () => {
    const { written } = await send({}, ({ reply }) => keepFlow(reply, 'jump', flowAt(1)));
    const name = `__Host-overblik_jump_${flowAt(1).key}`;
    expect(written).toEqual([{ name, value: valueOf(flowAt(1)), sameSite: 'Lax', ...bound }]);
  });
  test('beside nineteen others; the oldest give way to more', async () => {
    expect((await hold(19)).taken).toEqual([]);
    expect((await hold(21)).taken).toMatchObject([
      { name: `${NAME}${flowAt(0).key}`, sameSite: 'None', ...bound },
      { name: `${NAME}${flowAt(1).key}`, sameSite: 'None', ...bound },
    ]);
  });
  test('and never in the place of one that must stay', async () => {
    expect((await hold(20, ({ key }) => key === flowAt(0).key)).taken).toEqual([]);
  });
});

describe('a cookie goes to our own host alone, by HTTPS, out of reach of scripts', () => {
  test.each<[CookieName, string, string, string]>([
    ['access', '__Host-overblik_session', '/', 'Lax'],
    ['browser', '__Host-overblik_browser', '/', 'Lax'],
    ['refresh', '__Secure-overblik_refresh', '/session', 'Strict'],
    ['signIn', '__Host-overblik_signin_', '/', 'None'],
    ['jump', '__Host-overblik_jump_', '/', 'Lax'],
  ])('%s', async (cookieName, name, path, sameSite) => {
    const bound = { name, path, sameSite, httpOnly: true, secure: true };
    const { written } = await send({}, ({ reply }) => setCookie(reply, cookieName, 'value'));
    expect(written).toEqual([{ ...bound, value: 'value' }]);
    const { written: lasting } = await send({}, ({ reply }) =>
      setCookie(reply, cookieName, 'value', { seconds: 60 }),
    );
    expect(lasting).toEqual([{ ...bound, value: 'value', maxAge: 60 }]);
    const { written: cleared } = await send({}, ({ reply }) => clearCookie(reply, cookieName));
    expect(cleared).toMatchObject([{ ...bound, value: '' }]);
    expect(cleared[0]!.expires!.getTime()).toBeLessThan(Date.now());
  });
});

test('of a kind are the cookies of its name that are not far too long', async () => {
  const cookies = {
    [`${NAME}a`]: 'x'.repeat(2048),
    [`${NAME}b`]: 'x'.repeat(2049),
    [`${'x'.repeat(NAME.length)}c`]: 'another',
  };
  const { answer } = await send({ cookies }, ({ request }) => cookiesOf(request, 'signIn'));
  expect(answer).toEqual([{ key: 'a', value: 'x'.repeat(2048) }]);
});

test('a cookie that is far too long is none', async () => {
  const read = async (cookies: Record<string, string>) =>
    (await send({ cookies }, ({ request }) => readCookie(request, 'access'))).answer;
  const long = async (length: number) =>
    (await read({ '__Host-overblik_session': 'x'.repeat(length) }))?.length;
  expect([await long(2048), await long(2049), await read({})]).toEqual([2048, undefined, undefined]);
});

describe('a request that changes something is our own page’s', () => {
  const ORIGIN = 'https://overblik.example';
  test.each<[string, Record<string, string>, boolean]>([
    ['by its origin', { origin: ORIGIN }, true],
    ['by its origin and the browser’s word', { origin: ORIGIN, 'sec-fetch-site': 'same-origin' }, true],
    ['not from another site', { origin: 'https://evil.example' }, false],
    ['not from another port', { origin: `${ORIGIN}:444` }, false],
    ['not by plain HTTP', { origin: 'http://overblik.example' }, false],
    ['not without an origin', {}, false],
    ['not without an origin, whatever else the browser says', { 'sec-fetch-site': 'same-origin' }, false],
    ['not from a neighbour', { origin: ORIGIN, 'sec-fetch-site': 'same-site' }, false],
    ['not from elsewhere', { origin: ORIGIN, 'sec-fetch-site': 'cross-site' }, false],
    ['not from an address bar', { origin: ORIGIN, 'sec-fetch-site': 'none' }, false],
  ])('%s', async (_says, headers, isOurs) => {
    const { answer } = await send({ headers }, ({ request }) => isOwnPage(request, `${ORIGIN}/path`));
    expect(answer).toBe(isOurs);
  });
});

import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { sessionFetch } from '../../../web/api/session-fetch.js';

const answered: Response[] = [];
const asked: string[] = [];
const real = globalThis.fetch;

beforeEach(() => {
  jest.useFakeTimers();
  answered.length = 0;
  asked.length = 0;
  globalThis.fetch = (input) => {
    asked.push(new Request(new URL(input instanceof Request ? input.url : input, 'http://here.invalid')).url);
    return Promise.resolve(answered.shift() ?? new Response('{}'));
  };
});
afterEach(() => {
  globalThis.fetch = real;
  jest.useRealTimers();
});

const BUSY = JSON.stringify({ errors: [{ message: 'busy', extensions: { code: 'BUSY' } }] });
const busy = (seconds?: string, body = BUSY) =>
  new Response(body, { status: 503, ...(seconds !== undefined && { headers: { 'retry-after': seconds } }) });
const send = async (): Promise<number> => {
  const sent = sessionFetch(() => undefined)('/graphql');
  await jest.advanceTimersByTimeAsync(60_000);
  return (await sent).status;
};

test('what there was no room for is sent again after the time the gateway asks for', async () => {
  answered.push(busy('1'), busy('1'));
  const sent = sessionFetch(() => undefined)('/graphql');
  await jest.advanceTimersByTimeAsync(999);
  expect(asked).toHaveLength(1);
  await jest.advanceTimersByTimeAsync(1);
  expect(asked).toHaveLength(2);
  await jest.advanceTimersByTimeAsync(1000);
  expect((await sent).status).toBe(200);
});

test('after some tries the answer is handed on, for the page to say it', async () => {
  answered.push(...Array.from({ length: 9 }, () => busy('1')));
  expect(await send()).toBe(503);
  expect(asked).toHaveLength(4);
});

test.each([
  ['no time is named', undefined],
  ['the time is long', '60'],
  ['the time is no number', 'soon'],
])('when %s, the answer is handed on at once', async (_when, seconds) => {
  answered.push(busy(seconds));
  expect(await send()).toBe(503);
  expect(asked).toHaveLength(1);
});

test.each([
  ['a proxy', '<h1>503 Service Unavailable</h1>'],
  ['a refusal of another kind', BUSY.replace('BUSY', 'AUDIT_UNAVAILABLE')],
])('a wait asked for by %s is not taken for nothing done: the answer is handed on', async (_who, body) => {
  answered.push(busy('1', body));
  expect(await send()).toBe(503);
  expect(asked).toHaveLength(1);
});

test('a token that has run out is renewed once; a session that is over is called', async () => {
  const ended = jest.fn();
  answered.push(new Response('', { status: 401 }), new Response('{}'), new Response('', { status: 401 }));
  const response = await sessionFetch(ended)('/graphql');
  expect(asked).toEqual(
    ['/graphql', '/session/refresh', '/graphql'].map((path) => `http://here.invalid${path}`),
  );
  expect(response.status).toBe(401);
  expect(ended).toHaveBeenCalledTimes(1);
});

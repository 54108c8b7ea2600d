import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { OVERVIEW, startAllInOne, type Stack } from '../../kit/stack.js';

const AT_ONCE = 2;

/** While it is closed, the subgraph of persons answers nobody. */
let gate: Promise<void> = Promise.resolve();
let waiting = 0;
let stack: Stack;
beforeAll(async () => {
  stack = await startAllInOne({
    settings: { OPERATIONS_AT_ONCE: String(AT_ONCE) },
    wrapTransport: (transport) =>
      transport.name === 'citizens'
        ? {
            ...transport,
            async execute(...call) {
              waiting++;
              await gate;
              return transport.execute(...call);
            },
          }
        : transport,
  });
}, 120_000);
afterAll(() => stack[Symbol.asyncDispose]());

const overview = (signIn = 'vip-cleared') =>
  stack.ask(signIn, OVERVIEW, { id: stack.story('every-system').citizenId });
const refusals = async () => {
  const metrics = await (await fetch(`${stack.gateway.operationsUrl}/metrics`)).text();
  return Number(/overblik_requests_total\{outcome="BUSY"\} (\d+)/.exec(metrics)?.[1] ?? 0);
};
/** Closes the way to the persons. @returns the function that opens it */
function close(): () => void {
  let open!: () => void;
  gate = new Promise((resolve) => (open = resolve));
  waiting = 0;
  return open;
}
const arrived = async (count: number) => {
  while (waiting < count) await new Promise(setImmediate);
};

test('more operations than there is room for are refused at once, and those inside are answered whole', async () => {
  const open = close();
  const inside = [overview(), overview('benefit-caseworker')];
  await arrived(AT_ONCE);
  const refused = await overview('family-adviser');
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
  expect(refused.errors.map(({ extensions }) => extensions['code'])).toEqual(['BUSY']);
  expect(await refusals()).toBe(1);
  open();
  for (const { status } of await Promise.all(inside)) expect(status).toBe(200);
  expect([(await overview()).status, await refusals()]).toEqual([200, 1]);
});

test('one user leaves room for others', async () => {
  const open = close();
  const inside = overview();
  await arrived(1);
  expect((await overview()).status).toBe(503);
  const other = overview('benefit-caseworker');
  await arrived(2);
  open();
  expect([(await inside).status, (await other).status]).toEqual([200, 200]);
});

/** Begins a request whose body never comes. */
async function beginRequest(authorization: string): Promise<Socket> {
  const { hostname, port } = new URL(stack.url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  const head = ['POST /graphql HTTP/1.1', 'host: x', 'content-type: application/json', 'content-length: 100'];
  socket.write(`${[...head, `authorization: Bearer ${authorization}`].join('\r\n')}\r\n\r\n{`);
  return socket;
}

test('whoever is not signed in, or sends no whole request, takes up no room', async () => {
  const token = await stack.token('vip-cleared');
  const sockets = await Promise.all(['nobody', 'nobody', token, token].map(beginRequest));
  expect((await overview()).status).toBe(200);
  for (const socket of sockets) socket.destroy();
});

/** Asks, and leaves when `moment` has come. */
async function askAndLeave(moment: () => Promise<unknown>): Promise<void> {
  const leaving = new AbortController();
  const asked = fetch(`${stack.url}/graphql`, {
    method: 'POST',
    signal: leaving.signal,
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await stack.token('vip-cleared')}`,
    },
    body: JSON.stringify({ query: OVERVIEW, variables: { id: stack.story('every-system').citizenId } }),
  });
  const left = asked.catch(() => 'left');
  await moment();
  leaving.abort();
  await left;
}

test.each([
  ['while it runs', () => arrived(1)],
  ['as soon as it is asked', () => new Promise(setImmediate)],
])('whoever leaves %s leaves the room too', async (_says, moment) => {
  for (let i = 0; i < 3 * AT_ONCE; i++) {
    const open = close();
    await askAndLeave(moment);
    open();
    // Until the gateway has heard of it, the user's part of the room is taken.
    while ((await overview()).status === 503) await new Promise(setImmediate);
  }
});

import { afterAll, beforeAll, expect, test } from '@jest/globals';
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

const overview = () => stack.ask('vip-cleared', OVERVIEW, { id: stack.story('every-system').citizenId });
const refusals = async () => {
  const metrics = await (await fetch(`${stack.gateway.operationsUrl}/metrics`)).text();
  return Number(/overblik_requests_total\{outcome="BUSY"\} (\d+)/.exec(metrics)?.[1] ?? 0);
};

test('more operations than there is room for are refused at once, and those inside are answered whole', async () => {
  let open!: () => void;
  gate = new Promise((resolve) => (open = resolve));
  waiting = 0;
  const inside = Array.from({ length: AT_ONCE }, overview);
  while (waiting < AT_ONCE) await new Promise(setImmediate);
  const refused = await overview();
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
  expect(refused.errors.map(({ extensions }) => extensions['code'])).toEqual(['BUSY']);
  expect(await refusals()).toBe(1);
  open();
  for (const { status, errors } of await Promise.all(inside)) expect([status, errors]).toEqual([200, []]);
  expect([(await overview()).status, await refusals()]).toEqual([200, 1]);
});

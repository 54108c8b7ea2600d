import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { Counter, Registry } from 'prom-client';
import { operationsServer } from '../../../gateway/health/operations-server.js';
import { askReadiness, type ReadinessCheck } from '../../../gateway/health/readiness.js';
import { installHealth } from '../../../gateway/health/routes.js';
import { startAllInOne, type Stack } from '../../kit/stack.js';

const open: FastifyInstance[] = [];
afterEach(() => Promise.all(open.splice(0).map((app) => app.close())));
const ask = async (app: FastifyInstance, path: string): Promise<Response> => {
  open.push(app);
  return fetch(`${await app.listen({ host: '127.0.0.1', port: 0 })}${path}`);
};

const works: ReadinessCheck = { name: 'cases', required: false, check: () => Promise.resolve(true) };
const broken = (name: string, required: boolean): ReadinessCheck => ({
  name,
  required,
  check: () => Promise.reject(new Error('10.1.2.3 refused the connection')),
});

/** [what is so, checks, prepared, status, what the operator reads] */
const SITUATIONS = [
  ['all is well', [works], true, 200, { ready: true, down: [] }],
  ['a section is down', [works, broken('alerts', false)], true, 200, { ready: true, down: ['alerts'] }],
  [
    'a required part is down',
    [works, broken('store', true)],
    true,
    503,
    { ready: false, reasons: ['store'] },
  ],
  [
    'the first start is under way',
    [works],
    false,
    503,
    { ready: false, reasons: ['first start: the data is being made'] },
  ],
] as const;

describe.each(SITUATIONS)('%s', (_what, checks, prepared, status, reported) => {
  const ready = askReadiness(checks, () => prepared);
  test('the public port tells whether, and nothing else', async () => {
    const app = Fastify();
    installHealth(app, ready);
    const answer = await ask(app, '/health/ready');
    expect([answer.status, await answer.json()]).toEqual([status, { ready: status === 200 }]);
  });
  test('the operator reads why', async () => {
    const app = operationsServer({ ready, registry: new Registry() });
    const answer = await ask(app, '/health/ready');
    expect([answer.status, await answer.json()]).toEqual([status, reported]);
  });
});

test('however many ask at once, one run of the checks runs', async () => {
  let runs = 0;
  const check = () => {
    runs++;
    return Promise.resolve(true);
  };
  const ready = askReadiness([{ name: 'store', required: true, check }], () => true);
  await Promise.all(Array.from({ length: 100 }, ready));
  expect(runs).toBe(1);
  await ready();
  expect(runs).toBe(2);
});

test('metrics are answered in the form of their registry', async () => {
  const registry = new Registry();
  new Counter({ name: 'things_total', help: 'Things', registers: [registry] }).inc(3);
  const ready = askReadiness([], () => true);
  const answer = await ask(operationsServer({ ready, registry }), '/metrics');
  expect(answer.headers.get('content-type')).toContain('text/plain');
  expect(await answer.text()).toContain('things_total 3');
});

describe('a running gateway', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startAllInOne();
  }, 240_000);
  afterAll(() => stack[Symbol.asyncDispose]());
  test('tells names, counts and lag on the operations port alone', async () => {
    const { operationsUrl } = stack.gateway;
    expect(new URL(operationsUrl).hostname).toBe('127.0.0.1');
    expect(new URL(operationsUrl).port).not.toBe(new URL(stack.url).port);
    expect(await (await fetch(`${operationsUrl}/metrics`)).text()).toContain('overblik_source_lag_seconds');
    for (const path of ['/metrics', '/metrics/', '//metrics', '/Metrics', '/metrics?x', '/%6detrics']) {
      const answer = await fetch(`${stack.url}${path}`);
      expect([path, (await answer.text()).includes('overblik_')]).toEqual([path, false]);
    }
    expect((await fetch(`${stack.url}/health/live`)).status).toBe(200);
    const bare = await fetch(`${stack.url}/health/ready`);
    expect([bare.status, await bare.json()]).toEqual([200, { ready: true }]);
  });
  test('nothing of the public port stands on the operations port', async () => {
    for (const path of ['/', '/graphql', '/saml/metadata', '/dev/directory', '/session'])
      expect([path, (await fetch(`${stack.gateway.operationsUrl}${path}`)).status]).toEqual([path, 404]);
  });
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { httpTransport } from '../../gateway/transport/http.js';
import { withDeadline, type SubgraphTransport } from '../../gateway/transport/transport.js';
import { asGateway } from '../../subgraphs/shared/identity/as-gateway.js';
import { identitySigner, type SignIdentity } from '../../subgraphs/shared/identity/signature.js';
import { newKey } from '../../subgraphs/shared/settings/keys.js';
import { OVERVIEW, startAllInOne, type Stack } from '../kit/stack.js';

/** What a sick subgraph can answer, against the real transport and the real gateway. */
describe('over HTTP', () => {
  let server: Server;
  let url: string;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  let calls = 0;
  let sign: SignIdentity;
  let transport: SubgraphTransport;
  beforeAll(async () => {
    sign = await identitySigner(await newKey());
  });
  beforeEach(async () => {
    calls = 0;
    server = createServer((request, response) => {
      calls++;
      request.resume().on('end', () => answer(request, response));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
    transport = httpTransport('cases', url, sign);
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await transport.close().catch(() => undefined);
  });
  // Generous: only the case of no answer at all waits for the deadline.
  const call = (deadline = 10_000) => {
    const body = { query: '{ x }', operationName: null, variables: {} };
    const identity = asGateway('cases', body, 'r', new Date());
    return withDeadline('cases', deadline, (signal) => transport.execute(body, identity, signal));
  };
  const text = (status: number, body: string | Buffer) => (_: IncomingMessage, response: ServerResponse) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(body);

  test('a good answer passes', async () => {
    answer = text(200, '{"data":{"x":1}}');
    expect(await call()).toEqual({ data: { x: 1 } });
  });
  test.each<[string, () => typeof answer, string]>([
    ['500 with a stack trace', () => text(500, 'Error: secret at /srv/app.ts:1'), 'status'],
    ['half JSON', () => text(200, '{"data":{"x":'), 'malformed'],
    ['an HTML page', () => text(200, '<html>proxy error</html>'), 'malformed'],
    ['an empty answer', () => text(200, ''), 'malformed'],
    ['neither data nor errors', () => text(200, '{}'), 'malformed'],
    ['data of the wrong type', () => text(200, '{"data":"x"}'), 'malformed'],
    ['more than the size limit', () => text(200, Buffer.alloc(9 << 20, 32)), 'too-large'],
    ['a connection cut', () => (_, response) => void response.socket!.destroy(), 'unreachable'],
    ['no answer at all', () => () => undefined, 'timeout'],
  ])('%s becomes a failure without the other side’s words', async (_what, make, kind) => {
    answer = make();
    const failure = await call(kind === 'timeout' ? 200 : 10_000).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'SubgraphFailure', subgraph: 'cases', kind });
    expect(String(failure)).not.toMatch(/secret|srv|127\.0\.0\.1|html/);
  });
  test('names of members of every object and a lifetime for caches reach nobody', async () => {
    answer = (_, response) => {
      response.writeHead(200, {
        'content-type': 'application/json',
        'cache-control': 'public, max-age=3600',
      });
      response.end('{"data":{"x":1,"__proto__":{"polluted":1}},"constructor":{"prototype":{"polluted":1}}}');
    };
    const { data, ...rest } = (await call()) as { data: Record<string, unknown> };
    expect(data['x']).toBe(1);
    expect(rest).not.toHaveProperty('headers');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
  test('a redirect is not followed', async () => {
    let elsewhere = 0;
    const other = createServer((_request, response) => {
      elsewhere++;
      response.end('{"data":{"x":1}}');
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const target = `http://127.0.0.1:${(other.address() as AddressInfo).port}/`;
    answer = (_request, response) => void response.writeHead(307, { location: target }).end();
    await expect(call()).rejects.toMatchObject({ kind: 'status' });
    expect(elsewhere).toBe(0);
    await new Promise((resolve) => other.close(resolve));
  });
  test('idle connections that the server closes cost no call (300 calls)', async () => {
    server.keepAliveTimeout = 5;
    answer = text(200, '{"data":{"x":1}}');
    for (let i = 0; i < 300; i++) await call();
    expect(calls).toBeGreaterThanOrEqual(300);
  });
});

describe('through the gateway', () => {
  let stack: Stack;
  let sick: ((transport: SubgraphTransport, signal: AbortSignal) => unknown) | undefined;
  beforeAll(async () => {
    stack = await startAllInOne({
      settings: { SUBGRAPH_TIMEOUT_MS: '6000' },
      wrapTransport: (transport) => ({
        ...transport,
        execute: async (body, identity, signal) => {
          if (transport.name !== 'cases' || !sick) return transport.execute(body, identity, signal);
          return (await sick(transport, signal)) as never;
        },
      }),
    });
  }, 60_000);
  afterAll(() => stack[Symbol.asyncDispose]());
  afterEach(() => (sick = undefined));

  const ask = () => stack.ask('benefit-caseworker', OVERVIEW, { id: stack.story('every-system').citizenId });

  test.each<[string, (transport: unknown) => unknown]>([
    ['hangs', () => new Promise(() => undefined)],
    ['throws', () => Promise.reject(new Error('password=hunter2 at 10.0.0.1'))],
  ])('a subgraph that %s costs its section, at the deadline', async (_what, how) => {
    sick = how;
    const answer = await ask();
    expect(answer.data.citizen.cases).toBeNull();
    expect(answer.data.citizen.benefits.outcome).toBe('PARTLY');
    expect(answer.errors.map((error) => [error.path, error.extensions['code']])).toEqual([
      [['citizen', 'cases'], 'SECTION_UNAVAILABLE'],
    ]);
    expect(answer.text).not.toMatch(/hunter2|10\.0\.0\.1|stack/);
  });
  test('a caller who closes the connection is waited for no longer, and no subgraph goes on for them', async () => {
    const asked = new Promise<AbortSignal>((resolve) => {
      sick = (_transport, signal) => {
        resolve(signal);
        return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('gone'))));
      };
    });
    const caller = new AbortController();
    const asking = fetch(`${stack.url}/graphql`, {
      method: 'POST',
      signal: caller.signal,
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await stack.token('benefit-caseworker')}`,
      },
      body: JSON.stringify({
        query: OVERVIEW,
        variables: { id: stack.story('every-system').citizenId },
      }),
    }).catch(() => 'left');
    const signal = await asked;
    expect(signal.aborted).toBe(false);
    // The deadline is further away than a test may take that waits for it.
    const began = performance.now();
    const left = once(signal, 'abort');
    caller.abort();
    await left;
    expect(performance.now() - began).toBeLessThan(4000);
    expect(await asking).toBe('left');
  });
  test('a subgraph’s own error text never passes, its code does when it is ours', async () => {
    sick = () => ({
      data: { _entities: [{ cases: null }] },
      errors: [
        {
          message: 'Mongo at 10.0.0.1 said no',
          path: ['_entities', 0, 'cases'],
          extensions: { code: 'X', stacktrace: ['secret'] },
        },
      ],
    });
    const answer = await ask();
    expect(answer.text).not.toMatch(/Mongo|10\.0\.0\.1|secret|serviceName/);
    expect(answer.errors).toEqual([
      expect.objectContaining({
        path: ['citizen', 'cases'],
        extensions: { code: 'INTERNAL', requestId: expect.any(String) },
      }),
    ]);
  });
  test('a required value that is missing becomes an error at its path, never a silent null', async () => {
    sick = () => ({ data: { _entities: [{ cases: { sources: [] } }] } });
    const answer = await ask();
    expect(answer.data.citizen.cases).toBeNull();
    expect(answer.errors.map((error) => [error.path, error.extensions['code']])).toEqual([
      [['citizen', 'cases', 'outcome'], 'INCOMPLETE'],
    ]);
    expect(answer.text).not.toContain('valueCompletion');
  });
  test.each([
    ['null', [null], []],
    [
      'null beside an error of another place',
      [null],
      [{ message: 'x', path: ['_entities', 7], extensions: { code: 'BAD_INPUT' } }],
    ],
  ])(
    'an entity that was asked for and is %s is INCOMPLETE, never silently nothing',
    async (_what, entities, errors: unknown[]) => {
      sick = () => ({ data: { _entities: entities }, errors });
      const answer = await ask();
      expect(answer.data.citizen.cases).toBeNull();
      expect(answer.data.citizen.benefits.outcome).toBe('PARTLY');
      expect(answer.errors.map((error) => [error.path, error.extensions['code']])).toContainEqual([
        ['citizen'],
        'INCOMPLETE',
      ]);
    },
  );
  test('an answer with names of members of every object changes none, and the gateway lives on', async () => {
    const section =
      '{"outcome":"AVAILABLE","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}';
    sick = () => JSON.parse(`{"data":{"_entities":[{"cases":${section},"__proto__":{"polluted":1}}]}}`);
    const answer = await ask();
    expect(answer.text).not.toContain('polluted');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    sick = undefined;
    expect((await ask()).errors).toEqual([]);
  });
  test.each([
    ['too short a list', []],
    ['too long a list', [null, null]],
    ['a text for a list', 'x'],
    ['null for a list', null],
  ])('%s of entities costs the section', async (_what, entities) => {
    sick = () => ({ data: { _entities: entities } });
    const answer = await ask();
    expect(answer.data.citizen.benefits.outcome).toBe('PARTLY');
    expect(answer.errors.map((error) => [error.path, error.extensions['code']])).toEqual([
      [['citizen', 'cases'], 'SECTION_UNAVAILABLE'],
    ]);
  });
  test('a guarded value that reaches a caller without a grant stops the answer: the second lock', async () => {
    sick = () => ({
      data: {
        _entities: [
          {
            cases: {
              outcome: 'AVAILABLE',
              sources: [],
              cases: null,
              restricted: [{ area: '27', areaTitle: 'LEAK', contact: null }],
            },
          },
        ],
      },
    });
    const answer = await ask();
    expect(answer.data).toBeNull();
    expect(answer.errors.map((error) => error.extensions['code'])).toEqual(['INTERNAL']);
    expect(answer.text).not.toContain('LEAK');
    const metrics = await (await fetch(`${stack.gateway.operationsUrl}/metrics`)).text();
    expect(metrics).toMatch(/overblik_second_lock_breaches_total 1/);
  });
});

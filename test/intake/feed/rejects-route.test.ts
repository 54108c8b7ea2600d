import { afterEach, beforeEach, expect, test } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { installErrorAnswers } from '../../../gateway/http/errors.js';
import { LookUps } from '../../../gateway/http/look-ups-first.js';
import { SystemLimit } from '../../../gateway/limits/system-limit.js';
import { KnownTopics } from '../../../intake/feed/known-topics.js';
import { installFeed } from '../../../intake/feed/route.js';
import type { FeedParts } from '../../../intake/feed/parts.js';
import { buildSubgraphIndexes } from '../../../programs/wiring/indexes.js';
import { ingestPorts } from '../../../programs/wiring/subgraphs.js';
import { startTestStore, type TestStore } from '../../kit/store.js';
import { REJECTS_PATH } from '../../../intake/feed/rejects-route.js';

/** The routes on a real server over a real store; only who calls is taken for granted. */
let store: TestStore;
let app: FastifyInstance;
let url: string;
let id: string;
let kept: () => Promise<number>;
let failures: unknown[];
beforeEach(async () => {
  store = await startTestStore();
  const connection = { database: (name: string) => store.client.db(name) };
  await buildSubgraphIndexes(connection);
  const ports = ingestPorts(connection);
  const now = () => new Date('2026-06-01T10:00:00Z');
  await ports.access.rejects(
    'KSD',
    [{ text: '{}', recordId: null, field: 'type', rule: 'known' }],
    [],
    now(),
  );
  kept = async () => (await ports.access.rejectsOf('KSD', null, 9)).length;
  id = (await ports.access.rejectsOf('KSD', null, 9))[0]!.id;
  failures = [];
  app = Fastify({ bodyLimit: 256 << 10 });
  installErrorAnswers(app, (error) => void failures.push(error));
  const system = { id: 's', code: 'KSD', name: 'KSD', deliveries: [] };
  const parts: FeedParts = {
    ports,
    access: { authenticateSystem: () => Promise.resolve(system) },
    topics: new KnownTopics(ports),
    lookUps: new LookUps(),
    audience: 'feed',
    isReady: () => true,
    now,
    onRecords: () => undefined,
    systemLimit: new SystemLimit(100),
    onError: (error) => void failures.push(error),
  };
  installFeed(app, parts);
  url = await app.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(async () => {
  await app.close();
  await store[Symbol.asyncDispose]();
});

const correct = async (body: Buffer, chunked = false) => {
  const stream = new ReadableStream({
    start(controller) {
      for (let i = 0; i < body.length; i += 65_536) controller.enqueue(body.subarray(i, i + 65_536));
      controller.close();
    },
  });
  const response = await fetch(`${url}${REJECTS_PATH}/${id}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer a' },
    body: chunked ? stream : new Uint8Array(body),
    ...(chunked && { duplex: 'half' as const }),
  });
  return { status: response.status, answer: await response.json() };
};

test.each<[string, number, boolean]>([
  ['600 kB', 600_000, false],
  ['600 kB in chunks', 600_000, true],
  ['20 MB', 20_000_000, false],
  ['20 MB in chunks', 20_000_000, true],
])('a corrected record of %s is too long, and answered so', async (_what, bytes, chunked) => {
  const { status, answer } = await correct(Buffer.alloc(bytes, ' '), chunked);
  expect([status, answer.errors[0].extensions.code, answer.errors[0].extensions.rule]).toEqual([
    413,
    'BODY_TOO_LARGE',
    'at most 512 kB a record',
  ]);
  expect([await kept(), failures]).toEqual([1, []]);
});

test('one as long as a record may be is looked at', async () => {
  const body = Buffer.concat([Buffer.from('{'), Buffer.alloc((512 << 10) - 1, ' ')]);
  const { status, answer } = await correct(body);
  expect([failures, status, answer]).toMatchObject([[], 200, { result: 'rejected', rule: 'JSON' }]);
});

test('one that is no UTF-8 is refused, and no letter of it replaced', async () => {
  const { status, answer } = await correct(Buffer.from([0x7b, 0xff, 0x7d]));
  expect([status, answer.errors[0].extensions.code, answer.errors[0].extensions.rule]).toEqual([
    400,
    'BAD_INPUT',
    'UTF-8',
  ]);
});

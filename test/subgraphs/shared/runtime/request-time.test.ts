import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { StoreConnection } from '../../../../store/connection.js';
import { subgraphServer } from '../../../../subgraphs/shared/runtime/http-server.js';
import { type RequestTime, withinRequest } from '../../../../subgraphs/shared/runtime/request-time.js';
import type { Subgraph, SubgraphCall } from '../../../../subgraphs/shared/runtime/subgraph.js';
import { citizensKit } from '../../../kit/citizens-subgraph.js';
import { startTestStore, type TestStore } from '../../../kit/store.js';

let store: TestStore;
let connection: StoreConnection;
let sent: Record<string, unknown>[] = [];
beforeAll(async () => {
  store = await startTestStore();
  connection = await store.connect({ monitorCommands: true });
  connection.client.on('commandStarted', ({ command }) => sent.push(command));
});
afterAll(async () => {
  await connection.close();
  await store[Symbol.asyncDispose]();
});
beforeEach(() => {
  sent = [];
});

const plain = () => connection.database('time').collection<{ _id: string; x?: number }>('rows');
const within = (time: RequestTime | undefined) => withinRequest(time)({ rows: plain() }).rows;
const inSecond = (signal?: AbortSignal) => within({ deadline: performance.now() + 1000, signal });
const limits = () => sent.map((command) => command['maxTimeMS']);

describe('what is read within a request', () => {
  test.each<[string, (rows: ReturnType<typeof plain>) => Promise<unknown>]>([
    ['find', (rows) => rows.find({}).toArray()],
    ['find with options', (rows) => rows.find({}, { sort: { _id: 1 }, limit: 3 }).toArray()],
    ['findOne', (rows) => rows.findOne({ _id: 'a' })],
    ['countDocuments', (rows) => rows.countDocuments()],
    ['aggregate', (rows) => rows.aggregate([{ $match: { x: 1 } }]).toArray()],
    ['distinct', (rows) => rows.distinct('x', { x: 1 })],
  ])('ends with its time: %s', async (_what, read) => {
    await read(inSecond());
    const [limit] = limits();
    expect(limit).toBeGreaterThan(0);
    expect(limit).toBeLessThanOrEqual(1000);
    sent = [];
    await read(within(undefined));
    await read(plain());
    expect(limits()).toEqual([undefined, undefined]);
  });

  test('each request has its own time, of one collection too', async () => {
    const rows = plain();
    const now = performance.now();
    const views = [5_000, 50_000].map(
      (most) => withinRequest({ deadline: now + most, signal: undefined })({ rows }).rows,
    );
    await Promise.all(views.map((view) => view.findOne({ _id: 'a' })));
    const [short, long] = limits();
    expect(short).toBeLessThanOrEqual(5_000);
    expect(long).toBeGreaterThan(5_000);
  });

  test('what is no collection is refused', () => {
    const time = { deadline: 1, signal: undefined };
    expect(() => withinRequest(time)({ rows: {} })).toThrow('is a collection');
  });

  test('a write is left alone', async () => {
    const rows = inSecond();
    await rows.insertOne({ _id: 'a' });
    await rows.updateMany({}, { $set: { x: 1 } });
    await rows.deleteMany({});
    expect(limits()).toEqual([undefined, undefined, undefined]);
  });

  test('a time that is over ends the read by the store’s word', async () => {
    await plain().insertMany(Array.from({ length: 5000 }, (_, i) => ({ _id: `r${i}`, x: i })));
    const late = within({ deadline: 0, signal: undefined }).find({ $or: [{ x: -1 }, { x: -2 }] });
    await expect(late.toArray()).rejects.toMatchObject({ code: 50 });
  });

  test('nobody who waits ends it at once', async () => {
    const gone = AbortSignal.abort(new Error('gone'));
    await expect(inSecond(gone).find({}).toArray()).rejects.toThrow('gone');
    expect(sent).toEqual([]);
  });
});

test('a query that nobody waits for reads nothing, and is no failure', async () => {
  const failures: unknown[] = [];
  const kit = await citizensKit(connection.database('citizens'), undefined, (error) => failures.push(error));
  const id = '0b7c1f0a-0000-4000-8000-000000000001';
  const askedBy = (signal: AbortSignal) =>
    kit.ask('query($id: ID!) { citizen(id: $id) { name } }', { id }, undefined, signal);
  sent = [];
  expect(await askedBy(AbortSignal.abort())).toMatchObject({ errors: expect.anything() });
  expect([failures, sent]).toEqual([[], []]);
  expect((await askedBy(new AbortController().signal)).errors).toBeUndefined();
  expect(sent.length).toBeGreaterThan(0);
});

test('a caller over HTTP who closes the connection is gone for the subgraph', async () => {
  let called!: (call: SubgraphCall) => void;
  const calls = new Promise<SubgraphCall>((resolve) => (called = resolve));
  const execute = (call: SubgraphCall) => {
    called(call);
    return new Promise<never>(() => undefined);
  };
  const app = subgraphServer({ execute } as unknown as Subgraph);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const asking = request({
    port,
    path: '/graphql',
    method: 'POST',
    headers: { 'content-type': 'application/json' },
  });
  asking.on('error', () => undefined);
  asking.end(JSON.stringify({ query: '{ x }', extensions: { identity: 'i' } }));
  const { signal } = await calls;
  expect(signal?.aborted).toBe(false);
  const left = once(signal!, 'abort');
  asking.destroy();
  await left;
  await app.close();
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import type { Collection } from 'mongodb';
import { aggregate, count, find } from '../../../store/embedded/commands/reads.js';
import { remove, update } from '../../../store/embedded/commands/writes.js';
import type { Command, CommandContext, Handler } from '../../../store/embedded/commands/context.js';
import { Cursors } from '../../../store/embedded/cursors.js';
import { Pace } from '../../../store/embedded/pace.js';
import { startTestStore, type TestStore } from '../../kit/store.js';

interface Row {
  readonly _id: number;
  readonly group: number;
  readonly text: string;
  readonly seen?: number;
}

const RECORDS = 20_000;
/** No index serves it, and no record passes. */
const NOTHING = { text: 'y', group: { $gte: 0 } };

let store: TestStore;
let rows: Collection<Row>;
beforeAll(async () => {
  store = await startTestStore();
  rows = store.client.db('d').collection<Row>('rows');
  await rows.insertMany(
    Array.from({ length: RECORDS }, (_, i) => ({
      _id: i,
      group: (i * 7919) % RECORDS,
      text: 'x'.repeat(50),
    })),
  );
});
afterAll(() => store[Symbol.asyncDispose]());

/** The store runs in this process: the loop is left in between. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await setImmediate();
}

const examined = () => store.server.engine.stats().examined;

describe('with a clock that moves a millisecond each time it is read', () => {
  const contextOf = (): CommandContext => ({
    engine: store.server.engine,
    cursors: new Cursors(),
    slowMs: Infinity,
    onSlow: () => undefined,
  });
  const paceOf = (limitMs?: number) => {
    let ms = 0;
    return new Pace({ limitMs, now: () => ms++ });
  };
  const few = { _id: { $in: Array.from({ length: 500 }, (_, i) => i) } };

  test.each<[string, Handler, Command]>([
    ['find', find, { find: 'rows', $db: 'd', filter: NOTHING, limit: 1 }],
    ['find in an order that no index has', find, { find: 'rows', $db: 'd', sort: { group: 1 }, limit: 1 }],
    ['count', count, { count: 'rows', $db: 'd', query: NOTHING }],
    [
      'a count as the driver asks for it',
      aggregate,
      { aggregate: 'rows', $db: 'd', pipeline: [{ $match: {} }, { $group: { _id: 1, n: { $sum: 1 } } }] },
    ],
    [
      'an update that finds nothing',
      update,
      { update: 'rows', $db: 'd', updates: [{ q: NOTHING, u: { $set: { seen: 1 } }, multi: true }] },
    ],
    [
      'a removal that finds nothing',
      remove,
      { delete: 'rows', $db: 'd', deletes: [{ q: NOTHING, limit: 1 }] },
    ],
  ])('%s lets others have their turn at every fourth look', async (_what, handler, command) => {
    const pace = paceOf();
    await handler(contextOf(), command, pace);
    expect(pace.turn).toBeGreaterThan(RECORDS / 8);
  });

  test('an update of many lets others have their turn between two records', async () => {
    const pace = paceOf();
    const updates = [
      { q: { text: 'x'.repeat(50), group: { $lt: 300 } }, u: { $set: { seen: 2 } }, multi: true },
    ];
    expect(await update(contextOf(), { update: 'rows', $db: 'd', updates }, pace)).toMatchObject({
      nModified: 300,
    });
    expect(pace.turn).toBeGreaterThan(RECORDS / 8 + 300 / 8);
  });

  test('a find ends at its deadline, having examined no more than it had looks', async () => {
    const before = examined();
    const command = { find: 'rows', $db: 'd', filter: NOTHING };
    await expect(find(contextOf(), command, paceOf(100))).rejects.toMatchObject({ code: 50 });
    expect(examined() - before).toBeGreaterThan(10);
    expect(examined() - before).toBeLessThan(100);
  });

  test('a find that is quick has one turn', async () => {
    const pace = new Pace({ now: () => 0 });
    await find(contextOf(), { find: 'rows', $db: 'd', filter: few }, pace);
    expect(pace.turn).toBe(1);
  });

  test('an update that is broken off at its deadline keeps what it has changed', async () => {
    const updates = Array.from({ length: 500 }, (_, i) => ({ q: { _id: i }, u: { $set: { seen: 3 } } }));
    const broken = update(contextOf(), { update: 'rows', $db: 'd', updates }, paceOf(200));
    await expect(broken).rejects.toMatchObject({ code: 50 });
    const changed = await rows.countDocuments({ seen: 3 });
    expect(changed).toBeGreaterThan(5);
    expect(changed).toBeLessThan(200);
  });
});

describe('maxTimeMS ends, with MongoDB’s code,', () => {
  const maxTimeMS = 2;
  const slow = { $or: [{ text: 'y' }, { text: 'z' }] };
  test.each<[string, () => Promise<unknown>]>([
    ['find', () => rows.find(slow, { maxTimeMS }).toArray()],
    ['a find that sorts', () => rows.find({}, { maxTimeMS }).sort({ text: 1, group: 1 }).toArray()],
    ['count', () => rows.countDocuments(slow, { maxTimeMS })],
    [
      'aggregate',
      () => rows.aggregate([{ $group: { _id: '$group', n: { $sum: 1 } } }], { maxTimeMS }).toArray(),
    ],
    ['distinct', () => rows.distinct('text', slow, { maxTimeMS })],
    ['update', () => rows.updateMany(slow, { $set: { seen: 4 } }, { maxTimeMS })],
    ['delete', () => rows.deleteMany(slow, { maxTimeMS })],
    ['findAndModify', () => rows.findOneAndUpdate(slow, { $set: { seen: 4 } }, { maxTimeMS })],
  ])('%s', async (_what, run) => {
    await expect(run()).rejects.toMatchObject({ code: 50, codeName: 'MaxTimeMSExpired' });
  });

  test('a cursor that has used its time before the last part was fetched', async () => {
    const cursor = rows.find({}, { maxTimeMS: 40, batchSize: 1000 });
    // Each part takes a little; all together take more than there is.
    await expect(cursor.toArray()).rejects.toMatchObject({ code: 50 });
  });
});

describe('while a long search is under way', () => {
  test('others are answered', async () => {
    const state = { done: false };
    const searching = rows.countDocuments(NOTHING).then(() => (state.done = true));
    let answered = 0;
    for (; !state.done; answered++) await store.client.db('d').command({ ping: 1 });
    await searching;
    expect(answered).toBeGreaterThan(3);
  });

  test('what is written is read at once, and what is removed does not come', async () => {
    const searching = rows
      .find({ group: { $gte: 0 } })
      .sort({ text: 1, group: 1 })
      .batchSize(100)
      .toArray();
    await rows.insertOne({ _id: -1, group: 1, text: 'new' });
    expect(await rows.findOne({ _id: -1 })).not.toBeNull();
    await rows.deleteMany({ _id: { $in: [RECORDS - 1, RECORDS - 2] } });
    expect(await rows.countDocuments({ _id: { $gte: RECORDS - 2 } })).toBe(0);
    const found = (await searching).map(({ _id }) => _id);
    expect(new Set(found).size).toBe(found.length);
    expect(found.length).toBeGreaterThanOrEqual(RECORDS - 2);
  });

  test('an update of many changes nothing that has come to match no longer', async () => {
    const some = { text: /^x/, _id: { $gte: RECORDS - 2000 } };
    const updating = rows.updateMany(some, { $inc: { touched: 1 } });
    await rows.updateOne({ _id: RECORDS - 5 }, { $set: { text: 'changed', group: -5 } });
    await updating;
    const late = await rows.findOne({ _id: RECORDS - 5 });
    const others = await rows.countDocuments({ ...some, touched: 1 });
    // It was changed before or after the other one came to it, and in either case at most once.
    expect([late, others]).toEqual([expect.objectContaining({ group: -5 }), await rows.countDocuments(some)]);
  });

  test('a client that leaves ends it', async () => {
    const stop = new AbortController();
    const before = examined();
    const searching = rows.find(NOTHING, { signal: stop.signal }).toArray();
    await until(() => examined() > before);
    stop.abort();
    await expect(searching).rejects.toThrow();
    const ping = () => store.client.db('d').command({ ping: 1 });
    await ping();
    const left = examined();
    for (let i = 0; i < 20; i++) await ping();
    expect([examined() - left, left - before < RECORDS]).toEqual([0, true]);
  });
});

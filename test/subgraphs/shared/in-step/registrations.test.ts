import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Collection } from 'mongodb';
import type {
  PastRegistration,
  RegistrationStore,
  RemovedRecord,
} from '../../../../subgraphs/shared/in-step/registered.js';
import { removeRegistrations } from '../../../../subgraphs/shared/in-step/remove-registrations.js';
import { storeRegistrations } from '../../../../subgraphs/shared/in-step/store-registrations.js';
import type { RegistrationTime } from '../../../../subgraphs/shared/in-step/registration-time.js';
import { startTestStore, type TestStore } from '../../../kit/store.js';

interface Row {
  readonly _id: string;
  readonly registeredAt: Date;
  readonly registeredNs?: number;
  readonly text: string;
  readonly rev: number;
  readonly source: string;
}

let store: TestStore;
let rows: Collection<Row>;
let history: Collection<PastRegistration>;
let kept: RegistrationStore<Row>;
beforeAll(async () => {
  store = await startTestStore();
  rows = store.client.db('t').collection<Row>('rows');
  history = store.client.db('t').collection<PastRegistration>('history');
  const removed = store.client.db('t').collection<RemovedRecord>('removed');
  kept = { present: rows, history, removed, carry: (_before, after) => after };
});
afterAll(() => store[Symbol.asyncDispose]());

/** Two times in each millisecond: the first without nanoseconds, the second with some. */
const row = (id: string, at: number): Row => ({
  _id: id,
  registeredAt: new Date((at >> 1) * 1000),
  ...(at % 2 === 1 && { registeredNs: 500 }),
  text: `${id}${at}`,
  rev: 1,
  source: 'KSD',
});

const timeOf = ({ registeredAt, registeredNs }: RegistrationTime): number =>
  (registeredAt.getTime() / 1000) * 2 + (registeredNs ? 1 : 0);

async function clear(): Promise<void> {
  await rows.deleteMany({});
  await history.deleteMany({});
  await kept.removed.deleteMany({});
}

interface Step {
  readonly id: string;
  readonly at: number;
  readonly removal: boolean;
}

async function take(steps: readonly Step[]): Promise<void> {
  const rest = steps.map(({ id, at, removal }) => ({ ...row(id, at), id, removal }));
  for (let i = 0; i < rest.length;) {
    const { removal } = rest[i]!;
    let j = i;
    while (j < rest.length && rest[j]!.removal === removal) j++;
    const batch = rest.slice(i, j);
    const outcomes = removal
      ? await removeRegistrations(kept, batch)
      : (
          await storeRegistrations(
            kept,
            batch.map(({ id: _id, removal: _removal, ...document }) => document),
          )
        ).outcomes;
    expect(outcomes.length).toBe(batch.length);
    i = j;
  }
}

/** What stays of a set of registrations and deletions, whatever order they come in. */
function expected(steps: readonly Step[], id: string) {
  const own = steps.filter((step) => step.id === id);
  const gone = Math.max(0, ...own.filter((step) => step.removal).map(({ at }) => at));
  const left = [...new Set(own.filter((step) => !step.removal && step.at > gone).map(({ at }) => at))].sort();
  return { present: left.at(-1), past: left.slice(0, -1) };
}

test('any order and any duplication of registrations and deletions gives the same present and the same history', async () => {
  const step = fc.record(
    {
      id: fc.constantFrom('a', 'b'),
      at: fc.integer({ min: 1, max: 5 }),
      removal: fc.constantFrom(false, false, false, true),
    },
    { noNullPrototype: true },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 10 }), async (steps) => {
      await clear();
      await take(steps);
      for (const id of new Set(steps.map((entry) => entry.id))) {
        const { present, past } = expected(steps, id);
        const found = await rows.findOne({ _id: id });
        expect(found && { at: timeOf(found), text: found.text }).toEqual(
          present === undefined ? null : { at: present, text: `${id}${present}` },
        );
        const old = await history.find({ of: id }).toArray();
        expect(old.map(timeOf).sort()).toEqual(past);
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);

test('a removal that broke off between its note and the record is finished when it is sent again', async () => {
  await clear();
  await storeRegistrations(kept, [row('x', 2)]);
  await storeRegistrations(kept, [row('x', 3)]);
  const present = new Proxy(kept.present, {
    get: (target, name) =>
      name === 'deleteOne'
        ? () => Promise.reject(new Error('an election'))
        : (Reflect.get(target, name, target) as unknown),
  });
  const removal = { ...row('x', 5), id: 'x', source: 'KSD' };
  await expect(removeRegistrations({ ...kept, present }, [removal])).rejects.toThrow('an election');
  expect(await rows.countDocuments({})).toBe(1);
  expect(await removeRegistrations(kept, [removal])).toEqual(['duplicate']);
  expect([await rows.countDocuments({}), await history.countDocuments({})]).toEqual([0, 0]);
});

test('each record gets its result', async () => {
  await clear();
  const outcomes = async (...some: Row[]) => (await storeRegistrations(kept, some)).outcomes;
  const gone = async (at: number, source = 'KSD') =>
    removeRegistrations(kept, [{ ...row('x', at), id: 'x', source }]);
  expect(await outcomes(row('x', 2))).toEqual(['accepted']);
  expect(await outcomes(row('x', 2))).toEqual(['duplicate']);
  expect(await outcomes(row('x', 1))).toEqual(['superseded']);
  expect(await outcomes(row('x', 1))).toEqual(['duplicate']);
  expect(await outcomes(row('x', 3), row('x', 3), row('x', 1))).toEqual([
    'accepted',
    'duplicate',
    'duplicate',
  ]);
  expect(await outcomes({ ...row('x', 4), source: 'KY' })).toEqual(['foreign']);
  expect((await history.find({ of: 'x' }).toArray()).map((past) => past._id).sort()).toEqual([
    'rows:x@1970-01-01T00:00:00.000000500Z',
    'rows:x@1970-01-01T00:00:01.000Z',
  ]);
  expect(await gone(5, 'KY')).toEqual(['foreign']);
  expect(await gone(5)).toEqual(['accepted']);
  expect(await gone(5)).toEqual(['duplicate']);
  expect(await gone(4)).toEqual(['superseded']);
  expect([await rows.countDocuments({}), await history.countDocuments({})]).toEqual([0, 0]);
  expect(await outcomes(row('x', 5))).toEqual(['superseded']);
  expect(await outcomes({ ...row('x', 6), source: 'KY' })).toEqual(['foreign']);
  expect(await outcomes(row('x', 6))).toEqual(['accepted']);
});

test('two deliveries of the same records at once lose nothing and take nothing twice', async () => {
  for (let attempt = 0; attempt < 10; attempt++) {
    await clear();
    const all = [1, 2, 3, 4].flatMap((at) => ['a', 'b'].map((id) => row(id, at)));
    await Promise.all(
      [all.slice(0, 4), all.slice(2), [...all].reverse()].map((batch) => storeRegistrations(kept, batch)),
    );
    expect((await rows.find({}).toArray()).map((stored) => stored.text).sort()).toEqual(['a4', 'b4']);
    expect(await history.countDocuments({})).toBe(6);
  }
}, 60_000);

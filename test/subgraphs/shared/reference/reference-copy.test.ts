import { expect, test } from '@jest/globals';
import {
  ReferenceCopy,
  References,
  type ReferenceRecord,
} from '../../../../subgraphs/shared/reference/reference-copy.js';
import { startTestStore } from '../../../kit/store.js';

test('the copy of reference records is bounded in number and age, asks in batches and remembers misses', async () => {
  await using store = await startTestStore();
  const collection = store.client.db('t').collection<ReferenceRecord>('reference');
  await collection.insertMany(
    Array.from({ length: 20 }, (_, i) => ({
      _id: `kle:32.30.${String(i).padStart(2, '0')}` as const,
      title: `t${i}`,
    })),
  );
  let finds = 0;
  const counted = new Proxy(collection, {
    get: (target, name, receiver) => {
      if (name === 'find') finds++;
      return Reflect.get(target, name, receiver) as unknown;
    },
  });
  let clock = 1000;
  const copy = new ReferenceCopy(counted, { max: 10, maxAgeMs: 60_000, now: () => clock });
  const references = new References(copy);
  const titles = await Promise.all(
    ['32.30.00', '32.30.01', '99.99.99'].map((number) => references.kle(number)),
  );
  expect(titles.map((one) => one!.title)).toEqual(['t0', 't1', null]);
  expect(finds).toBe(1);
  await new References(copy).kle('99.99.99');
  expect(finds).toBe(1);
  clock += 60_001;
  await new References(copy).kle('32.30.00');
  expect(finds).toBe(2);
  await copy.load(Array.from({ length: 20 }, (_, i) => `kle:32.30.${String(i).padStart(2, '0')}` as const));
  expect(copy.size).toBeLessThanOrEqual(10);
});

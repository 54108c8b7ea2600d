import { expect, test } from '@jest/globals';
import {
  ReferenceCopy,
  References,
  type ReferenceRecord,
} from '../../../../subgraphs/shared/reference/reference-copy.js';
import { startTestStore } from '../../../kit/store.js';

test('the copy of reference records is bounded in number and age, and asks in batches', async () => {
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
  expect(titles.map((title) => title!.title)).toEqual(['t0', 't1', null]);
  expect(finds).toBe(1);
  await new References(copy).kle('32.30.01');
  expect(finds).toBe(1);
  clock += 60_001;
  await new References(copy).kle('32.30.00');
  expect(finds).toBe(2);
  await copy.load(Array.from({ length: 20 }, (_, i) => `kle:32.30.${String(i).padStart(2, '0')}` as const));
  expect(copy.size).toBeLessThanOrEqual(10);
});

test('a unit, user, topic or authority delivered just after somebody asked for it is known at once', async () => {
  await using store = await startTestStore();
  const collection = store.client.db('t').collection<ReferenceRecord>('reference');
  const copy = new ReferenceCopy(collection);
  const look = async () => {
    const references = new References(copy);
    return [
      (await references.unit('u'))?.name,
      await references.hasUnit('12345678', 'u'),
      await references.user('12345678', 's'),
      (await references.kle('32.30.00'))?.title,
      (await references.authority('12345678'))?.name,
    ];
  };
  expect(await look()).toEqual([null, false, null, null, null]);
  await collection.insertMany([
    { _id: 'unit:u', name: 'Ydelser', contact: '', cvr: '12345678' },
    { _id: 'user:12345678|s', cvr: '12345678', unit: 'u' },
    { _id: 'kle:32.30.00', title: 'Sygedagpenge' },
    { _id: 'authority:12345678', name: 'Korsbæk' },
  ]);
  expect(await look()).toEqual(['Ydelser', true, { unit: 'u' }, 'Sygedagpenge', 'Korsbæk']);
});

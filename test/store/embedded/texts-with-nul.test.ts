import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Collection, Filter } from 'mongodb';
import { startTestStore, type TestStore } from '../../kit/store.js';

interface Row {
  readonly _id: string;
  readonly text: string;
}

/** Each text begins the next but one or two: only their ends tell them apart. */
const TEXTS = ['', '\u0000', '\u0000\u0000', '\u0001', 'a', 'a\u0000', 'a\u0000b', 'a\u0001', 'aa'];

let store: TestStore;
let rows: Collection<Row>;
beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store[Symbol.asyncDispose]());

test.each([1, -1] as const)(
  'texts with a NUL are kept apart by an index in direction %i',
  async (direction) => {
    rows = store.client.db('d').collection<Row>(`rows${direction}`);
    await rows.createIndex({ text: direction }, { unique: true });
    for (const text of [...TEXTS].reverse()) await rows.insertOne({ _id: `of ${text}`, text });
    const found = async (filter: Filter<Row>, order: 1 | -1) =>
      (await rows.find(filter).sort({ text: order }).toArray()).map(({ text }) => text);
    expect(await found({}, 1)).toEqual(TEXTS);
    expect(await found({}, -1)).toEqual([...TEXTS].reverse());
    for (const [i, text] of TEXTS.entries()) {
      expect(await found({ text }, 1)).toEqual([text]);
      expect(await found({ text: { $gt: text } }, 1)).toEqual(TEXTS.slice(i + 1));
      expect(await found({ text: { $lte: text } }, -1)).toEqual(TEXTS.slice(0, i + 1).reverse());
      expect(await rows.findOne({ _id: `of ${text}` })).toMatchObject({ text });
    }
  },
);

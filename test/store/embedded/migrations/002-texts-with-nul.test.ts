import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { checkStore } from '../../../../store/embedded/check.js';
import type { Collection } from '../../../../store/embedded/collection.js';
import { Engine } from '../../../../store/embedded/engine.js';
import { invert } from '../../../../store/embedded/key-encoding.js';
import { handleBytes, valueKey } from '../../../../store/embedded/keys.js';
import { migrate } from '../../../../store/embedded/migrations/migrate.js';
import { DATA_VERSION } from '../../../../store/embedded/record-file.js';
import { temporaryDirectory } from '../../../kit/store.js';

let engine: Engine;
let remove: () => void;
beforeEach(() => {
  const { path, remove: removed } = temporaryDirectory();
  remove = removed;
  engine = new Engine({ path: join(path, 'store.lmdb'), maxBytes: 1 << 30 });
});
afterEach(async () => {
  await engine.close();
  remove();
});

const TEXTS = ['', '\u0000', 'a', 'a\u0000', 'a\u0001', '\\u0000'];

/** A text's key as version 1 wrote it. */
const keyOf = (text: string) => `\x1e${text.replaceAll('\u0000', '\u0000\u00ff')}\u0000`;

/** Files a record as version 1 did. */
function fileAsBefore(collection: Collection, handle: number, text: string): void {
  const { ids } = collection.file;
  const doc = collection.doc(handle);
  for (const index of collection.indexes.values()) {
    index.remove(index.keysOf(doc), handle);
    index.add([index.spec.key['text'] === 1 ? keyOf(text) : invert(keyOf(text))], handle);
  }
  for (const key of [...ids.getKeys()])
    if (Buffer.from(ids.getBinary(key)!).equals(handleBytes(handle))) ids.removeSync(key);
  ids.putSync(valueKey(collection.number, keyOf(text)), handleBytes(handle));
}

test('records that version 1 filed under a text with a NUL are filed anew', async () => {
  await engine.change(() => {
    const collection = engine.ensureCollection('d.rows');
    for (const direction of [1, -1] as const)
      engine.createIndex('d.rows', {
        name: `text_${direction}`,
        key: { text: direction },
        unique: false,
        sparse: false,
      });
    for (const text of TEXTS) collection.insert({ _id: text, text });
    for (const [handle, text] of TEXTS.entries()) fileAsBefore(collection, handle, text);
    engine.markVersion(1);
  });
  expect(checkStore(engine).faults).not.toEqual([]);
  await migrate(engine, undefined);
  expect([engine.version, checkStore(engine)]).toEqual([
    DATA_VERSION,
    { collections: 1, records: TEXTS.length, indexEntries: 2 * TEXTS.length, faults: [] },
  ]);
  const collection = engine.collection('d.rows')!;
  expect(TEXTS.map((text) => collection.handleOf(text))).toEqual(TEXTS.map((_, handle) => handle));
});

test('a collection without such a text is left as it is', async () => {
  await engine.change(() => {
    engine.ensureCollection('d.rows').insert({ _id: 'a', text: 'b' });
    engine.markVersion(1);
  });
  const collection = engine.collection('d.rows')!;
  collection.refile = () => {
    throw new Error('filed anew');
  };
  await migrate(engine, undefined);
  expect(engine.version).toBe(DATA_VERSION);
});

import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { checkStore } from '../../../store/embedded/check.js';
import { Engine } from '../../../store/embedded/engine.js';
import { entryKey, recordKey, valueKey } from '../../../store/embedded/keys.js';
import { encodeValue } from '../../../store/embedded/key-encoding.js';
import { RecordFile } from '../../../store/embedded/record-file.js';
import { builtFile } from '../../kit/processes.js';
import { temporaryDirectory } from '../../kit/store.js';

let directory: string;
let remove: () => void;
let path: string;
beforeEach(async () => {
  ({ path: directory, remove } = temporaryDirectory());
  path = join(directory, 'store.lmdb');
  const engine = open();
  await engine.change(() => {
    engine.createIndex('t.rows', { name: 'tags', key: { tags: 1 }, unique: false, sparse: true });
    const rows = engine.ensureCollection('t.rows');
    for (let i = 0; i < 50; i++) rows.insert({ _id: i, tags: ['a', `b${i}`], text: `record number ${i}.` });
    rows.insert({ _id: 'bare' });
  });
  await engine.close();
});
afterEach(() => remove());

const open = () => new Engine({ path, maxBytes: 1 << 30 });
async function checked() {
  const engine = open();
  const report = checkStore(engine);
  await engine.close();
  return report;
}
async function spoil(change: (file: RecordFile, collection: number, index: number) => void) {
  const engine = open();
  const rows = engine.collection('t.rows')!;
  const numbers = [rows.number, rows.indexes.get('tags')!.number] as const;
  await engine.close();
  const file = new RecordFile(path, 1 << 30);
  await file.write(() => change(file, ...numbers)).durable;
  await file.close();
}
const program = () =>
  spawnSync(process.execPath, [builtFile('programs/check-store.js')], {
    env: { ...process.env, DATA_DIR: directory },
    encoding: 'utf8',
  });

test('a whole store is said to be whole', async () => {
  expect(await checked()).toEqual({ collections: 1, records: 51, indexEntries: 100, faults: [] });
  const { status, stdout } = program();
  expect([status, stdout]).toEqual([
    0,
    '1 collections, 51 records, 100 index entries\nThe store is whole.\n',
  ]);
});

test('a flipped bit is found and its record named, without what stands in it', async () => {
  const bytes = readFileSync(path);
  for (let at = bytes.indexOf('record number 42.'); at >= 0; at = bytes.indexOf('record number 42.', at + 1))
    bytes[at]! ^= 1;
  writeFileSync(path, bytes);
  expect((await checked()).faults).toEqual([
    { namespace: 't.rows', record: 42, fault: 'its checksum does not match' },
  ]);
  const { status, stdout } = program();
  expect(status).toBe(1);
  expect(stdout).toContain('DAMAGED t.rows record 42: its checksum does not match');
  expect(stdout).not.toContain('number');
});

test.each<[string, Parameters<typeof spoil>[0], object]>([
  [
    'an _id that leads elsewhere',
    (file, collection) => file.ids.removeSync(valueKey(collection, encodeValue(7))),
    { record: 7, fault: 'its _id leads elsewhere' },
  ],
  [
    'an index that does not file a record',
    (file, _, index) => file.entries.removeSync(entryKey(index, encodeValue('b9'), 9)),
    { record: 9, fault: 'index tags does not file it' },
  ],
  [
    'an index that files what is not there',
    (file, _, index) => file.entries.putSync(entryKey(index, encodeValue('x'), 9), Buffer.alloc(0)),
    { record: null, fault: 'index tags has 101 entries instead of 100' },
  ],
  [
    'a record that is gone',
    (file, collection) => file.records.removeSync(recordKey(collection, 50)),
    { record: null, fault: '51 records are counted, 50 are there' },
  ],
])('%s is found', async (_says, change, fault) => {
  await spoil(change);
  expect((await checked()).faults).toEqual([{ namespace: 't.rows', ...fault }]);
});

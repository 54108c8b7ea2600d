import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkStore } from '../../../../store/embedded/check.js';
import { Engine } from '../../../../store/embedded/engine.js';
import { type Migration, migrate } from '../../../../store/embedded/migrations/migrate.js';
import { DATA_VERSION } from '../../../../store/embedded/record-file.js';
import { temporaryDirectory } from '../../../kit/store.js';

/** Data as each version has written it: a folder each, bytes of their own time. A new version adds its own and changes none. */
const VERSIONS = join(import.meta.dirname, '..', '..', 'versions');
const STEPS = join(import.meta.dirname, '..', '..', '..', '..', 'store', 'embedded', 'migrations');

let directory: string;
let remove: () => void;
beforeEach(() => {
  ({ path: directory, remove } = temporaryDirectory());
});
afterEach(() => remove());

const open = () => new Engine({ path: join(directory, 'store.lmdb'), maxBytes: 1 << 30 });
const versions = Array.from({ length: DATA_VERSION + 1 }, (_, version) => version);

test.each(versions)('data of version %i is read, whole and with its indexes', async (version) => {
  cpSync(join(VERSIONS, String(version)), directory, { recursive: true });
  const engine = open();
  await migrate(engine, join(directory, 'store.data'));
  expect(engine.version).toBe(DATA_VERSION);
  expect(checkStore(engine)).toMatchObject({ records: 100, faults: [] });
  const people = engine.collection('t.people')!;
  const docs = [...people.handles()].map((handle) => people.doc(handle));
  expect(docs).toEqual(
    Array.from({ length: 100 }, (_, i) => ({
      _id: `p${i}`,
      number: i,
      tags: [`t${i % 7}`, 'all'],
      born: new Date(Date.UTC(1950, 0, i + 1)),
      name: { first: `Ærø ${i}` },
    })),
  );
  const index = people.indexes.get('number')!;
  expect([index.spec.unique, index.countUpTo([{ low: '', high: '\xff' }], Infinity)]).toEqual([true, 100]);
  await engine.close();
});

test('there is a numbered file for each version, and data of each to try it on', () => {
  const numbers = readdirSync(STEPS).flatMap((name) => /^(\d{3})-/.exec(name)?.[1] ?? []);
  expect(numbers.map(Number)).toEqual(versions.slice(1));
  for (const version of versions)
    expect([version, existsSync(join(VERSIONS, String(version)))]).toEqual([version, true]);
});

test('steps run in order from the mark on, and one that was broken off is run again', async () => {
  const engine = open();
  const ran: number[] = [];
  let fails = true;
  const step = (to: number): Migration => ({
    to,
    async run(over) {
      ran.push(to);
      await over.change(() => over.ensureCollection(`t.made-by-${to}`));
      if (to === DATA_VERSION + 2 && fails) throw new Error('broken off');
    },
  });
  const steps = [0, 1, 2].map((more) => step(DATA_VERSION + more));
  await expect(migrate(engine, undefined, steps)).rejects.toThrow('broken off');
  expect(engine.version).toBe(DATA_VERSION + 1);
  fails = false;
  await migrate(engine, undefined, steps);
  expect([engine.version, ran]).toEqual([
    DATA_VERSION + 2,
    [DATA_VERSION + 1, DATA_VERSION + 2, DATA_VERSION + 2],
  ]);
  await engine.close();
  // The mark is on disk: the program of today refuses what a later one has made.
  expect(open).toThrow(new RegExp(`format ${DATA_VERSION + 2}.*start the newer one`));
});

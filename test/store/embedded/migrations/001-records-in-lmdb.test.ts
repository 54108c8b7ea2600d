import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { serialize } from 'bson';
import fc from 'fast-check';
import { Engine } from '../../../../store/embedded/engine.js';
import { bringOldFileOver } from '../../../../store/embedded/migrations/001-records-in-lmdb.js';
import { temporaryDirectory } from '../../../kit/store.js';

/** The data file of version 0.1.0, as it was written: nothing writes one any more. */
const PUT = 1;
const DELETE = 2;
const CREATE = 3;
const DROP = 4;
const INDEX = 5;

let directory: string;
let remove: () => void;
beforeEach(() => {
  ({ path: directory, remove } = temporaryDirectory());
});
afterEach(() => remove());

function frame(kind: number, namespace: string, body: object): Buffer {
  const name = Buffer.from(namespace);
  const payload = Buffer.concat([Buffer.from([kind, name.length, 0]), name, serialize(body)]);
  const head = Buffer.alloc(8);
  head.writeUInt32LE(payload.length, 0);
  head.writeUInt32LE(crc32(payload), 4);
  return Buffer.concat([head, payload]);
}

const FRAMES = [
  frame(CREATE, 't.rows', {}),
  frame(INDEX, 't.rows', { name: 'n', key: { n: 1 }, unique: true, sparse: false }),
  ...Array.from({ length: 20 }, (_, i) => frame(PUT, 't.rows', { _id: `r${i}`, n: i })),
  frame(PUT, 't.rows', { _id: 'r3', n: 300 }),
  frame(DELETE, 't.rows', { _id: 'r4' }),
  frame(PUT, 't.gone', { _id: 1 }),
  frame(DROP, 't.gone', {}),
];

function oldFile(): string {
  const path = join(directory, 'store.data');
  writeFileSync(path, Buffer.concat([Buffer.from('OVBSTOR1', 'latin1'), ...FRAMES]));
  return path;
}
/** @returns the rows that the frames wholly before a byte leave. */
function idsAfter(cut: number): unknown[] {
  let end = 8;
  let frames = 0;
  for (const buffer of FRAMES) if ((end += buffer.length) <= cut) frames++;
  const rows = Array.from({ length: Math.min(20, Math.max(0, frames - 2)) }, (_, i) => `r${i}`);
  return frames >= 24 ? rows.filter((id) => id !== 'r4') : rows;
}
const newEngine = (name = 'store.lmdb') => new Engine({ path: join(directory, name), maxBytes: 1 << 30 });
const docsOf = (engine: Engine) => {
  const rows = engine.collection('t.rows');
  return rows ? [...rows.handles()].map((handle) => rows.doc(handle)) : [];
};

test('all that an earlier version kept is brought over once, and its file is put aside', async () => {
  const path = oldFile();
  const engine = newEngine();
  expect(await bringOldFileOver(engine, path)).toBe(19);
  const kept = Array.from({ length: 20 }, (_, i) => ({ _id: `r${i}`, n: i === 3 ? 300 : i }));
  expect(docsOf(engine)).toEqual(kept.filter(({ _id }) => _id !== 'r4'));
  expect(engine.namespaces('t')).toEqual(['t.rows']);
  const clash = engine.change(() => engine.ensureCollection('t.rows').insert({ _id: 'new', n: 300 }));
  await expect(clash).rejects.toThrow(/E11000/);
  expect([existsSync(path), existsSync(`${path}.brought-over`)]).toEqual([false, true]);
  expect(await bringOldFileOver(engine, path)).toBeUndefined();
  await engine.close();
});

test('what a killed process was about to write is left out, whatever byte it had come to', async () => {
  const whole = readFileSync(oldFile()).length;
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 8, max: whole }), async (cut) => {
      const path = oldFile();
      truncateSync(path, cut);
      const engine = newEngine(`cut${++run}`);
      const came = await bringOldFileOver(engine, path);
      const kept = idsAfter(cut);
      expect(docsOf(engine).map(({ _id }) => _id)).toEqual(kept);
      expect([kept.length, kept.length + 1]).toContain(came);
      await engine.close();
    }),
    { numRuns: 40 },
  );
});

test('a damaged frame is named, and nothing is brought over or put aside', async () => {
  const path = oldFile();
  const bytes = readFileSync(path);
  bytes[Math.floor(bytes.length / 2)]! ^= 1;
  writeFileSync(path, bytes);
  const engine = newEngine();
  await expect(bringOldFileOver(engine, path)).rejects.toThrow(/store\.data is damaged at byte \d+/);
  expect([docsOf(engine), existsSync(path)]).toEqual([[], true]);
  await engine.close();
});

test('one that was broken off is begun anew', async () => {
  const engine = newEngine();
  await engine.change(() => engine.ensureCollection('t.rows').insert({ _id: 'half', n: 1 }));
  expect(await bringOldFileOver(engine, oldFile())).toBe(19);
  expect(docsOf(engine).some(({ _id }) => _id === 'half')).toBe(false);
  await engine.close();
});

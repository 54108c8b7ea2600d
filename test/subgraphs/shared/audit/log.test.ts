import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JWK } from 'jose';
import { checkpointReader, checkpointSigner } from '../../../../subgraphs/shared/audit/checkpoint.js';
import type { AuditEntry, AuditFact } from '../../../../subgraphs/shared/audit/entry.js';
import {
  auditCollections,
  ensureAuditIndexes,
  mongoAuditSink,
  type AuditCollections,
} from '../../../../subgraphs/shared/audit/mongo-sink.js';
import { verifyAudit } from '../../../../subgraphs/shared/audit/verify.js';
import { AuditWriter, type AuditSink } from '../../../../subgraphs/shared/audit/writer.js';
import { newKey, publicKey } from '../../../../subgraphs/shared/settings/keys.js';
import { startTestStore, type TestStore } from '../../../kit/store.js';

let store: TestStore;
let collections: AuditCollections;
let key: JWK;
let anchor: string;
let sink: AuditSink;

beforeEach(async () => {
  store = await startTestStore();
  const database = store.client.db('audit');
  collections = auditCollections(database);
  await ensureAuditIndexes(collections);
  key = await newKey();
  anchor = join(store.directory, 'anchors.log');
  sink = mongoAuditSink(database, anchor);
});
afterEach(() => store[Symbol.asyncDispose]());

async function openWriter(over: AuditSink = sink): Promise<AuditWriter> {
  const writer = new AuditWriter({
    process: 'test',
    sink: over,
    sign: await checkpointSigner(key),
    now: () => new Date(),
    onError: () => undefined,
  });
  await writer.start();
  return writer;
}

const fact = (change: Partial<AuditFact> = {}): AuditFact => ({
  at: new Date(),
  cvr: '12345678',
  user: 'user',
  unit: null,
  event: 'opened',
  decision: 'PERMIT',
  permission: 'citizen-read',
  ruleCode: null,
  operation: 'CitizenOverview',
  purpose: null,
  lookupId: null,
  requestId: 'request',
  citizenId: 'citizen',
  objects: ['citizen'],
  kle: [],
  rights: ['citizen-read'],
  criteria: [{ name: 'name', value: 'line\nbreak | = "quote" \u001b[31m' }],
  alarms: [],
  ...change,
});

const verify = (withAnchor = true) =>
  verifyAudit(
    collections,
    checkpointReader({ keys: [publicKey(key)] }),
    withAnchor ? { anchorFile: anchor } : {},
  );

async function writtenLog(): Promise<AuditWriter> {
  const writer = await openWriter();
  await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      writer.append([fact({ cvr: i % 2 ? '12345678' : '23456780' }), fact()]),
    ),
  );
  await writer.stop();
  return writer;
}

test('an untouched log is whole, with one chain per authority and nothing unproven', async () => {
  await writtenLog();
  const report = await verify();
  expect(report).toMatchObject({ faults: [], unproven: [], entries: 41, writers: 1, checkpoints: 2 });
});

test('one authority’s chains alone are walked for it; a fault in another’s is not its own', async () => {
  await writtenLog();
  const own = () =>
    verifyAudit(collections, checkpointReader({ keys: [publicKey(key)] }), { cvrs: ['12345678'] });
  const report = await own();
  expect(report).toMatchObject({ faults: [], unproven: [], entries: 30 });
  expect(report.chains).toEqual([
    expect.objectContaining({ cvr: '12345678', seq: 30, proven: 30, lastAt: expect.any(Date) }),
  ]);
  await collections.entries.updateOne({ cvr: '23456780', seq: 2 }, { $set: { user: 'x' } });
  expect((await own()).faults).toEqual([]);
  await collections.entries.updateOne({ cvr: '12345678', seq: 2 }, { $set: { user: 'x' } });
  expect((await own()).faults).toEqual([
    { place: expect.stringMatching(/:12345678:2$/), fault: 'the entry was changed' },
  ]);
});

test('concurrent appends share inserts and keep one unbroken sequence', async () => {
  let inserts = 0;
  const counting: AuditSink = {
    ...sink,
    insertEntries: (entries) => {
      inserts++;
      return sink.insertEntries(entries);
    },
  };
  const writer = await openWriter(counting);
  await Promise.all(Array.from({ length: 50 }, () => writer.append([fact()])));
  await writer.stop();
  expect(inserts).toBeLessThan(10);
  const seqs = (await collections.entries.find({ cvr: '12345678' }).sort({ seq: 1 }).toArray()).map(
    (entry) => entry.seq,
  );
  expect(seqs).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
});

test('a writer that was killed leaves a tail that is named, not a fault', async () => {
  const writer = await openWriter();
  await writer.append([fact()]);
  await writer.checkpoint('interval');
  await writer.append([fact(), fact()]);
  const report = await verify();
  expect(report.faults).toEqual([]);
  expect(report.unproven).toEqual([{ writer: writer.id, cvr: '12345678', fromSeq: 2, toSeq: 3 }]);
});

describe('tampering is found, and the first bad record named', () => {
  const at = (writer: AuditWriter, seq: number) => `${writer.id}:12345678:${seq}`;
  const forge = { $set: { jws: 'a.b.c' } };
  const entry = (writer: AuditWriter, seq: number) => ({ _id: at(writer, seq) }) as Partial<AuditEntry>;

  test.each<[string, (writer: AuditWriter) => Promise<unknown>, (writer: AuditWriter) => string, RegExp]>([
    [
      'a changed field',
      (w) => collections.entries.updateOne(entry(w, 5), { $set: { user: 'somebody else' } }),
      (w) => at(w, 5),
      /changed/,
    ],
    [
      'a changed refusal',
      (w) => collections.entries.updateOne(entry(w, 7), { $set: { decision: 'REFUSE' } }),
      (w) => at(w, 7),
      /changed/,
    ],
    ['an entry taken out', (w) => collections.entries.deleteOne(entry(w, 6)), (w) => at(w, 7), /missing/],
    [
      'the last entries cut',
      () => collections.entries.deleteMany({ cvr: '12345678', seq: { $gte: 28 } }),
      (w) => at(w, 28),
      /missing/,
    ],
    [
      'a whole chain taken out',
      () => collections.entries.deleteMany({ cvr: '12345678' }),
      (w) => at(w, 1),
      /missing/,
    ],
    [
      'a checkpoint taken out',
      (w) => collections.checkpoints.deleteOne({ _id: `${w.id}:1` }),
      (w) => `${w.id}:2`,
      /missing/,
    ],
    [
      'a forged checkpoint',
      (w) => collections.checkpoints.updateOne({ _id: `${w.id}:2` }, forge),
      (w) => `${w.id}:2`,
      /signature/,
    ],
  ])('%s', async (_what, tamper, place, fault) => {
    const writer = await writtenLog();
    await tamper(writer);
    const { faults } = await verify(false);
    expect(faults[0]).toEqual({ place: place(writer), fault: expect.stringMatching(fault) });
  });

  test('two entries swapped', async () => {
    const writer = await writtenLog();
    const [a, b] = await Promise.all([3, 4].map((seq) => collections.entries.findOne(entry(writer, seq))));
    await collections.entries.deleteMany({ _id: { $in: [a!._id, b!._id] } });
    await collections.entries.insertMany([
      { ...a!, _id: b!._id, seq: 4 },
      { ...b!, _id: a!._id, seq: 3 },
    ]);
    expect((await verify(false)).faults[0]!.place).toBe(at(writer, 3));
  });
  test('a rewritten chain with right hashes, against the checkpoint', async () => {
    const writer = await writtenLog();
    const { chainEntry } = await import('../../../../subgraphs/shared/audit/entry.js');
    const before = await collections.entries.find({ cvr: '12345678' }).sort({ seq: 1 }).toArray();
    await collections.entries.deleteMany({ cvr: '12345678' });
    let head: AuditEntry | undefined;
    for (const { writer: by, _id: _place, seq: _seq, prev: _prev, hash: _hash, ...old } of before) {
      head = chainEntry({ ...old, user: 'forger' }, by, head);
      await collections.entries.insertOne(head);
    }
    const { faults } = await verify(false);
    expect(faults).toEqual([
      { place: at(writer, before.length), fault: expect.stringMatching(/vouched for/) },
    ]);
  });
  test('a whole writer taken out with its checkpoints, by the anchor outside the database', async () => {
    await writtenLog();
    await collections.entries.deleteMany({});
    await collections.checkpoints.deleteMany({});
    expect((await verify(false)).faults).toEqual([]);
    expect((await verify()).faults[0]).toEqual({
      place: 'anchor line 1',
      fault: expect.stringMatching(/missing from the log/),
    });
  });
  test('another installation’s key', async () => {
    await writtenLog();
    const report = await verifyAudit(collections, checkpointReader({ keys: [publicKey(await newKey())] }));
    expect(report.faults.length).toBeGreaterThan(0);
  });
});

test('a failed insert fails the read, and the writer goes on under a new id without a gap', async () => {
  let failing = false;
  const flaky: AuditSink = {
    ...sink,
    insertEntries: (entries) =>
      failing ? Promise.reject(new Error('store down')) : sink.insertEntries(entries),
  };
  const writer = await openWriter(flaky);
  const first = writer.id;
  await writer.append([fact()]);
  failing = true;
  await expect(writer.append([fact()])).rejects.toMatchObject({ extensions: { code: 'AUDIT_UNAVAILABLE' } });
  await expect(writer.append([fact()])).rejects.toMatchObject({ extensions: { code: 'AUDIT_UNAVAILABLE' } });
  failing = false;
  await writer.append([fact()]);
  await writer.stop();
  expect(writer.id).not.toBe(first);
  const report = await verify(false);
  expect(report.faults).toEqual([]);
  const started = await collections.entries.find({ event: 'writer-started' }).toArray();
  expect(started.map((entry) => entry.writer).sort()).toEqual([first, writer.id].sort());
});

test('whatever a search holds is one record, escaped', async () => {
  const writer = await openWriter();
  await writer.append([fact()]);
  await writer.stop();
  const stored = await collections.entries.findOne({ event: 'opened' });
  expect(stored!.criteria).toEqual(fact().criteria);
  expect(readFileSync(anchor, 'utf8').trim().split('\n')).toHaveLength(2);
  writeFileSync(anchor, '');
});

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { chainEntry, type AuditEntry } from '../../../../subgraphs/shared/audit/entry.js';
import type { AuditFaultKind } from '../../../../subgraphs/shared/audit/faults.js';
import { verifyAudit } from '../../../../subgraphs/shared/audit/verify.js';
import type { AuditSink, AuditWriter } from '../../../../subgraphs/shared/audit/writer.js';
import { newKey } from '../../../../subgraphs/shared/settings/keys.js';
import { fact, openTestLog, trusted, type TestLog } from '../../../kit/audit-log.js';

let log: TestLog;
beforeEach(async () => {
  log = await openTestLog();
});
afterEach(() => log[Symbol.asyncDispose]());

test('an untouched log is whole, with one chain per authority and nothing unproven', async () => {
  await log.write();
  const report = await log.verify();
  expect(report).toMatchObject({ faults: [], unproven: [], entries: 41, writers: 1, checkpoints: 2 });
});

test('one authority’s chains alone are walked for it; a fault in another’s is not its own', async () => {
  await log.write();
  const own = () => log.verify(true, ['12345678']);
  const report = await own();
  expect(report).toMatchObject({ faults: [], unproven: [], entries: 30 });
  expect(report.chains).toEqual([
    expect.objectContaining({ cvr: '12345678', seq: 30, proven: 30, lastAt: expect.any(Date) }),
  ]);
  await log.collections.entries.updateOne({ cvr: '23456780', seq: 2 }, { $set: { user: 'x' } });
  expect((await own()).faults).toEqual([]);
  await log.collections.entries.updateOne({ cvr: '12345678', seq: 2 }, { $set: { user: 'x' } });
  expect((await own()).faults).toEqual([
    { place: expect.stringMatching(/:12345678:2$/), kind: 'ENTRY_CHANGED' },
  ]);
});

test('concurrent appends share inserts and keep one unbroken sequence', async () => {
  let inserts = 0;
  const sink = log.newSink();
  const counting: AuditSink = {
    ...sink,
    insertEntries: (entries) => {
      inserts++;
      return sink.insertEntries(entries);
    },
  };
  const writer = await log.openWriter(counting);
  await Promise.all(Array.from({ length: 50 }, () => writer.append([fact()])));
  await writer.stop();
  expect(inserts).toBeLessThan(10);
  const seqs = (await log.collections.entries.find({ cvr: '12345678' }).sort({ seq: 1 }).toArray()).map(
    (entry) => entry.seq,
  );
  expect(seqs).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
});

test('a writer that was killed leaves a tail that is named, not a fault', async () => {
  const writer = await log.openWriter();
  await writer.append([fact()]);
  await writer.checkpoint('interval');
  await writer.append([fact(), fact()]);
  const report = await log.verify();
  expect(report.faults).toEqual([]);
  expect(report.unproven).toEqual([{ writer: writer.id, cvr: '12345678', fromSeq: 2, toSeq: 3 }]);
});

describe('tampering is found, and the first bad record named', () => {
  const at = (writer: AuditWriter, seq: number) => `${writer.id}:12345678:${seq}`;
  const forge = { $set: { jws: 'a.b.c' } };
  const entry = (writer: AuditWriter, seq: number) => ({ _id: at(writer, seq) }) as Partial<AuditEntry>;

  test.each<
    [string, (writer: AuditWriter) => Promise<unknown>, (writer: AuditWriter) => string, AuditFaultKind]
  >([
    [
      'a changed field',
      (w) => log.collections.entries.updateOne(entry(w, 5), { $set: { user: 'somebody else' } }),
      (w) => at(w, 5),
      'ENTRY_CHANGED',
    ],
    [
      'a changed refusal',
      (w) => log.collections.entries.updateOne(entry(w, 7), { $set: { decision: 'REFUSE' } }),
      (w) => at(w, 7),
      'ENTRY_CHANGED',
    ],
    [
      'an entry taken out',
      (w) => log.collections.entries.deleteOne(entry(w, 6)),
      (w) => at(w, 7),
      'ENTRIES_MISSING',
    ],
    [
      'the last entries cut',
      () => log.collections.entries.deleteMany({ cvr: '12345678', seq: { $gte: 28 } }),
      (w) => at(w, 28),
      'VOUCHED_ENTRIES_MISSING',
    ],
    [
      'a whole chain taken out',
      () => log.collections.entries.deleteMany({ cvr: '12345678' }),
      (w) => at(w, 1),
      'VOUCHED_ENTRIES_MISSING',
    ],
    [
      'a checkpoint taken out',
      (w) => log.collections.checkpoints.deleteOne({ _id: `${w.id}:1` }),
      (w) => `${w.id}:2`,
      'CHECKPOINT_MISSING',
    ],
    [
      'a forged checkpoint',
      (w) => log.collections.checkpoints.updateOne({ _id: `${w.id}:2` }, forge),
      (w) => `${w.id}:2`,
      'CHECKPOINT_FORGED',
    ],
  ])('%s', async (_what, tamper, place, kind) => {
    const writer = await log.write();
    await tamper(writer);
    const { faults } = await log.verify(false);
    expect(faults[0]).toEqual({ place: place(writer), kind });
  });

  test('two entries swapped', async () => {
    const writer = await log.write();
    const [a, b] = await Promise.all(
      [3, 4].map((seq) => log.collections.entries.findOne(entry(writer, seq))),
    );
    await log.collections.entries.deleteMany({ _id: { $in: [a!._id, b!._id] } });
    await log.collections.entries.insertMany([
      { ...a!, _id: b!._id, seq: 4 },
      { ...b!, _id: a!._id, seq: 3 },
    ]);
    expect((await log.verify(false)).faults[0]!.place).toBe(at(writer, 3));
  });
  test('a rewritten chain with right hashes, against the checkpoint', async () => {
    const writer = await log.write();
    const before = await log.collections.entries.find({ cvr: '12345678' }).sort({ seq: 1 }).toArray();
    await log.collections.entries.deleteMany({ cvr: '12345678' });
    let head: AuditEntry | undefined;
    for (const { writer: by, _id: _place, seq: _seq, prev: _prev, hash: _hash, ...old } of before) {
      head = chainEntry({ ...old, user: 'forger' }, by, head);
      await log.collections.entries.insertOne(head);
    }
    const { faults } = await log.verify(false);
    expect(faults).toEqual([{ place: at(writer, before.length), kind: 'ENTRY_REPLACED' }]);
  });
  test('a whole writer taken out with its checkpoints, by the file outside the database', async () => {
    await log.write();
    await log.collections.entries.deleteMany({});
    await log.collections.checkpoints.deleteMany({});
    expect((await log.verify(false)).faults).toEqual([]);
    expect((await log.verify()).faults[0]).toEqual({
      place: 'anchor line 2',
      kind: 'ANCHORED_MISSING',
    });
  });
  test('another installation’s key', async () => {
    await log.write();
    const report = await verifyAudit(log.collections, {
      keys: [trusted(await newKey())],
      anchorFile: undefined,
    });
    expect(report.faults.slice(0, 2).map(({ kind }) => kind)).toEqual(['KEY_UNKNOWN', 'KEY_UNKNOWN']);
  });
});

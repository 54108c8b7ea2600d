import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { AuditSink } from '../../../../subgraphs/shared/audit/writer.js';
import { fact, openTestLog, type TestLog } from '../../../kit/audit-log.js';

let log: TestLog;
let sink: AuditSink;
beforeEach(async () => {
  log = await openTestLog();
  sink = log.newSink();
});
afterEach(() => log[Symbol.asyncDispose]());

test('a writer’s id, which each entry says in many places, is short and its own', async () => {
  const ids = await Promise.all([1, 2].map(async () => (await log.openWriter()).id));
  expect(new Set(ids).size).toBe(2);
  for (const id of ids) expect(id).toMatch(/^[a-z]+-[\w-]{16}$/);
});

describe('a checkpoint that could not be stored', () => {
  const failing = (fails: () => 'before' | 'after' | 'no'): AuditSink => ({
    ...sink,
    async insertCheckpoint(checkpoint) {
      const how = fails();
      if (how !== 'before') await sink.insertCheckpoint(checkpoint);
      if (how !== 'no') throw new Error('store down');
    },
  });
  test.each(['before', 'after'] as const)(
    'is stored first the next time, whether its insert failed or only its answer (%s)',
    async (when) => {
      let how: 'before' | 'after' | 'no' = 'no';
      const writer = await log.openWriter(failing(() => how));
      await writer.append([fact()]);
      how = when;
      await expect(writer.checkpoint('interval')).rejects.toThrow('store down');
      await writer.append([fact()]);
      how = 'no';
      await writer.stop();
      const report = await log.verify();
      expect([report.faults, report.unproven, report.checkpoints]).toEqual([[], [], 3]);
    },
  );
  test('does not take the next one’s number when only its copy outside failed', async () => {
    let isFull = false;
    const full: AuditSink = {
      ...sink,
      anchor: (checkpoint) => (isFull ? Promise.reject(new Error('disk full')) : sink.anchor(checkpoint)),
    };
    const writer = await log.openWriter(full);
    isFull = true;
    await expect(writer.checkpoint('interval')).rejects.toThrow('disk full');
    isFull = false;
    await writer.stop();
    const report = await log.verify();
    expect([report.faults, report.checkpoints, report.anchors]).toEqual([[], 3, 2]);
  });
  test('a writer that changes its id meanwhile begins its checkpoints anew', async () => {
    let failEntries = false;
    let duringCheckpoint: (() => Promise<unknown>) | undefined;
    const flaky: AuditSink = {
      ...sink,
      insertEntries: (entries) =>
        failEntries ? Promise.reject(new Error('store down')) : sink.insertEntries(entries),
      async insertCheckpoint(checkpoint) {
        await duringCheckpoint?.();
        await sink.insertCheckpoint(checkpoint);
      },
    };
    const writer = await log.openWriter(flaky);
    duringCheckpoint = async () => {
      failEntries = true;
      await writer.append([fact()]).catch(() => undefined);
      failEntries = false;
      duringCheckpoint = undefined;
    };
    await writer.checkpoint('interval');
    await writer.append([fact()]);
    await writer.stop();
    expect((await log.verify()).faults).toEqual([]);
  });
});

test('a failed insert fails the read, and the writer goes on under a new id without a gap', async () => {
  let failing = false;
  const flaky: AuditSink = {
    ...sink,
    insertEntries: (entries) =>
      failing ? Promise.reject(new Error('store down')) : sink.insertEntries(entries),
  };
  const writer = await log.openWriter(flaky);
  const first = writer.id;
  await writer.append([fact()]);
  failing = true;
  await expect(writer.append([fact()])).rejects.toMatchObject({ extensions: { code: 'AUDIT_UNAVAILABLE' } });
  await expect(writer.append([fact()])).rejects.toMatchObject({ extensions: { code: 'AUDIT_UNAVAILABLE' } });
  failing = false;
  await writer.append([fact()]);
  await writer.stop();
  expect(writer.id).not.toBe(first);
  const report = await log.verify(false);
  expect(report.faults).toEqual([]);
  const started = await log.collections.entries.find({ event: 'writer-started' }).toArray();
  expect(started.map((entry) => entry.writer).sort()).toEqual([first, writer.id].sort());
});

test('whatever a search holds is one record, escaped', async () => {
  const writer = await log.openWriter();
  await writer.append([fact()]);
  await writer.stop();
  const stored = await log.collections.entries.findOne({ event: 'opened' });
  expect(stored!.criteria).toEqual(fact().criteria);
  expect(readFileSync(log.anchor, 'utf8').trim().split('\n')).toHaveLength(2);
});

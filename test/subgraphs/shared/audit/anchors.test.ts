import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { checkpointSigner } from '../../../../subgraphs/shared/audit/checkpoint.js';
import type { AuditCollections } from '../../../../subgraphs/shared/audit/mongo-sink.js';
import { verifyAudit } from '../../../../subgraphs/shared/audit/verify.js';
import { newKey } from '../../../../subgraphs/shared/settings/keys.js';
import { fact, openTestLog, trusted, type TestLog } from '../../../kit/audit-log.js';

let log: TestLog;
beforeEach(async () => {
  log = await openTestLog();
});
afterEach(() => log[Symbol.asyncDispose]());

describe('the file outside the database', () => {
  const lines = () => readFileSync(log.anchor, 'utf8').split('\n');
  const kinds = async (cvrs?: readonly string[]) =>
    (await log.verify(true, cvrs)).faults.map(({ kind }) => kind);
  test('is counted', async () => {
    await log.write();
    expect((await log.verify()).anchors).toBe(2);
    expect((await log.verify(false)).anchors).toBeNull();
  });
  test('is missed when it is gone, and not before anything was written', async () => {
    expect(await kinds()).toEqual([]);
    await log.write();
    rmSync(log.anchor);
    expect(await kinds()).toEqual(['ANCHOR_GONE']);
  });
  test('is a fault of those authorities alone whose chains the missing checkpoint vouched for', async () => {
    const writer = await log.openWriter();
    await writer.append([fact()]);
    await writer.stop();
    await log.collections.entries.deleteMany({ writer: writer.id });
    await log.collections.checkpoints.deleteMany({ writer: writer.id });
    await log.write();
    expect(await kinds(['12345678'])).toEqual(['ANCHORED_MISSING']);
    expect(await kinds(['23456780'])).toEqual([]);
    expect(await kinds()).toEqual(['ANCHORED_MISSING', 'ANCHORED_MISSING']);
  });
  test('holds no line of a stranger', async () => {
    await log.write();
    const sign = await checkpointSigner(await newKey());
    const at = new Date().toISOString();
    const { jws } = await sign({ writer: 'w', no: 1, at, reason: 'start', heads: [], prev: null });
    appendFileSync(log.anchor, `${jws}\n`);
    expect(await kinds()).toEqual(['ANCHOR_FORGED']);
  });
  test('a line cut off by a power failure is no fault, and swallows none that follows', async () => {
    await log.write();
    const [, , last] = lines();
    writeFileSync(log.anchor, lines().slice(0, 2).join('\n') + '\n' + last!.slice(0, 100));
    expect(await kinds()).toEqual([]);
    await log.write();
    const report = await log.verify();
    expect([report.faults, report.anchors]).toEqual([[], 3]);
  });
  test('a checkpoint signed while the log is walked is no fault', async () => {
    const writer = await log.openWriter();
    await writer.append([fact()]);
    const { checkpoints } = log.collections;
    const slow = {
      ...log.collections,
      checkpoints: {
        find: () => ({
          sort: () =>
            (async function* () {
              yield* await checkpoints.find().sort({ no: 1 }).toArray();
              await writer.checkpoint('interval');
            })(),
        }),
      } as unknown as AuditCollections['checkpoints'],
    };
    const report = await verifyAudit(slow, { keys: [trusted(log.key)], anchorFile: log.anchor });
    expect([report.faults, report.checkpoints]).toEqual([[], 1]);
    expect(lines().filter((line) => line !== '')).toHaveLength(2);
    await writer.stop();
  });
});

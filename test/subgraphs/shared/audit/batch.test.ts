import { describe, expect, test } from '@jest/globals';
import { AuditBatch } from '../../../../subgraphs/shared/audit/batch.js';
import type { AuditFact } from '../../../../subgraphs/shared/audit/entry.js';

const fact = (requestId: string): AuditFact => ({
  at: new Date(0),
  cvr: '12345678',
  user: 'user',
  unit: null,
  event: 'opened',
  decision: 'PERMIT',
  permission: 'citizen-read',
  ruleCode: null,
  operation: null,
  purpose: null,
  lookupId: null,
  requestId,
  citizenId: 'citizen',
  objects: [],
  kle: [],
  rights: [],
  criteria: [],
  alarms: [],
});

function recorder(failing = false) {
  const writes: string[][] = [];
  return {
    writes,
    append: (facts: readonly AuditFact[]) => {
      writes.push(facts.map(({ requestId }) => requestId));
      return failing ? Promise.reject(new Error('no store')) : Promise.resolve();
    },
  };
}

describe('a batch of log entries', () => {
  test('is written once, in order, however often it is asked', async () => {
    const writer = recorder();
    const batch = new AuditBatch(writer);
    await batch.append([fact('one')]);
    await batch.append([fact('two'), fact('three')]);
    expect(writer.writes).toEqual([]);
    await Promise.all([batch.write(), batch.write()]);
    await batch.write();
    expect(writer.writes).toEqual([['one', 'two', 'three']]);
  });

  test('makes one entry of an opening and what it showed', async () => {
    const writer = recorder();
    const batch = new AuditBatch(writer);
    await batch.append([fact('one')]);
    await batch.append([{ ...fact('one'), event: 'section-read', permission: 'case-read' }]);
    await batch.write();
    expect(writer.writes).toEqual([['one']]);
  });

  test('writes what comes after it at once', async () => {
    const writer = recorder();
    const batch = new AuditBatch(writer);
    await batch.append([fact('one')]);
    await batch.write();
    await batch.append([fact('late')]);
    expect(writer.writes).toEqual([['one'], ['late']]);
  });

  test('fails each time it is asked when it could not be written', async () => {
    const batch = new AuditBatch(recorder(true));
    await batch.append([fact('one')]);
    await expect(batch.write()).rejects.toThrow('no store');
    await expect(batch.write()).rejects.toThrow('no store');
    await expect(batch.append([fact('late')])).rejects.toThrow('no store');
  });
});

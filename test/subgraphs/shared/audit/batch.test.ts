import { describe, expect, test } from '@jest/globals';
import { AuditBatch } from '../../../../subgraphs/shared/audit/batch.js';
import type { AuditFact } from '../../../../subgraphs/shared/audit/entry.js';
import { Openings } from '../../../../subgraphs/shared/audit/openings.js';

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

describe('requests of one look-up', () => {
  const LOOK_UP = 'look-up';
  const opened = (other: Partial<AuditFact> = {}) => ({ ...fact('request'), lookupId: LOOK_UP, ...other });
  /** Writes what requests record, one after the other. @returns the events that were written */
  async function eventsOf(requests: readonly AuditFact[][], openings: Openings, failing = false) {
    const events: string[] = [];
    const writer = {
      append: (facts: readonly AuditFact[]) => {
        if (failing) return Promise.reject(new Error('no store'));
        events.push(...facts.map(({ event, parts = [] }) => `${event} ${parts.length}`));
        return Promise.resolve();
      },
    };
    for (const facts of requests) {
      const batch = new AuditBatch(writer, openings);
      await batch.append(facts);
      await batch.write().catch(() => undefined);
    }
    return events;
  }
  const timeline = [opened(), opened({ event: 'section-read', permission: 'case-read' })];

  test('open a person once; what comes later is more of what was shown, with its parts', async () => {
    expect(await eventsOf([[opened()], timeline, [opened()]], new Openings())).toEqual([
      'opened 0',
      'section-read 1',
      'section-read 0',
    ]);
  });

  test.each<[string, Partial<AuditFact>]>([
    ['another look-up', { lookupId: 'another' }],
    ['no look-up', { lookupId: null }],
    ['another person', { citizenId: 'another' }],
    ['another user', { user: 'another' }],
    ['another unit', { unit: 'another' }],
    ['another authority', { cvr: '87654321' }],
    ['another purpose', { purpose: 'CONTROL' }],
  ])('%s is another opening', async (_says, other) => {
    expect(await eventsOf([[opened()], [opened(other)]], new Openings())).toEqual(['opened 0', 'opened 0']);
  });

  test('a refusal is no opening, and stays a refusal', async () => {
    const refused = opened({ decision: 'REFUSE', ruleCode: 'NO_ROLE' });
    expect(await eventsOf([[refused], [opened()], [refused]], new Openings())).toEqual([
      'opened 0',
      'opened 0',
      'opened 0',
    ]);
  });

  test('an opening that could not be written is none', async () => {
    const openings = new Openings();
    await eventsOf([[opened()]], openings, true);
    expect(await eventsOf([[opened()]], openings)).toEqual(['opened 0']);
  });

  test('a look-up ends a quarter of an hour after the opening', async () => {
    let now = 1;
    const openings = new Openings(() => now);
    await eventsOf([[opened()]], openings);
    now += 15 * 60_000 - 1;
    expect(await eventsOf([[opened()]], openings)).toEqual(['section-read 0']);
    now += 2;
    expect(await eventsOf([[opened()]], openings)).toEqual(['opened 0']);
  });
});

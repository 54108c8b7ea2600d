import { expect, test } from '@jest/globals';
import { tiesOf } from '../../../intake/in-step/ties-of.js';
import type { IngestOutcome } from '../../../subgraphs/shared/in-step/registered.js';
import { feedRecordShape, type FeedRecord } from '../../../subgraphs/shared/records/records.js';
import { RECORD_SAMPLES } from '../../kit/record-samples.js';

/** @returns the sample of a type, changed as given. */
const sample = (type: string, change: object = {}): FeedRecord =>
  feedRecordShape.parse({ ...RECORD_SAMPLES.find((record) => record['type'] === type), ...change });
const tieOf = (record: FeedRecord, outcome: IngestOutcome = 'accepted') => tiesOf([record], [outcome]);

const CPR = 'urn:oio:cpr-nr:0202701234';
const CASE = '00000000-0000-4000-8000-000000000101';
const head = { id: CASE, registeredAt: '2026-01-02T00:00:00Z', source: 'KSD' };
const removal = (of: string) => feedRecordShape.parse({ type: 'removal', ...head, of });
const numbers = (records: FeedRecord[]) =>
  records.map((record) => tieOf(record).map(({ ties }) => ties.length));

test('a case ties its parties by its own facts, without its parties among them', () => {
  const record = sample('case', { parties: [{ role: 'PRIMARY', person: CPR }] });
  if (record.type !== 'case') throw new Error('no case');
  const { ownerCvr, kle, sensitivity, unit, profile, hiddenFrom, source, validFrom, validTo } = record;
  expect(tieOf(record)).toEqual([
    {
      recordId: record.id,
      registeredAt: record.registeredAt,
      kind: 'case',
      keys: ['0202701234'],
      ties: [
        {
          kind: 'case',
          ...{ ownerCvr, kle, sensitivity, unit, profile, hiddenFrom, source, validFrom, validTo },
          parties: [],
        },
      ],
    },
  ]);
});

test('what is filed on a case ties nobody by itself, and says so', () => {
  expect(numbers([sample('document', { caseIds: [CASE] }), sample('document', { caseIds: [] })])).toEqual([
    [0],
    [1],
  ]);
  expect(numbers([sample('alert', { caseId: CASE }), sample('alert', { caseId: null })])).toEqual([[0], [1]]);
  expect(tieOf(sample('document', { caseIds: [] }))[0]!.ties[0]).toMatchObject({
    kind: 'document',
    parties: [],
  });
  expect(tieOf(sample('alert', { caseId: null }))[0]!.ties[0]).toMatchObject({ kind: 'alert', parties: [] });
});

test('an alert ties its one party', () => {
  expect(tieOf(sample('alert'))[0]!.keys).toHaveLength(1);
});

test('a grant ties its party once for each benefit, by the area of that one and no unit', () => {
  const record = sample('grant');
  if (record.type !== 'grant') throw new Error('no grant');
  const [{ ties, kind, keys }] = tieOf(record) as [ReturnType<typeof tiesOf>[number]];
  expect([kind, keys.length, ties.map(({ kle }) => kle)]).toEqual([
    'grant',
    1,
    record.benefits.map(({ kle }) => kle),
  ]);
  for (const tie of ties)
    expect(tie).toMatchObject({ kind: 'grant', unit: null, hiddenFrom: [], parties: [] });
});

test('what is gone ties nobody any more; what never tied anybody is not spoken of', () => {
  for (const kind of ['case', 'document', 'grant', 'alert'])
    expect(tieOf(removal(kind))).toEqual([
      { kind, recordId: CASE, registeredAt: new Date(head.registeredAt), keys: [], ties: [] },
    ]);
  for (const kind of ['person', 'company', 'note', 'payment']) expect(tieOf(removal(kind))).toEqual([]);
});

test('a record that was not taken ties nobody; one that came again does', () => {
  const record = sample('case');
  expect(tieOf(record, 'foreign')).toEqual([]);
  for (const outcome of ['accepted', 'duplicate', 'superseded'] as const)
    expect(tieOf(record, outcome)).toHaveLength(1);
  expect(tiesOf([record, removal('case')], ['foreign', 'accepted'])).toHaveLength(1);
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AuditEvent, AuditFact } from '../../../../subgraphs/shared/audit/entry.js';
import { foldParts } from '../../../../subgraphs/shared/audit/fold-parts.js';

const OPENED: AuditFact = {
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
  requestId: 'request',
  citizenId: 'citizen',
  objects: ['citizen'],
  kle: [],
  rights: ['citizen-read'],
  criteria: [],
  alarms: [],
};
const section = (
  permission: string,
  objects: readonly string[],
  other: Partial<AuditFact> = {},
): AuditFact => ({
  ...OPENED,
  event: 'section-read',
  permission,
  objects,
  rights: [permission],
  ...other,
});

describe('what one opening showed', () => {
  test('is one fact with a part for each permission', () => {
    const facts = [
      section('case-read', ['case-1'], { kle: ['32.30.04'] }),
      OPENED,
      section('document-read', ['document-1']),
      section('case-read', ['case-2', 'case-1'], { kle: ['32.30.04', '27.36.00'] }),
    ];
    expect(foldParts(facts)).toEqual([
      {
        ...OPENED,
        parts: [
          {
            permission: 'case-read',
            objects: ['case-1', 'case-2'],
            kle: ['32.30.04', '27.36.00'],
            rights: ['case-read'],
          },
          { permission: 'document-read', objects: ['document-1'], kle: [], rights: ['document-read'] },
        ],
      },
    ]);
  });

  test('carries the alarms of its parts, each once', () => {
    const facts = [
      { ...OPENED, alarms: ['KIN'] },
      section('case-read', ['case-1'], { alarms: ['KIN', 'COLLEAGUE'] }),
    ];
    expect(foldParts(facts).map(({ alarms }) => alarms)).toEqual([['KIN', 'COLLEAGUE']]);
  });

  test.each<[string, AuditFact]>([
    ['a refusal', section('case-read', ['case-1'], { decision: 'REFUSE', ruleCode: 'NO_ROLE' })],
    ['a failure', section('case-read', [], { decision: 'FAILURE' })],
    ['another person', section('citizen-read', ['other'], { citizenId: 'other' })],
    ['nobody', section('citizen-read', [], { citizenId: null })],
    ['a search', section('citizen-search', [], { event: 'searched' })],
    [
      'a section that was asked for by criteria',
      section('case-read', [], { criteria: [{ name: 'a', value: 'b' }] }),
    ],
    ['a shown personal number', section('citizen-read', ['citizen'], { event: 'cpr-revealed' })],
    ['a second opening', { ...OPENED, objects: ['case-1'], permission: 'case-read' }],
    ['another authority', section('case-read', [], { cvr: '87654321' })],
    ['another user', section('case-read', [], { user: 'other' })],
    ['another unit', section('case-read', [], { unit: 'other' })],
    ['another request', section('case-read', [], { requestId: 'other' })],
    ['another purpose', section('case-read', [], { purpose: 'other' })],
    ['another look-up', section('case-read', [], { lookupId: 'other' })],
    ['another operation', section('case-read', [], { operation: 'other' })],
  ])('stays apart from %s', (_what, fact) => {
    expect(foldParts([OPENED, fact])).toEqual([OPENED, fact]);
  });

  test('a refused opening has no parts', () => {
    const facts = [{ ...OPENED, decision: 'REFUSE' as const }, section('case-read', ['case-1'])];
    expect(foldParts(facts)).toEqual(facts);
  });
});

test('no record, classification, right or alarm is lost, whatever was recorded', () => {
  const some = <T extends string | null>(...values: T[]) => fc.constantFrom<T[]>(...values);
  const list = (...values: string[]) => fc.uniqueArray(some(...values));
  const fact: fc.Arbitrary<AuditFact> = fc
    .record({
      event: some<AuditEvent>('opened', 'section-read', 'searched'),
      decision: some<AuditFact['decision']>('PERMIT', 'REFUSE', 'FAILURE'),
      permission: some('citizen-read', 'case-read', 'document-read'),
      citizenId: some('a', 'b', null),
      objects: list('1', '2', '3'),
      kle: list('32.30.04', '27.36.00'),
      rights: list('case-read', 'document-read'),
      alarms: list('KIN', 'COLLEAGUE'),
    })
    .map((given) => ({ ...OPENED, ...given }));
  const named = (facts: readonly AuditFact[]) =>
    new Set(
      facts.flatMap(({ citizenId, decision, permission, parts = [], ...whole }) =>
        [{ permission, ...whole, alarms: [] as readonly string[] }, ...parts]
          .flatMap((part) =>
            [...part.objects, ...part.kle, ...part.rights].map((each) =>
              [citizenId, decision, part.permission, each].join(),
            ),
          )
          .concat(whole.alarms.map((alarm) => [citizenId, decision, alarm].join())),
      ),
    );
  fc.assert(
    fc.property(fc.array(fact, { maxLength: 12 }), (facts) => {
      expect(named(foldParts(facts))).toEqual(named(facts));
    }),
  );
});

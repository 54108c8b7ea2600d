import { expect, test } from '@jest/globals';
import type { Agreement, Grant, RecordKind } from '../../../../subgraphs/shared/policy/grants.js';
import type { Permission } from '../../../../subgraphs/shared/policy/permissions.js';
import { contributingAgreements } from '../../../../subgraphs/shared/sections/contributing.js';

const agreement = (source: string, change: Partial<Agreement> = {}): Agreement => ({
  source,
  name: source,
  cvr: '12345678',
  kinds: ['cases', 'documents', 'benefits'],
  kle: ['32.*'],
  sensitivity: 3,
  crossAuthority: false,
  staleAfterHours: 24,
  ...change,
});
const grant = (change: Partial<Grant> = {}): Grant => ({
  role: 'case-read',
  cvr: '12345678',
  kle: ['32.30.*'],
  sensitivity: 2,
  ...change,
});
const AGREEMENTS = [
  agreement('KSD'),
  agreement('KY'),
  agreement('OTHER_AUTHORITY', { cvr: '23456780' }),
  agreement('OTHER_AREA', { kle: ['27.*'] }),
  agreement('OTHER_KIND', { kinds: ['alerts'] }),
  agreement('UDK', { crossAuthority: true }),
];

test.each<
  [says: string, permission: Permission, kind: RecordKind | 'own', grants: Grant[], sources: string[]]
>([
  ['same authority, kind and area', 'case-read', 'cases', [grant()], ['KSD', 'KY', 'UDK']],
  ['the systems of the grant alone', 'case-read', 'cases', [grant({ systems: ['KY'] })], ['KY']],
  ['each source once', 'case-read', 'cases', [grant({ systems: ['KY'] }), grant()], ['KY', 'KSD', 'UDK']],
  ['no grant of the permission', 'document-read', 'documents', [grant()], []],
  ['a void grant', 'case-read', 'cases', [{ role: 'case-read', cvr: '12345678' }], []],
  ['nobody delivers what Overblik keeps', 'case-read', 'own', [grant()], []],
  [
    'benefits of the own authority without those of others',
    'benefit-read',
    'benefits',
    [grant({ role: 'benefit-read' })],
    ['KSD', 'KY'],
  ],
  [
    'benefits of others by the right to them alone',
    'benefit-read',
    'benefits',
    [{ role: 'benefit-cross-authority', cvr: '12345678', kle: ['32.*'] }],
    ['UDK'],
  ],
])('agreements that could show something: %s', (_, permission, kind, grants, sources) => {
  const rights = { grants, agreements: AGREEMENTS };
  const found = contributingAgreements(permission, kind, rights);
  expect(found.map(({ source }) => source)).toEqual(sources);
  expect(contributingAgreements(permission, kind, rights)).toBe(found);
});

test('what was found for one question, grants or agreements says nothing of others', () => {
  const grants = [grant(), grant({ role: 'document-read', systems: ['KY'] })];
  const of = (permission: Permission, kind: RecordKind, agreements: readonly Agreement[], held = grants) =>
    contributingAgreements(permission, kind, { grants: held, agreements }).map(({ source }) => source);
  expect(of('case-read', 'cases', AGREEMENTS)).toEqual(['KSD', 'KY', 'UDK']);
  expect(of('document-read', 'documents', AGREEMENTS)).toEqual(['KY']);
  expect(of('case-read', 'alerts', AGREEMENTS)).toEqual(['OTHER_KIND']);
  expect(of('case-read', 'cases', [agreement('SBSYS')])).toEqual(['SBSYS']);
  expect(of('case-read', 'cases', AGREEMENTS, [grant({ cvr: '23456780' })])).toEqual(['OTHER_AUTHORITY']);
});

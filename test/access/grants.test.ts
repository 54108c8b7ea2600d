import { describe, expect, test } from '@jest/globals';
import {
  mergeGrants,
  voidReason,
  type Grant,
  type UncheckedGrant,
} from '../../subgraphs/shared/policy/grants.js';
import {
  PERMISSION_ROLES,
  isPermission,
  isSystemRole,
  type Permission,
  type SystemRole,
} from '../../subgraphs/shared/policy/permissions.js';
import { isSectionOff, SECTIONS } from '../../subgraphs/shared/policy/sections.js';
import { OWN, grant } from '../kit/access.js';

/** Rights that more than the role of their own name opens; every other is opened by its namesake alone. */
const BY_OTHERS: Partial<Record<Permission, readonly SystemRole[]>> = {
  'benefit-read': ['benefit-read', 'benefit-cross-authority'],
  'access-view': ['access-administer', 'access-approve'],
  'choices-view': ['access-administer', 'access-approve', 'alert-administer', 'alert-handle', 'audit-read'],
  'access-simulate': ['access-administer'],
  'access-preview': ['access-administer', 'access-approve'],
  'gateway-internal': [],
};

test('a right is opened by the role of its own name, but for those that say otherwise', () => {
  for (const [permission, roles] of Object.entries(PERMISSION_ROLES))
    expect([permission, roles]).toEqual([permission, BY_OTHERS[permission as Permission] ?? [permission]]);
});

test('names of members of every object are neither rights nor roles', () => {
  for (const name of ['toString', 'constructor', '__proto__', ''])
    expect([isPermission(name), isSystemRole(name)]).toEqual([false, false]);
});

/** What a section that is switched off takes with it. */
const OF_SECTION: Record<(typeof SECTIONS)[number], readonly Permission[]> = {
  address: [],
  family: [],
  household: [],
  remarks: ['remark-read', 'remark-write'],
  cases: ['case-read', 'case-exists', 'note-read', 'note-write'],
  controlCases: ['control-case-read'],
  documents: ['document-read'],
  benefits: ['benefit-read'],
  alerts: ['alert-read', 'alert-handle'],
};

test.each(SECTIONS)('%s switched off: its own rights give nothing, all others what they gave', (section) => {
  const permissions = Object.keys(PERMISSION_ROLES) as Permission[];
  const off = permissions.filter((permission) => isSectionOff(permission, [section]));
  expect(off.sort()).toEqual([...OF_SECTION[section]].sort());
  expect(permissions.filter((permission) => isSectionOff(permission, []))).toEqual([]);
});

const role = (name: SystemRole, change: Partial<UncheckedGrant> = {}): UncheckedGrant => ({
  role: name,
  cvr: OWN,
  ...change,
});

describe('a grant is void', () => {
  test.each<[string, UncheckedGrant, string | undefined]>([
    ['never, when it has all it must', grant(), undefined],
    ['never, for a role without constraints', role('citizen-read'), undefined],
    ['of a role nobody knows', { ...grant(), role: 'case-reader' }, 'UNKNOWN_ROLE'],
    ['of a role named like a member of every object', { ...grant(), role: 'toString' }, 'UNKNOWN_ROLE'],
    ['with too short a CVR number', grant({ cvr: '1234567' }), 'CVR_MISSING'],
    ['with more than a CVR number', grant({ cvr: '123456789' }), 'CVR_MISSING'],
    ['with something before a CVR number', grant({ cvr: 'x12345678' }), 'CVR_MISSING'],
    ['without KLE', role('case-read', { sensitivity: 2 }), 'KLE_MISSING'],
    ['with an empty list of KLE', grant({ kle: [] }), 'KLE_MISSING'],
    ['with one KLE value that is none', grant({ kle: ['32.*', '32'] }), 'KLE_INVALID'],
    ['without a level', role('case-read', { kle: ['*'] }), 'SENSITIVITY_MISSING'],
    ['with level 0', grant({ sensitivity: 0 as never }), 'SENSITIVITY_MISSING'],
    ['with level 5', grant({ sensitivity: 5 as never }), 'SENSITIVITY_MISSING'],
    ['never, with the lowest level', grant({ sensitivity: 1 }), undefined],
    ['never, with the highest level', grant({ sensitivity: 4 }), undefined],
    ['with an empty list of units', grant({ units: [] }), 'UNIT_EMPTY'],
    ['with an empty list of systems', grant({ systems: [] }), 'SYSTEM_EMPTY'],
    ['never, with units and systems', grant({ units: ['unit'], systems: ['KSD'] }), undefined],
    [
      'with a level its role has not',
      role('alert-read', { kle: ['*'], sensitivity: 2 }),
      'CONSTRAINT_NOT_ALLOWED',
    ],
    ['with KLE its role has not', role('citizen-read', { kle: ['*'] }), 'CONSTRAINT_NOT_ALLOWED'],
    ['with an empty list its role has not', role('citizen-read', { units: [] }), 'CONSTRAINT_NOT_ALLOWED'],
    [
      'with units for benefits, whose grants have none',
      role('benefit-read', { kle: ['*'], sensitivity: 2, units: ['unit'] }),
      'CONSTRAINT_NOT_ALLOWED',
    ],
  ])('%s', (_says, given, reason) => {
    expect(voidReason(given)).toBe(reason);
  });
});

describe('grants become one', () => {
  const kleOf = (...grants: Grant[]) => mergeGrants(grants).map(({ kle }) => kle);
  test('when they differ in KLE alone, in whatever order units and systems stand', () => {
    const limits = { units: ['a', 'b'], systems: ['KSD', 'KY'] };
    const turned = { units: ['b', 'a'], systems: ['KY', 'KSD'] };
    expect(kleOf(grant({ ...limits, kle: ['32.*'] }), grant({ ...turned, kle: ['27.*', '32.*'] }))).toEqual([
      ['32.*', '27.*'],
    ]);
  });
  test.each<[string, Partial<Grant>]>([
    ['role', { role: 'document-read' }],
    ['authority', { cvr: '87654321' }],
    ['level', { sensitivity: 3 }],
    ['units', { units: ['a'] }],
    ['systems', { systems: ['KSD'] }],
  ])('never when they differ in their %s', (_what, change) => {
    expect(kleOf(grant(), grant({ ...change, kle: ['27.*'] }))).toEqual([['32.*'], ['27.*']]);
  });
  test.each<[string, Partial<Grant>, Partial<Grant>]>([
    ['units', { units: ['a'] }, { units: ['b'] }],
    ['systems', { systems: ['KSD'] }, { systems: ['KY'] }],
  ])('never when both are limited to %s, and not to the same', (_what, first, second) => {
    expect(kleOf(grant(first), grant({ ...second, kle: ['27.*'] }))).toEqual([['32.*'], ['27.*']]);
  });
  test('never one with KLE and one without', () => {
    const { kle: _kle, ...bare } = grant();
    expect(mergeGrants([bare, grant()])).toEqual([bare, grant()]);
    expect(mergeGrants([bare, bare])).toEqual([bare]);
  });
});

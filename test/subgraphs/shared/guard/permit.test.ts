import { describe, expect, test } from '@jest/globals';
import { Query } from 'mingo';
import { COMPILE, Permit } from '../../../../subgraphs/shared/guard/permit.js';
import type { Caller, IdentityClaims } from '../../../../subgraphs/shared/identity/caller.js';
import type { Hypothesis } from '../../../../subgraphs/shared/identity/hypothesis.js';
import { GATEWAY_CALLER, mintIdentity } from '../../../../subgraphs/shared/identity/internal-identity.js';
import type { Grant } from '../../../../subgraphs/shared/policy/grants.js';
import { OTHER, OWN, agreement, caseFacts, grant } from '../../../kit/access.js';

const TODAY = '2026-11-22';
const CITIZEN = { _id: 'citizen-1', homes: [{ cvr: OWN, from: '2000-01-01' }], ties: [] };
const ABROAD = { ...CITIZEN, homes: [{ cvr: OTHER, from: '2000-01-01' }] };

/** @returns the claims of a caller of the own authority with an agreement with KSD, with the given changes. */
function claimsOf(
  grants: readonly Grant[],
  change: Partial<Caller> = {},
  purpose: string | null = null,
  hypothesis?: Hypothesis,
): IdentityClaims {
  const caller = {
    ...GATEWAY_CALLER,
    subject: 'user',
    cvr: OWN,
    agreements: [agreement()],
    grants,
    ...change,
  };
  const { claims } = mintIdentity(
    {
      kind: hypothesis ? 'simulate' : 'caller',
      ...(hypothesis && { hypothesis }),
      audience: 'cases',
      caller,
      purpose,
      lookupId: null,
      requestId: 'request',
      operationName: null,
      body: { query: '', operationName: null, variables: {} },
    },
    new Date(),
  );
  return claims;
}

const plain = (role: Grant['role'], cvr = OWN): Grant => ({ role, cvr });
const own = { cvr: OWN, subject: 'user' };

describe('each right opens its own and no other', () => {
  test.each(['case-read', 'case-exists', 'note-read'] as const)('%s: cases, by that role alone', (role) => {
    for (const held of ['case-read', 'case-exists', 'note-read', 'note-write', 'document-read'] as const)
      expect([held, COMPILE[role](claimsOf([grant({ role: held })]), TODAY).matches(caseFacts())]).toEqual([
        held,
        held === role,
      ]);
  });
  test.each(['remark-read', 'audit-read'] as const)(
    '%s: the authorities it is held in, each once',
    (role) => {
      const claims = claimsOf([
        plain(role),
        plain(role),
        plain(role, OTHER),
        plain('citizen-read', '34567892'),
      ]);
      expect(COMPILE[role](claims, TODAY)).toEqual({ cvrs: [OWN, OTHER] });
    },
  );
  test.each([
    'citizen-search-national',
    'access-view',
    'choices-view',
    'access-administer',
    'access-approve',
    'break-glass',
  ] as const)('%s: the caller’s own authority, whatever authorities the right is held in', (permission) => {
    expect(COMPILE[permission](claimsOf([plain('access-administer', OTHER)]), TODAY)).toEqual(own);
  });
  test('gateway-internal: the gateway', () => {
    expect(COMPILE['gateway-internal'](claimsOf([]), TODAY)).toEqual({ gateway: true });
  });
  test('a protected address directly: by its own right alone', () => {
    const directly = (...roles: Grant['role'][]) =>
      COMPILE['citizen-read'](claimsOf(roles.map((role) => plain(role))), TODAY).protectedDirectly;
    expect([directly('citizen-read'), directly('citizen-read', 'address-protected-direct')]).toEqual([
      false,
      true,
    ]);
  });
  test('persons are opened nationwide by the national right; a search reaches the country only when it is asked to', () => {
    const national = claimsOf([
      plain('citizen-read'),
      plain('citizen-search'),
      plain('citizen-search-national'),
    ]);
    expect(COMPILE['citizen-read'](national, TODAY).reach.matches(ABROAD)).toBe(true);
    expect(COMPILE['remark-write'](national, TODAY).reach.matches(ABROAD)).toBe(true);
    const { reach } = COMPILE['citizen-search'](national, TODAY);
    expect([reach(false).matches(ABROAD), reach(true).matches(ABROAD)]).toEqual([false, true]);
  });
  test('to search and to open are two rights', () => {
    const [searcher, opener] = [claimsOf([plain('citizen-search')]), claimsOf([plain('citizen-read')])];
    const found = (claims: IdentityClaims) =>
      COMPILE['citizen-search'](claims, TODAY).reach(false).matches(CITIZEN);
    const opened = (claims: IdentityClaims) => COMPILE['citizen-read'](claims, TODAY).reach.matches(CITIZEN);
    expect([found(searcher), opened(searcher), found(opener), opened(opener)]).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });
  test('what is opened and what is written is under the caller’s own name', () => {
    const grants = [plain('citizen-read'), grant({ role: 'note-write' }), plain('remark-write')];
    const claims = claimsOf(grants);
    for (const permission of ['citizen-read', 'note-write', 'alert-handle', 'remark-write'] as const)
      expect(COMPILE[permission](claims, TODAY).own).toEqual(own);
  });
});

describe('writing a note', () => {
  test('on a case the right to write covers; what may be read is the reading right’s', () => {
    const { write, read } = COMPILE['note-write'](claimsOf([grant({ role: 'note-write' })]), TODAY);
    expect([write.matches(caseFacts()), read.matches(caseFacts())]).toEqual([true, false]);
  });
  test('break-glass opens what is there to be read; it writes nothing', () => {
    const grants = [grant({ kle: ['27.*'] }), grant({ role: 'note-write', kle: ['27.*'] })];
    const claims = claimsOf(grants, { lifted: ['citizen-1'] });
    const { write, read } = COMPILE['note-write'](claims, TODAY);
    expect([write.matches(caseFacts()), read.matches(caseFacts())]).toEqual([false, true]);
  });
});

describe('alerts', () => {
  const alert = { access: caseFacts({ sensitivity: 1 }), caseFacts: null, hasCase: false };
  const right = (role: Grant['role'], change: Partial<Grant> = {}): Grant => ({
    role,
    cvr: OWN,
    kle: ['32.*'],
    ...change,
  });
  test.each<[string, readonly Grant[], boolean]>([
    ['the right to see and the right to handle', [right('alert-read'), right('alert-handle')], true],
    ['the right to see alone', [right('alert-read')], false],
    ['the right to handle alone', [right('alert-handle')], false],
    [
      'the right to handle in another area',
      [right('alert-read'), right('alert-handle', { kle: ['27.*'] })],
      false,
    ],
    [
      'the right to see in another area',
      [right('alert-read', { kle: ['27.*'] }), right('alert-handle')],
      false,
    ],
  ])('are handled by whoever may see and handle them: %s', (_says, grants, handled) => {
    const { matches, filter } = COMPILE['alert-handle'](claimsOf(grants), TODAY);
    expect(matches(alert)).toBe(handled);
    expect(new Query(filter() as never).test({ _id: 'x', ...alert })).toBe(handled);
  });
  test('groups are administered in the own authority alone', () => {
    const group = { kle: ['32.*'], topic: '32.30.04', units: [] };
    const covers = (cvr: string) =>
      COMPILE['alert-administer'](claimsOf([right('alert-administer', { cvr })]), TODAY);
    expect([covers(OWN).covers(group), covers(OTHER).covers(group)]).toEqual([true, false]);
    expect(covers(OWN)).toMatchObject(own);
  });
});

describe('a stated purpose', () => {
  const control = {
    access: caseFacts({ ownerCvr: OTHER }),
    controlThemes: ['theme'],
    state: 'OPEN',
    droppedOn: null,
  };
  test.each([
    [null, false],
    ['UDK-11A-CONSENT', true],
    ['UDK-11A-CONTROL', true],
    ['UDK-8-BENEFIT-CASE', false],
  ])('control cases with %s', (purpose, shown) => {
    const claims = claimsOf([plain('control-case-read')], {}, purpose);
    expect(COMPILE['control-case-read'](claims, TODAY).matches(control)).toBe(shown);
  });
  test.each([
    [null, false],
    ['UDK-8-BENEFIT-CASE', true],
    ['UDK-6-7-FACTS', true],
    ['UDK-11A-CONTROL', false],
  ])('other authorities’ benefits with %s', (purpose, shown) => {
    const benefit = {
      access: caseFacts({ ownerCvr: OTHER, kle: null }),
      benefits: [{ kle: '32.30.04', endsOn: null }],
      paymentFacts: [{ ownerCvr: OTHER, kle: '32.30.04', disposalDate: TODAY }],
      caseFacts: null,
    };
    const claims = claimsOf([{ role: 'benefit-cross-authority', cvr: OWN, kle: ['32.*'] }], {}, purpose);
    expect(COMPILE['benefit-read'](claims, TODAY).matches(benefit)).toBe(shown);
  });
});

describe('a simulation', () => {
  const rights = (grants: readonly Grant[]) => ({
    grants,
    agreements: [agreement()],
    requester: { subject: 'x', cvr: OWN, unit: null, barred: [], lifted: [] },
    purpose: null,
  });
  test('looks with the rights before and after, and never with the administrator’s own', () => {
    const hypothesis: Hypothesis = {
      id: 'simulation',
      before: rights([]),
      after: rights([grant(), plain('citizen-read'), plain('citizen-search-national')]),
      citizenIds: [],
      testPersons: [],
    };
    const administrator = claimsOf([plain('access-administer'), grant()], {}, null, hypothesis);
    const { ownCvr, today, before, after } = COMPILE['access-simulate'](administrator, TODAY);
    expect([ownCvr, today, before.rights.requester.today]).toEqual([OWN, TODAY, TODAY]);
    expect([before.cases.matches(caseFacts()), after.cases.matches(caseFacts())]).toEqual([false, true]);
    expect([before.reach.matches(ABROAD), after.reach.matches(ABROAD)]).toEqual([false, true]);
  });
  test('needs something to simulate', () => {
    expect(() => COMPILE['access-simulate'](claimsOf([plain('access-administer')]), TODAY)).toThrow(
      'hypothesis',
    );
  });
});

test('an object of the same members is no permit', () => {
  const issued = Permit.issue('gateway-internal', { gateway: true });
  const { permission, access } = issued;
  // @ts-expect-error the compiler refuses it: the mark is missing
  const alike: typeof issued = { permission, access };
  expect([issued instanceof Permit, alike instanceof Permit]).toEqual([true, false]);
});

import { describe, expect, test } from '@jest/globals';
import { compiledAccess } from '../../../../subgraphs/shared/guard/compiled-access.js';
import { COMPILE } from '../../../../subgraphs/shared/guard/permit.js';
import type { Caller, IdentityClaims } from '../../../../subgraphs/shared/identity/caller.js';
import { GATEWAY_CALLER, mintIdentity } from '../../../../subgraphs/shared/identity/internal-identity.js';
import { OWN, agreement, caseFacts, grant } from '../../../kit/access.js';

const TODAY = '2026-11-22';
const CALLER: Caller = {
  ...GATEWAY_CALLER,
  subject: 'user',
  cvr: OWN,
  agreements: [agreement()],
  grants: [grant({ role: 'case-read' })],
};

const claimsOf = (caller: Caller, change: Partial<IdentityClaims> = {}): IdentityClaims => ({
  ...mintIdentity(
    {
      kind: 'caller',
      audience: 'cases',
      caller,
      purpose: null,
      lookupId: null,
      requestId: 'request',
      operationName: null,
      body: { query: '', operationName: null, variables: {} },
    },
    new Date(),
  ).claims,
  ...change,
});
const of = (caller: Caller, today = TODAY, change: Partial<IdentityClaims> = {}) =>
  compiledAccess('case-read', claimsOf(caller, change), today, COMPILE['case-read']);

describe('what a caller’s rights are compiled to', () => {
  test('is kept for the same caller, whichever request and subgraph asks', () => {
    const caller = { ...CALLER };
    expect(of(caller, TODAY, { audience: 'documents', requestId: 'another' })).toBe(of(caller));
  });

  test('is never another caller’s, though the two have the same rights', () => {
    const [first, second] = [{ ...CALLER }, { ...CALLER, barred: ['somebody'] }];
    expect(of(first)).not.toBe(of(second));
    const none = { ...CALLER, grants: [] };
    expect([of(first).matches(caseFacts()), of(none).matches(caseFacts())]).toEqual([true, false]);
  });

  test.each<[string, string, Partial<IdentityClaims>]>([
    ['another day', '2026-11-23', {}],
    ['another purpose', TODAY, { purpose: 'CONTROL' }],
    ['a simulation', TODAY, { kind: 'simulate' }],
  ])('is compiled anew for %s', (_says, today, change) => {
    const caller = { ...CALLER };
    expect(of(caller, today, change)).not.toBe(of(caller));
  });

  test('is one for each permission', () => {
    const caller = { ...CALLER };
    const read = of(caller);
    expect(compiledAccess('case-exists', claimsOf(caller), TODAY, COMPILE['case-exists'])).not.toBe(read);
    expect(of(caller)).toBe(read);
  });

  test('is forgotten when a caller has asked on more days than there can be', () => {
    const caller = { ...CALLER };
    const first = of(caller);
    for (let day = 0; day < 100; day++) of(caller, `day ${day}`);
    expect(of(caller)).not.toBe(first);
  });
});

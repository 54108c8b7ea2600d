import { describe, expect, test } from '@jest/globals';
import type { Assertion } from '../../../gateway/saml/assertion.js';
import { readFacts, type SamlFacts } from '../../../gateway/saml/attributes.js';
import type { IdentityProvider } from '../../../gateway/saml/provider.js';
import { SamlRefusal } from '../../../gateway/saml/refusal.js';
import { privileges, scopeOf } from '../../kit/privileges.js';

const OWN = '12345678';
const DELEGATED = '23456780';
const PROVIDER: IdentityProvider = {
  name: 'Prøve',
  entityId: 'provider',
  ssoUrl: 'https://identity.example/login',
  cvr: OWN,
  delegated: [DELEGATED],
  certificates: [],
};
const NEWER = {
  version: 'https://data.gov.dk/model/core/specVersion',
  cvr: 'https://data.gov.dk/model/core/eid/professional/cvr',
  level: 'https://data.gov.dk/concept/core/nsis/loa',
  cpr: 'https://data.gov.dk/model/core/eid/cprNumber',
  list: 'https://data.gov.dk/model/core/eid/privilegesIntermediate',
};
const OLDER = {
  version: 'dk:gov:saml:attribute:SpecVer',
  cvr: 'dk:gov:saml:attribute:CvrNumberIdentifier',
  level: 'dk:gov:saml:attribute:AssuranceLevel',
  cpr: 'dk:gov:saml:attribute:CprNumberIdentifier',
  list: 'dk:gov:saml:attribute:Privileges_intermediate',
};
const SUBSTANTIAL = 'https://data.gov.dk/concept/core/nsis/loa/Substantial';
const listFor = (cvr: string) => privileges({ scope: scopeOf(cvr), privilege: 'http://role' });

type Values = Readonly<Record<string, readonly (string | null)[]>>;
const FULL: Values = {
  [NEWER.version]: ['OIO-SAML-3.0'],
  [NEWER.cvr]: [OWN],
  [NEWER.level]: [SUBSTANTIAL],
  [NEWER.cpr]: ['0101010101'],
  [NEWER.list]: [listFor(OWN)],
};
const assertion = (attributes: Values, nameId = 'user'): Assertion => ({
  id: 'one',
  issuer: 'provider',
  recipient: 'here',
  inResponseTo: 'asked',
  notOnOrAfter: new Date('2026-11-28T10:00:00Z'),
  nameId,
  nameIdFormat: 'persistent',
  sessionIndex: null,
  attributes: new Map(Object.entries(attributes)),
});

/** @returns who signed in, or code, detail and authority of the refusal. */
function read(change: Values = {}, { nameId = 'user', cvr = OWN } = {}): SamlFacts | readonly unknown[] {
  try {
    return readFacts(assertion({ ...FULL, ...change }, nameId), PROVIDER, cvr);
  } catch (error) {
    if (error instanceof SamlRefusal) return [error.code, error.detail, error.cvr];
    throw error;
  }
}

describe('who signed in', () => {
  test('is read by the newer names', () => {
    expect(read()).toEqual({
      subject: 'user',
      cvr: OWN,
      roles: [{ uri: 'http://role', scope: OWN }],
      assurance: 'SUBSTANTIAL',
      cpr: '0101010101',
    });
  });
  test('is read by the older names', () => {
    const values: Values = {
      [OLDER.version]: ['DK-SAML-2.0'],
      [OLDER.cvr]: [OWN],
      [OLDER.level]: ['3'],
      [OLDER.cpr]: ['0101010101'],
      [OLDER.list]: [listFor(OWN)],
    };
    expect(readFacts(assertion(values), PROVIDER, OWN)).toEqual(read());
  });
  test('holds no role and no number that is not said', () => {
    expect(read({ [NEWER.list]: [], [NEWER.cpr]: [''] })).toMatchObject({ roles: [], cpr: null });
  });
  test('a value beside an empty one is the value', () => {
    expect(read({ [OLDER.cvr]: [''], [NEWER.cvr]: [OWN, ''] })).toMatchObject({ cvr: OWN });
  });
  test('signs in for an authority the provider has by delegation, with the roles of that one', () => {
    const list = [listFor(DELEGATED)];
    expect(read({ [NEWER.list]: list }, { cvr: DELEGATED })).toMatchObject({
      cvr: DELEGATED,
      roles: [{ uri: 'http://role', scope: DELEGATED }],
    });
    expect(read({ [NEWER.list]: list })).toMatchObject({ cvr: OWN, roles: [] });
  });
  test('a list may be broken into lines', () => {
    const broken = listFor(OWN).replace(/.{20}/g, '$&\n');
    expect(read({ [NEWER.list]: [broken] })).toMatchObject({ roles: [{ uri: 'http://role' }] });
  });
});

describe('a refusal says for the log what is wrong, and for which authority', () => {
  test.each<[string, Values, string, string | null]>([
    ['no version', { [NEWER.version]: [] }, 'SAML_ATTRIBUTES', 'VERSION'],
    ['an empty version', { [NEWER.version]: [''] }, 'SAML_ATTRIBUTES', 'VERSION'],
    ['another version', { [NEWER.version]: ['OIO-SAML-4.0'] }, 'SAML_ATTRIBUTES', 'VERSION'],
    ['a value twice', { [NEWER.cvr]: [OWN, OWN] }, 'SAML_ATTRIBUTES', 'TWICE'],
    ['a value by both names', { [OLDER.cvr]: [OWN] }, 'SAML_ATTRIBUTES', 'TWICE'],
    ['a value with elements inside', { [NEWER.cpr]: [null] }, 'SAML_ATTRIBUTES', 'TWICE'],
    ['such a value beside a text', { [NEWER.cvr]: [OWN], [OLDER.cvr]: [null] }, 'SAML_ATTRIBUTES', 'TWICE'],
    ['no text', { [NEWER.cpr]: ['\u0007'] }, 'SAML_ATTRIBUTES', 'TEXT'],
    ['lines where there are none', { [NEWER.cvr]: [`${OWN}\n`] }, 'SAML_ATTRIBUTES', 'TEXT'],
    ['an authority that is not the provider’s', { [NEWER.cvr]: [DELEGATED] }, 'SAML_AUTHORITY', null],
    ['no authority', { [NEWER.cvr]: [] }, 'SAML_AUTHORITY', null],
    ['no level', { [NEWER.level]: [] }, 'SAML_ASSURANCE', null],
    [
      'a level too low',
      { [NEWER.level]: [SUBSTANTIAL.replace('Substantial', 'Low')] },
      'SAML_ASSURANCE',
      null,
    ],
    [
      'a level of the newer kind too low, whatever the older says',
      { [NEWER.level]: [SUBSTANTIAL.replace('Substantial', 'Low')], [OLDER.level]: ['4'] },
      'SAML_ASSURANCE',
      null,
    ],
    ['a list that is none', { [NEWER.list]: ['%%'] }, 'SAML_PRIVILEGES', 'PRIVILEGES_NOT_BASE64'],
  ])('%s', (_says, change, code, detail) => {
    expect(read(change)).toEqual([code, detail, OWN]);
  });
  test('an authority the provider does not have, though its users’ own is right', () => {
    expect(read({}, { cvr: '34567892' })).toEqual(['SAML_AUTHORITY', null, '34567892']);
  });
  test('an authority that is not the provider’s, asked for as it is said', () => {
    expect(read({ [NEWER.cvr]: [DELEGATED] }, { cvr: DELEGATED })).toEqual([
      'SAML_AUTHORITY',
      null,
      DELEGATED,
    ]);
  });
  test('a value of 2,000 characters is read, and none longer', () => {
    expect(read({ [NEWER.cpr]: ['1'.repeat(2000)] })).toMatchObject({ cpr: '1'.repeat(2000) });
    expect(read({ [NEWER.cpr]: ['1'.repeat(2001)] })).toEqual(['SAML_ATTRIBUTES', 'TEXT', OWN]);
  });
});

describe('the subject', () => {
  const UUID = '5f0c0a2e-0000-4000-8000-000000000001';
  test.each<[string, string, string]>([
    ['is the name', 'user', 'user'],
    ['is the serial of an X.509 name', `C=DK,O=${OWN},CN=Ukendt,Serial=${UUID}`, UUID],
    ['is the serial wherever it stands, in whatever letters', `serial= ${UUID.toUpperCase()} ,C=DK`, UUID],
    ['is the name that only ends like one', `XSerial=${UUID}`, `XSerial=${UUID}`],
    ['has 200 characters at most', 'a'.repeat(200), 'a'.repeat(200)],
  ])('%s', (_says, nameId, subject) => {
    expect(read({}, { nameId })).toMatchObject({ subject });
  });
  test.each([
    ['without a name', ''],
    ['with a longer one', 'a'.repeat(201)],
    ['with a serial of spaces', 'Serial= ,C=DK'],
  ])('nobody %s', (_says, nameId) => {
    expect(read({}, { nameId })).toEqual(['SAML_ATTRIBUTES', 'NAME_ID', OWN]);
  });
});

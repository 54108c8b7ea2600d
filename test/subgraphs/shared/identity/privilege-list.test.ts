import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readPrivilegeList } from '../../../../subgraphs/shared/identity/privilege-list.js';
import { PrivilegeListError } from '../../../../subgraphs/shared/identity/token-problems.js';
import {
  KLE_CONSTRAINT,
  SENSITIVE_CLASS,
  SENSITIVITY_CONSTRAINT,
  UNIT_CONSTRAINT,
  privilegeXml,
  privileges,
  scopeOf,
  type GroupSpec,
} from '../../../kit/privileges.js';

const CVR = '12345678';
const ROLE = 'http://overblik.invalid/roles/jobrole/benefit/1';
const UNIT = '5f0c0a2e-0000-4000-8000-000000000001';
const group = (change: Partial<GroupSpec> = {}): GroupSpec => ({
  scope: scopeOf(CVR),
  privilege: ROLE,
  ...change,
});
const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64');

describe('what is read', () => {
  test.each([
    'http://itst.dk/oiosaml/basic_privilege_profile',
    'http://digst.dk/oiosaml/basic_privilege_profile',
  ])('roles with their constraints, namespace %s', (namespace) => {
    const xml = privilegeXml(
      [
        group({
          constraints: {
            [KLE_CONSTRAINT]: '32.*, 27.35.04',
            [SENSITIVITY_CONSTRAINT]: SENSITIVE_CLASS,
            [UNIT_CONSTRAINT]: UNIT,
          },
        }),
        group({ privilege: 'http://other' }),
      ],
      namespace,
    );
    expect(readPrivilegeList(base64(xml), CVR)).toEqual({
      roles: [
        { uri: ROLE, scope: CVR, kle: ['32.*', '27.35.04'], sensitivity: 3, units: [UNIT] },
        { uri: 'http://other', scope: CVR },
      ],
      voids: [],
    });
  });
  test('an empty list has no roles', () => {
    expect(readPrivilegeList(base64(privilegeXml([])), CVR)).toEqual({ roles: [], voids: [] });
  });
});

describe('texts of a group', () => {
  test.each([
    ['a control character', 'http://a\u0085b'],
    ['nothing that is seen', '\u200B'],
  ])('%s for a role makes the group none', (_says, privilege) => {
    expect(readPrivilegeList(privileges(group({ privilege }), group()), CVR)).toEqual({
      roles: [{ uri: ROLE, scope: CVR }],
      voids: [{ uri: scopeOf(CVR), problem: 'GROUP_INVALID' }],
    });
  });
  test('a scope with a mark of direction is none, and is not reported', () => {
    const list = privileges(group({ scope: `${scopeOf(CVR)}\u202E`, privilege: '\u0085' }));
    expect(readPrivilegeList(list, CVR)).toEqual({
      roles: [],
      voids: [{ uri: '', problem: 'GROUP_INVALID' }],
    });
  });
  test('a role is read composed, as mappings name it', () => {
    const { roles } = readPrivilegeList(privileges(group({ privilege: 'http://A\u030A' })), CVR);
    expect(roles).toEqual([{ uri: 'http://Å', scope: CVR }]);
  });
});

describe('groups that give nothing, each on its own', () => {
  test.each<[string, Partial<GroupSpec>, string]>([
    ['the scope of another authority', { scope: scopeOf('23456780') }, 'SCOPE_FOREIGN'],
    ['a scope of an unknown kind', { scope: 'urn:dk:gov:saml:seNumberIdentifier:12345678' }, 'SCOPE_UNKNOWN'],
    [
      'an unknown constraint',
      { constraints: { 'http://sts.kombit.dk/constraints/geo/1': '1' } },
      'CONSTRAINT_UNKNOWN',
    ],
    ['a constraint without a value', { constraints: { [KLE_CONSTRAINT]: '' } }, 'CONSTRAINT_INVALID'],
    [
      'one good and one malformed KLE value',
      { constraints: { [KLE_CONSTRAINT]: '32.*,32..*' } },
      'CONSTRAINT_INVALID',
    ],
    [
      'an unknown sensitivity class',
      { constraints: { [SENSITIVITY_CONSTRAINT]: UNIT } },
      'CONSTRAINT_INVALID',
    ],
    ['a unit that is no UUID', { constraints: { [UNIT_CONSTRAINT]: 'all' } }, 'CONSTRAINT_INVALID'],
    [
      '10,000 KLE values',
      { constraints: { [KLE_CONSTRAINT]: Array(10_000).fill('32.*').join(',') } },
      'CONSTRAINT_INVALID',
    ],
  ])('%s', (_says, change, problem) => {
    const list = readPrivilegeList(privileges(group(change), group({ privilege: 'http://good' })), CVR);
    expect(list.voids).toEqual([{ uri: ROLE, problem }]);
    expect(list.roles.map((role) => role.uri)).toEqual(['http://good']);
  });
});

describe('groups that are malformed, each judged alone', () => {
  const XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
  const open = `<bpp:PrivilegeList xmlns:bpp="http://itst.dk/oiosaml/basic_privilege_profile" ${XSI} xsi:schemaLocation="http://itst.dk/oiosaml/basic_privilege_profile bpp.xsd">`;
  const listOf = (inner: string) => readPrivilegeList(base64(`${open}${inner}</bpp:PrivilegeList>`), CVR);
  const sound = `<PrivilegeGroup Scope="${scopeOf(CVR)}"><Privilege>${ROLE}</Privilege></PrivilegeGroup>`;
  const around = (inner: string, attributes = '') =>
    `<PrivilegeGroup Scope="${scopeOf(CVR)}"${attributes}>${inner}</PrivilegeGroup>`;
  const kle = (value: string) => `<Constraint Name="${KLE_CONSTRAINT}">${value}</Constraint>`;
  const OTHER = '<Privilege>http://other</Privilege>';

  test('an empty list that says where its schema lies has no roles', () => {
    expect(listOf('\n  \n')).toEqual({ roles: [], voids: [] });
  });
  test.each<[string, string, string, string]>([
    ['no privilege', around(''), scopeOf(CVR), 'GROUP_INVALID'],
    ['an empty privilege', around('<Privilege> </Privilege>'), scopeOf(CVR), 'GROUP_INVALID'],
    [
      'a type of its own',
      around('<Privilege xsi:type="x">http://other</Privilege>'),
      'http://other',
      'GROUP_INVALID',
    ],
    ['a type on the group', around(OTHER, ' xsi:type="x"'), 'http://other', 'GROUP_INVALID'],
    ['another element', around(`${OTHER}<Until>2026</Until>`), 'http://other', 'GROUP_INVALID'],
    ['another attribute', around(OTHER, ' Until="2026"'), 'http://other', 'GROUP_INVALID'],
    ['stray text', around(`${OTHER}but not today`), 'http://other', 'GROUP_INVALID'],
    [
      'an element of another namespace',
      around(`${OTHER}<x:Privilege xmlns:x="u">y</x:Privilege>`),
      'http://other',
      'GROUP_INVALID',
    ],
    ['no scope', `<PrivilegeGroup>${OTHER}</PrivilegeGroup>`, 'http://other', 'SCOPE_UNKNOWN'],
    [
      'one constraint with two values',
      around(`${OTHER}${kle('32.*')}${kle('27.*')}`),
      'http://other',
      'CONSTRAINT_INVALID',
    ],
    ...['constructor', 'toString', '__proto__'].map((name): [string, string, string, string] => [
      `a constraint named ${name}`,
      around(`${OTHER}<Constraint Name="${name}">1</Constraint>`),
      'http://other',
      'CONSTRAINT_UNKNOWN',
    ]),
  ])('%s', (_says, group, uri, problem) => {
    for (const list of [listOf(group + sound), listOf(sound + group)]) {
      expect(list.roles.map((role) => role.uri)).toEqual([ROLE]);
      expect(list.voids.map((group) => [group.uri, group.problem])).toContainEqual([uri, problem]);
    }
  });
  test('a constraint given twice with equal values counts once', () => {
    for (const again of ['32.24.*,27.*', ' 27.* , 32.24.*'])
      expect(listOf(around(`${OTHER}${kle('32.24.*,27.*')}${kle(again)}`)).roles).toEqual([
        { uri: 'http://other', scope: CVR, kle: ['32.24.*', '27.*'] },
      ]);
  });
  test('character references are decoded', () => {
    expect(listOf(around('<Privilege>http:&#x2F;&#47;a&amp;b</Privilege>')).roles).toEqual([
      { uri: 'http://a&b', scope: CVR },
    ]);
  });
});

describe('lists that are refused whole', () => {
  const doctype = '<!DOCTYPE a [<!ENTITY b "c">]>';
  test.each<[string, string, string]>([
    ['not base64', '%%%', 'PRIVILEGES_NOT_BASE64'],
    ['nothing', '', 'PRIVILEGES_NOT_BASE64'],
    ['not UTF-8', base64(Buffer.from([0xff, 0xfe, 0x41])), 'PRIVILEGES_NOT_UTF8'],
    ['10 MB', 'A'.repeat(10 << 20), 'PRIVILEGES_TOO_LARGE'],
    ['a DOCTYPE', base64(doctype + privilegeXml([group()])), 'PRIVILEGES_DOCTYPE'],
    ['a cut list', base64(privilegeXml([group()]).slice(0, -20)), 'PRIVILEGES_NOT_XML'],
    ['another document', base64('<html></html>'), 'PRIVILEGES_NOT_XML'],
    ['another namespace', base64(privilegeXml([group()], 'http://evil')), 'PRIVILEGES_NOT_XML'],
  ])('%s', (_says, list, problem) => {
    expect(() => readPrivilegeList(list, CVR)).toThrow(new PrivilegeListError(problem as never));
  });
  test('whatever the bytes, it is read or refused by name', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String(), fc.string().map(base64)), (list) => {
        try {
          expect(readPrivilegeList(list, CVR).roles).toBeInstanceOf(Array);
        } catch (error) {
          expect(error).toBeInstanceOf(PrivilegeListError);
        }
      }),
    );
  });
});

import { describe, expect, test } from '@jest/globals';
import {
  grantFields,
  grantInput,
  led,
  newGrant,
  type GrantChoices,
} from '../../../web/pages/access/grant-fields.js';
import { leaderOf, mappingFields, mappingInput } from '../../../web/pages/access/mapping-fields.js';

const CASES = {
  role: 'case-read',
  kle: ['32.*', '27.*'],
  sensitivity: 'CONFIDENTIAL',
  units: null,
  systems: ['KY'],
  parametric: [],
} as const;
const CHOICES: GrantChoices = {
  units: [],
  roles: [
    { uri: 'uri:case-read', name: 'case-read', compulsory: ['KLE', 'SENSITIVITY'], optional: ['UNIT'] },
    { uri: 'uri:alert-read', name: 'alert-read', compulsory: ['KLE'], optional: [] },
    { uri: 'uri:citizen-read', name: 'citizen-read', compulsory: [], optional: [] },
  ],
};

describe('the grants of a mapping as they are edited', () => {
  test('a grant follows the cases in what is the same, and in nothing else', () => {
    const alike = grantFields({ ...CASES, role: 'note-read', sensitivity: 'SENSITIVE' }, CASES);
    expect(alike.follows).toEqual(['kle', 'systems']);
    expect(grantFields(CASES, CASES).follows).toEqual([]);
    expect(grantFields({ role: 'citizen-read' }, CASES).follows).toEqual([]);
  });

  test('values that come with the sign-in are followed as such', () => {
    const cases = { ...CASES, kle: null, parametric: ['KLE'] } as const;
    const followed = grantFields({ ...cases, role: 'note-read' }, cases);
    expect(followed.follows).toContain('kle');
    expect(grantInput(followed, grantFields(CASES, undefined))).toMatchObject({
      kle: ['32.*', '27.*'],
      parametric: [],
    });
  });

  test('what follows is sent as the cases have become; the rest as it is', () => {
    const notes = grantFields({ ...CASES, role: 'note-read', sensitivity: 'SENSITIVE' }, CASES);
    const cases = { ...grantFields(CASES, undefined), kle: ['32.30.04'], systems: '' };
    expect(grantInput(notes, cases)).toEqual({
      ...CASES,
      role: 'note-read',
      kle: ['32.30.04'],
      sensitivity: 'SENSITIVE',
      systems: null,
    });
  });

  test('a role that is newly given is bounded as the cases, as far as it can be', () => {
    const cases = grantFields(CASES, undefined);
    expect(newGrant('alert-read', cases, CHOICES)).toMatchObject({ kle: ['32.*', '27.*'], follows: ['kle'] });
    expect(newGrant('citizen-read', cases, CHOICES).follows).toEqual([]);
    expect(newGrant('case-read', undefined, CHOICES)).toMatchObject({ kle: [], follows: [] });
    expect(led(newGrant('alert-read', cases, CHOICES), { ...cases, kle: ['01.*'] }).kle).toEqual(['01.*']);
  });

  test('a mapping that is opened and saved is sent as it was', () => {
    const mapping = {
      name: 'Name',
      description: '',
      validFrom: '2020-01-01T00:00:00Z',
      validTo: null,
      caseNumber: null,
      grants: [
        { ...CASES, kle: [...CASES.kle], systems: [...CASES.systems], parametric: [], void: null },
        {
          role: 'note-read',
          kle: [...CASES.kle],
          sensitivity: null,
          units: null,
          systems: null,
          parametric: [],
          void: null,
        },
      ],
    };
    const fields = mappingFields('uri', mapping);
    expect(leaderOf(fields.grants)?.role).toBe('case-read');
    const { grants } = mappingInput(fields, 1, mapping);
    expect(grants).toEqual(mapping.grants.map(({ void: _nothing, ...grant }) => grant));
  });
});

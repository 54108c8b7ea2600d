import { describe, expect, test } from '@jest/globals';
import { PURPOSES } from '../../../subgraphs/shared/policy/purposes.js';
import {
  CONTROL,
  CROSS_AUTHORITY,
  keptPurpose,
  keptWith,
  proposedBy,
} from '../../../web/pages/citizen/purposes.js';

test('the page offers the purposes that the server knows', () => {
  expect([...CROSS_AUTHORITY, ...CONTROL].sort()).toEqual([...PURPOSES].sort());
});

test.each([
  ['purpose=UDK-6-7-FACTS', 'UDK-6-7-FACTS'],
  ['case=1&purpose=UDK-11A-CONTROL', 'UDK-11A-CONTROL'],
  ['purpose=CURIOSITY', null],
  ['purpose=', null],
  ['', null],
])('an address with “%s” proposes %s', (search, purpose) => {
  expect(proposedBy(new URLSearchParams(search))).toBe(purpose);
});

describe('what is kept with a visit', () => {
  const kept = keptWith({ other: 1 }, 'UDK-6-7-FACTS', 'anna');
  test.each<[string, unknown, string | undefined, string | null]>([
    ['the own', kept, 'anna', 'UDK-6-7-FACTS'],
    ['another user’s', kept, 'bent', null],
    ['nobody’s', kept, undefined, null],
    ['nothing', null, 'anna', null],
    ['something else', 'text', 'anna', null],
    ['no purpose', { overblikPurpose: { purpose: 'CURIOSITY', user: 'anna' } }, 'anna', null],
    ['no text', { overblikPurpose: { purpose: 1, user: 'anna' } }, 'anna', null],
    ['a visit without one', { other: 1 }, 'anna', null],
  ])('%s', (_says, state, user, purpose) => {
    expect(keptPurpose(state, user)).toBe(purpose);
  });
  test('stands beside what others keep there', () => {
    expect(kept).toMatchObject({ other: 1 });
    expect(keptWith(null, 'UDK-6-7-FACTS', 'anna')).toEqual({
      overblikPurpose: { purpose: 'UDK-6-7-FACTS', user: 'anna' },
    });
  });
});

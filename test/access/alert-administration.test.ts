import { expect, test } from '@jest/globals';
import { coversGroup } from '../../subgraphs/shared/policy/alert-administration.js';
import type { Grant } from '../../subgraphs/shared/policy/grants.js';

const grant = (change: Partial<Grant> = {}): Grant => ({
  role: 'alert-administer',
  cvr: '11111111',
  kle: ['32.*'],
  ...change,
});
const group = { kle: ['32.30.*'], topic: '32.30.04', units: ['sickness'] as (string | null)[] };

test.each([
  ['an area within the right', [grant()], group, true],
  ['the whole of the right', [grant()], { ...group, kle: ['32.*'] }, true],
  ['every area, by a right to every area', [grant({ kle: ['*'] })], { ...group, kle: ['*'] }, true],
  ['more than the right', [grant()], { ...group, kle: ['*'] }, false],
  ['one area within and one without', [grant()], { ...group, kle: ['32.30.*', '27.*'] }, false],
  ['a topic outside the right', [grant()], { ...group, topic: '27.12.00' }, false],
  ['an area spelt wrong', [grant({ kle: ['*'] })], { ...group, kle: ['32'] }, false],
  ['a right without areas', [grant({ kle: [] })], group, false],
  ['no right', [], group, false],
  ['a receiving unit of the right', [grant({ units: ['sickness'] })], group, true],
  ['a receiving unit outside the right', [grant({ units: ['family'] })], group, false],
  [
    'a user without a unit, by a right to units',
    [grant({ units: ['sickness'] })],
    { ...group, units: [null] },
    false,
  ],
  [
    'one receiving unit of the right and one outside',
    [grant({ units: ['sickness'] })],
    { ...group, units: ['sickness', 'family'] },
    false,
  ],
  ['a topic that is none', [grant({ kle: ['*'] })], { ...group, topic: '32.30' }, false],
  ['a right to some systems', [grant({ systems: ['KSD'] })], group, false],
  [
    'area by one right and unit by another: never mixed',
    [grant({ units: ['family'] }), grant({ kle: ['27.*'], units: ['sickness'] })],
    group,
    false,
  ],
])('%s', (_what, grants, asked, allowed) => {
  expect(coversGroup(grants, asked)).toBe(allowed);
});

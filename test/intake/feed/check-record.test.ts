import { expect, test } from '@jest/globals';
import { checkRecord } from '../../../intake/feed/check-record.js';
import { BAD_TEXTS, TURNED } from '../../kit/bad-texts.js';

const SYSTEM = { id: 's', code: 'KSD', name: 'KSD', deliveries: [] };
const idTold = (id: unknown) => {
  const checked = checkRecord(JSON.stringify({ type: 'case', id }), SYSTEM, new Date());
  return 'reject' in checked ? checked.id : 'taken';
};

test.each(BAD_TEXTS.filter(([says]) => says !== TURNED))('%s is no id to tell a reject by', (_says, id) => {
  expect(idTold(id)).toBeNull();
});

test.each([
  [
    'a UUID in capital letters',
    'ABCDEF00-0000-4000-8000-000000000001',
    'abcdef00-0000-4000-8000-000000000001',
  ],
  ['letters apart', 'A\u030A-1', 'Å-1'],
  ['an override of direction', '1\u202E', '1'],
  ['a number', 7, null],
  ['a text that is too long', 'x'.repeat(101), null],
  ['nothing', undefined, null],
])('%s as the id of a reject', (_says, id, told) => {
  expect(idTold(id)).toBe(told);
});

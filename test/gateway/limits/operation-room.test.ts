import { expect, test } from '@jest/globals';
import { OperationRoom } from '../../../gateway/limits/operation-room.js';

const kinds = (room: OperationRoom, ...users: string[]) => users.map((user) => typeof room.enter(user));

test('takes as many as it has room for, and one more for each that ends', () => {
  const room = new OperationRoom(2);
  const first = room.enter('a')!;
  expect(kinds(room, 'b', 'c')).toEqual(['function', 'undefined']);
  first();
  expect(kinds(room, 'c', 'd')).toEqual(['function', 'undefined']);
});

test('one user has a quarter of it, and has it again when an operation ends', () => {
  const room = new OperationRoom(8);
  const first = room.enter('a')!;
  expect(kinds(room, 'a', 'a', 'b', 'b', 'b')).toEqual([
    'function',
    'undefined',
    'function',
    'function',
    'undefined',
  ]);
  first();
  expect(kinds(room, 'a', 'a')).toEqual(['function', 'undefined']);
});

test('an operation that is said to have ended twice leaves room for one', () => {
  const room = new OperationRoom(1);
  const leave = room.enter('a')!;
  leave();
  leave();
  expect(kinds(room, 'a', 'a')).toEqual(['function', 'undefined']);
});

import { expect, test } from '@jest/globals';
import { OperationRoom } from '../../../gateway/limits/operation-room.js';

test('takes as many as it has room for, and one more for each that ends', () => {
  const room = new OperationRoom(2);
  const [first, second] = [room.enter(), room.enter()];
  expect([typeof first, typeof second, room.enter()]).toEqual(['function', 'function', undefined]);
  first!();
  expect([typeof room.enter(), room.enter()]).toEqual(['function', undefined]);
});

test('an operation that is said to have ended twice leaves room for one', () => {
  const room = new OperationRoom(1);
  const leave = room.enter()!;
  leave();
  leave();
  expect([typeof room.enter(), room.enter()]).toEqual(['function', undefined]);
});

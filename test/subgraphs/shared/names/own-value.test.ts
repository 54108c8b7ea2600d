import { expect, test } from '@jest/globals';
import { isOwnName, ownValue } from '../../../../subgraphs/shared/names/own-value.js';

const given: Readonly<Record<string, number>> = { a: 1 };

test.each(Object.getOwnPropertyNames(Object.prototype))(
  '%s is no name of an object that was not given it',
  (name) => {
    expect([isOwnName(given, name), ownValue(given, name)]).toEqual([false, undefined]);
    const own = JSON.parse(`{"${name}":2}`) as Record<string, number>;
    expect([isOwnName(own, name), ownValue(own, name)]).toEqual([true, 2]);
  },
);

test('a name that was given is found, and no other', () => {
  expect([isOwnName(given, 'a'), ownValue(given, 'a')]).toEqual([true, 1]);
  expect([isOwnName(given, 'b'), ownValue(given, 'b')]).toEqual([false, undefined]);
});

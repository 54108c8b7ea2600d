import { expect, test } from '@jest/globals';
import { isJsonObject } from '../../../../subgraphs/shared/certain/json-object.js';

test.each([{}, { a: 1 }, Object.create(null) as object])('%j is an object', (value) => {
  expect(isJsonObject(value)).toBe(true);
});

test.each([null, undefined, [], [{}], 'text', 1, true])('%j is none', (value) => {
  expect(isJsonObject(value)).toBe(false);
});

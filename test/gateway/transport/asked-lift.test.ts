import { expect, test } from '@jest/globals';
import { askedLift } from '../../../gateway/transport/asked-lift.js';

test.each([
  ['a literal', 'mutation { breakGlass(citizenId: "a", reason: "r") { id } }', {}, 'a'],
  ['a variable', 'mutation($c: ID!) { breakGlass(reason: "r", citizenId: $c) { id } }', { c: 'b' }, 'b'],
  ['an alias', 'mutation { x: breakGlass(citizenId: "a", reason: "r") { id } }', {}, 'a'],
  [
    'the first of two',
    'mutation { a: breakGlass(citizenId: "a") { id } b: breakGlass(citizenId: "b") { id } }',
    {},
    'a',
  ],
  ['after another change', 'mutation { undoChange { outcome } breakGlass(citizenId: "a") { id } }', {}, 'a'],
  ['its name as an alias', 'mutation { breakGlass: reviewLift(id: "a") { id } }', {}, undefined],
  ['its name in a text', 'mutation { reviewLift(id: "breakGlass", citizenId: "a") { id } }', {}, undefined],
  [
    'a variable that was not given',
    'mutation($c: ID!) { breakGlass(citizenId: $c) { id } }',
    undefined,
    undefined,
  ],
  [
    'a variable of a prototype',
    'mutation($toString: ID!) { breakGlass(citizenId: $toString) { id } }',
    {},
    undefined,
  ],
  ['a number', 'mutation { breakGlass(citizenId: 7) { id } }', {}, undefined],
  ['nothing of the kind', '{ me { lifts { citizenId } } }', {}, undefined],
])('whom a break-glass is about: %s', (_says, query, variables, expected) => {
  expect(askedLift(query, variables)).toBe(expected);
});

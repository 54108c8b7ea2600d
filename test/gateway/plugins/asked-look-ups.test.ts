import { expect, test } from '@jest/globals';
import { getOperationAST, parse, type OperationDefinitionNode } from 'graphql';
import { LOOK_UP_FIELDS, REVEALING_FIELDS, askedLookUps } from '../../../gateway/plugins/asked-look-ups.js';
import { readRules } from '../../../gateway/supergraph/rules.js';
import { readSchemaFile } from '../../../schema/sdl.js';

const count = (query: string, variables: Readonly<Record<string, unknown>> = {}) => {
  const document = parse(query);
  return askedLookUps(document, getOperationAST(document) as OperationDefinitionNode, variables).size;
};
const fifty = Array.from({ length: 50 }, (_, i) => `a${i}: citizen(id: "${i}") { name }`).join(' ');

test.each<[string, number, string, object?]>([
  ['a list of one’s own', 0, '{ alertInbox { alerts { totalCount } } reminders { title } }'],
  ['a person', 1, '{ citizen(id: "1") { name } }'],
  ['the same person twice', 1, '{ a: citizen(id: "1") { name } b: citizen(id: "1") { birthDate } }'],
  [
    'two persons by variables',
    2,
    '{ a: citizen(id: $a) { name } b: citizen(id: $b) { name } }',
    { a: 1, b: 2 },
  ],
  [
    'one person by two variables',
    1,
    '{ a: citizen(id: $a) { name } b: citizen(id: $b) { name } }',
    { a: 1, b: 1 },
  ],
  [
    'two persons by defaults of variables',
    2,
    'query($x: ID! = "A", $y: ID! = "B") { a: citizen(id: $x) { name } b: citizen(id: $y) { name } }',
  ],
  ['fifty aliases', 50, `{ ${fifty} }`],
  ['fifty aliases in a fragment', 50, `{ ...F } fragment F on Query { ${fifty} }`],
  ['a search', 1, '{ searchCitizens(criteria: { name: "a" }) { countClass } }'],
  [
    'the same search with its arguments in the other order',
    1,
    '{ a: searchCases(caseNumber: "1", first: 2) { totalCount } b: searchCases(first: 2, caseNumber: "1") { totalCount } }',
  ],
  ['a person and the number', 2, '{ citizen(id: "1") { cprNumber } }'],
  ['the number by an alias in a fragment', 2, '{ citizen(id: "1") { ... on Citizen { x: cprNumber } } }'],
  ['the protected address too', 3, '{ citizen(id: "1") { cprNumber protectedAddress { line } } }'],
  ['a case and its documents', 1, '{ case(id: "1") { documents { totalCount } } }'],
])('%s: %s', (_says, expected, query, variables = {}) => {
  expect(count(query, variables as Readonly<Record<string, unknown>>)).toBe(expected);
});

test('the default of a variable is part of what is looked up', () => {
  const keysOf = (id: string) => {
    const document = parse(`query($x: ID! = "${id}") { citizen(id: $x) { name } }`);
    return [...askedLookUps(document, getOperationAST(document) as OperationDefinitionNode, {})];
  };
  expect(keysOf('A')).not.toEqual(keysOf('B'));
});

test('every field that counts is one of the schema', () => {
  const rules = readRules(readSchemaFile('supergraph.graphql'));
  for (const name of LOOK_UP_FIELDS) expect([name, rules.get('Query')!.has(name)]).toEqual([name, true]);
  for (const name of REVEALING_FIELDS) expect([name, rules.get('Citizen')!.has(name)]).toEqual([name, true]);
});

test('a bomb of fragments is not unfolded', () => {
  const levels = Array.from(
    { length: 40 },
    (_, i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`,
  );
  expect(count(`{ ...F0 } ${levels.join(' ')} fragment F40 on Query { citizen(id: "1") { name } }`)).toBe(1);
});

import { describe, expect, test } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, getOperationAST, parse, validate, buildSchema } from 'graphql';
import { operationExcess, operationCost, OPERATION_LIMITS } from '../../../gateway/plugins/operation-size.js';
import { readRules } from '../../../gateway/supergraph/rules.js';
import { SCHEMA_DIRECTORY, readSchemaFile } from '../../../schema/sdl.js';
import { EXAMPLES } from '../../../seed/development/examples.js';
import { MAX_PAGE } from '../../../subgraphs/shared/paging/page.js';
import { LARGEST_PAGE } from '../../../gateway/plugins/operation-size.js';

/** What an operation may cost, over the real supergraph: lists multiply. */
const rules = readRules(readSchemaFile('supergraph.graphql'));
const schema = buildSchema(readSchemaFile('supergraph.graphql'), { assumeValidSDL: true });

const excessOf = (query: string, variables: Record<string, unknown> = {}) => {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  return operationExcess(
    document,
    getOperationAST(document, 'Q') ?? getOperationAST(document)!,
    variables,
    rules,
  );
};
const costOf = (query: string, variables: Record<string, unknown> = {}) => {
  const document = parse(query);
  return operationCost(document, getOperationAST(document)!, variables, rules);
};

const files = readdirSync(join(SCHEMA_DIRECTORY, 'operations'));

describe('operations that the page and the README use pass with room to spare', () => {
  test.each(files)('%s, every list at its largest page', (file) => {
    const document = parse(readSchemaFile(`operations/${file}`));
    const operation = getOperationAST(document)!;
    const numbers = operation.variableDefinitions!.flatMap(({ variable, type }) =>
      type.kind === Kind.NAMED_TYPE && type.name.value === 'Int' ? [[variable.name.value, LARGEST_PAGE]] : [],
    );
    const variables = Object.fromEntries(numbers) as Record<string, number>;
    expect(operationExcess(document, operation, variables, rules)).toBeUndefined();
    expect(operationCost(document, operation, variables, rules)).toBeLessThan(0.6 * OPERATION_LIMITS.cost);
  });
  test.each(EXAMPLES.map(({ title, query }) => [title, query]))('%s', (_title, query) => {
    expect(excessOf(query)).toBeUndefined();
  });
  test('one page is as large here as in the subgraphs', () => {
    expect(LARGEST_PAGE).toBe(MAX_PAGE);
  });
});

const casesOf = (inner: string, first = '(first: 50)') =>
  `citizen(id: "x") { cases { cases${first} { edges { node { ${inner} } } } } }`;
const documentsOf = (inner: string, first = '(first: 50)') =>
  `documents${first} { edges { node { ${inner} } } }`;

describe('refused, with the figure', () => {
  const TITLED = 'id title kle { number title }';
  test.each<[string, string, Record<string, unknown>]>([
    ['two pages of fifty, one in the other', `{ ${casesOf(documentsOf(TITLED))} }`, {}],
    [
      'the same by variables',
      `query Q($a: Int, $b: Int) { ${casesOf(documentsOf(TITLED, '(first: $b)'), '(first: $a)')} }`,
      { a: 50, b: 50 },
    ],
    [
      'the same by the defaults of variables',
      `query Q($a: Int = 50) { ${casesOf(documentsOf(TITLED, '(first: $a)'), '(first: $a)')} }`,
      {},
    ],
    [
      'the same by fragments',
      `{ ${casesOf('...C')} } fragment C on Case { documents(first: 50) { ...D } } fragment D on DocumentConnection { edges { node { ${TITLED} } } }`,
      {},
    ],
    ['the same by inline fragments', `{ ${casesOf(`... on Case { ... { ${documentsOf(TITLED)} } }`)} }`, {}],
    [
      'the same under a condition that is false',
      `query Q($n: Boolean = false) { ${casesOf(`... @include(if: $n) { ${documentsOf(TITLED)} }`)} }`,
      {},
    ],
    [
      'nested lists that have no pages',
      `{ ${casesOf('parties { citizen { cases { cases { edges { node { parties { citizen { name } } } } } } } }', '')} }`,
      {},
    ],
    [
      'a page of its own for each row, ten times by alias',
      `{ ${casesOf(Array.from({ length: 10 }, (_, i) => `d${i}: documents(first: 1) { totalCount }`).join(' '))} }`,
      {},
    ],
    [
      'pages of the default size, three deep',
      `{ ${casesOf(documentsOf('cases { documents { edges { node { id title } } } }', ''), '')} }`,
      {},
    ],
    [
      'a page that is larger than any, by variable',
      `query Q($a: Int) { ${casesOf(documentsOf(TITLED, '(first: $a)'), '(first: $a)')} }`,
      { a: 1_000_000 },
    ],
    [
      'a page below one, by variable',
      `query Q($a: Int) { ${casesOf(documentsOf(TITLED, '(first: $a)'), '(first: $a)')} }`,
      { a: -1 },
    ],
    [
      'the same fields of fifty rows, many times',
      `{ ${casesOf(Array.from({ length: 300 }, (_, i) => `t${i}: kle { number }`).join(' '))} }`,
      {},
    ],
  ])('%s', (_what, query, variables) => {
    const excess = excessOf(query, variables);
    expect(excess).toMatchObject({ limit: 'cost', most: OPERATION_LIMITS.cost });
    expect(excess!.found).toBeGreaterThan(OPERATION_LIMITS.cost);
    expect(excess!.found).toBe(costOf(query, variables));
  });

  test.each<[string, string, string]>([
    [
      'eleven fields at the root',
      'rootFields',
      `{ ${Array.from({ length: 11 }, (_, i) => `a${i}: me { user }`).join(' ')} }`,
    ],
    [
      '1,001 fields',
      'fields',
      `{ me { ${Array.from({ length: 1001 }, (_, i) => `a${i}: user`).join(' ')} } }`,
    ],
    [
      'fragments that double sixteen times',
      'fields',
      `{ me { ...F0 } } ${Array.from({ length: 16 }, (_, i) => `fragment F${i} on Caller { ...F${i + 1} ...F${i + 1} }`).join(' ')} fragment F16 on Caller { user }`,
    ],
    [
      'seventeen levels',
      'depth',
      `{ ${casesOf(documentsOf(`cases { ${documentsOf(`cases { ${documentsOf('id')} }`)} }`))} }`,
    ],
    [
      'six operations',
      'operations',
      `query Q { me { user } } ${'ABCDE'
        .split('')
        .map((n) => `query ${n} { me { user } }`)
        .join(' ')}`,
    ],
  ])('%s', (_what, limit, query) => {
    expect(excessOf(query)).toMatchObject({ limit });
  });
});

describe('the figure', () => {
  test('a page multiplies what stands in its rows, and only that', () => {
    const once = costOf(`{ ${casesOf('id', '(first: 1)')} }`);
    const two = costOf(`{ ${casesOf('id', '(first: 2)')} }`);
    expect(costOf(`{ ${casesOf('id', '(first: 50)')} }`) - once).toBe(49 * (two - once));
    expect(
      costOf(`{ ${casesOf('id state', '(first: 50)')} }`) - costOf(`{ ${casesOf('id', '(first: 50)')} }`),
    ).toBe(50);
  });
  test('a left-out, null or unset `first` is the default of the schema', () => {
    const byDefault = costOf(`{ ${casesOf('id', '(first: 20)')} }`);
    expect(costOf(`{ ${casesOf('id', '(after: null)')} }`)).toBe(byDefault);
    expect(costOf(`{ ${casesOf('id', '(first: null)')} }`)).toBe(byDefault);
    expect(costOf(`query Q($a: Int) { ${casesOf('id', '(first: $a)')} }`)).toBe(byDefault);
    expect(costOf(`query Q($a: Int = 3) { ${casesOf('id', '(first: $a)')} }`, { a: null })).toBe(byDefault);
    expect(costOf(`query Q($toString: Int) { ${casesOf('id', '(first: $toString)')} }`)).toBe(byDefault);
  });
  test('a list counts as long as the schema assumes it', () => {
    const long = costOf('{ colleagues { id } }') - costOf('{ colleagues { __typename } }');
    expect(long).toBe(0);
    expect(costOf('{ colleagues { id unit { id } } }') - costOf('{ colleagues { id } }')).toBe(400);
  });
});

import { buildSubgraphSchema } from '@apollo/subgraph';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { GraphQLError } from 'graphql';
import {
  execute,
  type ExecutionResult,
  type GraphQLFormattedError,
  GraphQLScalarType,
  parse,
  validate,
} from 'graphql';
import { codedError } from '../../../../subgraphs/shared/errors/coded-error.js';
import { KnownDocument } from '../../../../subgraphs/shared/runtime/known-document.js';

const SDL = `
extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
scalar Day
enum Colour { RED GREEN }
input Narrow { colour: Colour = RED, days: [Day!] }
type Query {
  things(narrow: Narrow, first: Int = 2): [Thing]
  thing(id: ID!): Thing
  must: Must!
}
type Mutation { rename(id: ID!): String! }
type Thing @key(fields: "id") { id: ID!, name: String!, day: Day, colour: Colour, size: Int!, tags: [String!]!, parts: [Part!], echo(text: String, narrow: Narrow): String, inner: Thing }
type Part @key(fields: "id") { id: ID!, weight: Float, of: Thing!, flag: Boolean! }
type Must { value: String!, list: [Int!]! }
`;

/** What a field may come to: a value, or something that goes wrong. */
type Behaviour = 'value' | 'null' | 'throws' | 'refuses' | 'error' | 'wrong' | 'later' | 'rejects';
const BEHAVIOURS: readonly Behaviour[] = [
  'value',
  'null',
  'throws',
  'refuses',
  'error',
  'wrong',
  'later',
  'rejects',
];

/** Fields behave by the run's numbers, whoever executes them and in whatever order. */
interface Run {
  readonly number: number;
  readonly faults: number;
}

const hash = (text: string): number => {
  let sum = 0;
  for (const letter of text) sum = (sum * 31 + letter.charCodeAt(0)) % 1_000_003;
  return sum;
};

const behaviourOf = ({ number, faults }: Run, place: string): Behaviour => {
  const rolled = hash(`${number} ${place}`);
  return rolled % 100 < faults ? BEHAVIOURS[rolled % BEHAVIOURS.length]! : 'value';
};

function behave(run: Run, place: string, value: unknown): unknown {
  switch (behaviourOf(run, place)) {
    case 'null':
      return null;
    case 'throws':
      throw new Error(`broken at ${place}`);
    case 'refuses':
      throw codedError('NOT_PERMITTED');
    case 'error':
      return codedError('NOT_FOUND');
    case 'wrong':
      return { of: 'another type' };
    case 'later':
      return Promise.resolve(value);
    case 'rejects':
      return Promise.reject(codedError('PART_UNAVAILABLE'));
    default:
      return value;
  }
}

/** Arguments come in no fixed order. */
const inOrder = (value: unknown): string =>
  JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );

interface Node {
  readonly id: string;
}
const value =
  (of: (node: Node, args: Record<string, unknown>) => unknown, name: string) =>
  (node: Node, args: Record<string, unknown>, run: Run) =>
    behave(run, `${node.id}.${name}`, of(node, args));

const Thing = {
  __resolveReference: ({ id }: Node, run: Run) => behave(run, `reference ${id}`, { id }),
  name: value(({ id }) => `thing ${id}`, 'name'),
  day: value(() => '2026-03-01', 'day'),
  colour: value(({ id }) => (id.length % 2 ? 'RED' : 'GREEN'), 'colour'),
  size: value(({ id }) => id.length, 'size'),
  tags: value(({ id }) => [id, `${id}!`], 'tags'),
  parts: value(({ id }) => [{ id: `${id}p1` }, { id: `${id}p2` }], 'parts'),
  echo: value((_node, args) => inOrder(args), 'echo'),
  inner: value(({ id }) => (id.length > 6 ? null : { id: `${id}i` }), 'inner'),
};
const schema = buildSubgraphSchema({
  typeDefs: parse(SDL),
  resolvers: {
    Day: new GraphQLScalarType({
      name: 'Day',
      serialize: (day) => {
        if (typeof day !== 'string') throw new TypeError('no day');
        return day;
      },
      parseValue: (day) => {
        if (day !== '2026-03-01') throw codedError('BAD_INPUT', { field: 'day', rule: 'a day' });
        return day;
      },
    }),
    Query: {
      things: (_: unknown, args: { first: number }, run: Run) =>
        behave(run, `things ${args.first}`, [{ id: 'a' }, null, { id: 'b' }].slice(0, args.first)),
      thing: (_: unknown, { id }: Node, run: Run) => behave(run, `thing ${id}`, { id }),
      must: (_: unknown, _args: unknown, run: Run) => behave(run, 'must', { id: 'm' }),
    },
    Mutation: { rename: (_: unknown, { id }: Node) => `renamed ${id}` },
    Thing,
    Part: {
      __resolveReference: ({ id }: Node, run: Run) => behave(run, `part ${id}`, { id }),
      weight: value(() => 1.5, 'weight'),
      of: value(() => ({ id: 'o' }), 'of'),
      flag: value(() => true, 'flag'),
    },
    Must: { value: value(() => 'here', 'value'), list: value(() => [1, 2], 'list') },
  } as never,
});

const QUERIES: readonly [string, Record<string, unknown>][] = [
  [
    'query Things($narrow: Narrow, $first: Int) { things(narrow: $narrow, first: $first) { id name day colour size } }',
    {},
  ],
  [
    'query Things($narrow: Narrow) { things(narrow: $narrow) { id echo(narrow: $narrow) } }',
    { narrow: { colour: 'GREEN', days: ['2026-03-01'] } },
  ],
  ['query Things($narrow: Narrow) { things(narrow: $narrow) { id } }', { narrow: { days: ['never'] } }],
  ['query Things($narrow: Narrow) { things(narrow: $narrow) { id } }', { narrow: { colour: 'BLUE' } }],
  [
    'query Thing($id: ID!) { thing(id: $id) { ...T parts { ...P of { name inner { ...T } } } } } fragment T on Thing { name tags } fragment P on Part { id weight flag }',
    { id: 'x' },
  ],
  ['query Thing($id: ID!) { thing(id: $id) { name } }', {}],
  [
    'query Deep { a: thing(id: 1) { inner { inner { name parts { of { size } } } } } must { value list } }',
    {},
  ],
  [
    'query Maybe($yes: Boolean!, $id: ID!) { thing(id: $id) { name @include(if: $yes) size @skip(if: $yes) colour } }',
    { yes: true, id: 'y' },
  ],
  [
    'query Maybe($yes: Boolean!, $id: ID!) { thing(id: $id) { name @include(if: $yes) size @skip(if: $yes) colour } }',
    { yes: false, id: 'y' },
  ],
  [
    'query Entities($r: [_Any!]!) { _entities(representations: $r) { __typename ... on Thing { name day inner { name } } ... on Part { weight of { name } } } }',
    {
      r: [
        { __typename: 'Thing', id: 'q' },
        { __typename: 'Part', id: 'w' },
        { __typename: 'Thing', id: 'e' },
      ],
    },
  ],
  [
    'query Entities($r: [_Any!]!) { _entities(representations: $r) { ... on Thing { name } } }',
    { r: [{ __typename: 'Nothing', id: 'q' }] },
  ],
  [
    'query Echo($text: String, $id: ID!) { thing(id: $id) { constructor: echo(text: $text) toString: name } }',
    { id: 'z', text: '`${"' },
  ],
  ['{ __typename __schema { queryType { name } } must { __typename value } }', {}],
];

/** @returns code and place of the errors whose own place is null; of those further below, executors meet more or fewer. */
function errorsOf(answer: ExecutionResult): string[] {
  const places = takenAway(answer);
  return (answer.errors ?? [])
    .filter(({ path = [] }) => places.includes(JSON.stringify(path)))
    .map(({ extensions, path, message }: GraphQLFormattedError | GraphQLError) => {
      const code = extensions?.['code'] ?? null;
      return JSON.stringify({ path, code, message: code === null ? null : message });
    })
    .sort();
}

/** @returns where an error took a value away: its own place, or the nearest above that could be null. */
function takenAway({ data, errors = [] }: ExecutionResult): string[] {
  const places = errors.map(({ path = [] }) => {
    let value: unknown = data;
    const above = path.findIndex((part) => {
      if (value === null) return true;
      value = (value as Record<string | number, unknown>)[part];
      return false;
    });
    return JSON.stringify(above === -1 ? path : path.slice(0, above));
  });
  return [...new Set(places)].sort();
}

const dataOf = ({ data }: ExecutionResult): unknown => JSON.parse(JSON.stringify(data ?? null)) as unknown;

describe('a query that is asked often', () => {
  test.each(QUERIES)('%s is answered as graphql-js answers it', async (text, variables) => {
    const document = parse(text);
    expect(validate(schema, document)).toEqual([]);
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.constantFrom(0, 5, 20), async (number, faults) => {
        const run: Run = { number, faults };
        const known = new KnownDocument(schema, document);
        const plain = await execute({ schema, document, contextValue: run, variableValues: variables });
        for (let i = 0; i < 4; i++) {
          const answer = await known.execute(null, variables, run);
          expect(dataOf(answer)).toEqual(dataOf(plain));
          expect(takenAway(answer)).toEqual(takenAway(plain));
          expect(errorsOf(answer)).toEqual(errorsOf(plain));
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('what is never compiled', () => {
  const answers = async (text: string, variables = {}) => {
    const known = new KnownDocument(schema, parse(text));
    for (let i = 0; i < 5; i++) await known.execute(null, variables, { number: 1, faults: 0 });
    return known;
  };

  test('is a query with a text of its own', async () => {
    expect((await answers('{ thing(id: "a") { name } }')).isCompiled).toBe(false);
    expect((await answers('query($id: ID = "a") { thing(id: $id) { name } }')).isCompiled).toBe(false);
    expect((await answers('{ thing(id: 1) { name } }')).isCompiled).toBe(true);
  });

  test('is a change', async () => {
    expect((await answers('mutation { rename(id: 1) }')).isCompiled).toBe(false);
  });

  test('is a query that is asked seldom', async () => {
    const known = new KnownDocument(schema, parse('{ thing(id: 1) { name } }'));
    for (let i = 0; i < 2; i++) await known.execute(null, {}, { number: 1, faults: 0 });
    expect(known.isCompiled).toBe(false);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { OPERATION_LIMITS } from '../../../gateway/plugins/operation-size.js';
import { OVERVIEW, SEARCH, startAllInOne, type Stack } from '../../kit/stack.js';

/** A mistake of a client is answered with a 4xx and the rule it broke; only our own faults are a 500, and each leaves a line in the log. */
let stack: Stack;
const lines: string[] = [];
beforeAll(async () => {
  stack = await startAllInOne({
    settings: { LOG_LEVEL: 'error' },
    logTo: { write: (line: string) => void lines.push(line) },
  });
}, 60_000);
beforeEach(() => void lines.splice(0));
afterAll(() => stack[Symbol.asyncDispose]());

const send = async (body: unknown, headers: Record<string, string> = {}, path = '/graphql') => {
  const response = await fetch(`${stack.url}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await stack.token('benefit-caseworker')}`,
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  const { errors = [], data } = JSON.parse(text) as { errors?: any[]; data?: any };
  return { status: response.status, errors, data, text };
};

const cases = (inner: string) =>
  `citizen(id: "x") { cases { cases(first: 50) { edges { node { ${inner} } } } } }`;

describe('what is refused before it runs says by which rule', () => {
  test.each<[string, unknown, number, string, object]>([
    [
      'a subscription',
      { query: 'subscription { x }' },
      400,
      'OPERATION_INVALID',
      { field: 'query', rule: 'a query or a mutation' },
    ],
    [
      'a subscription of a known field',
      { query: 'subscription { me { user } }' },
      400,
      'OPERATION_INVALID',
      { rule: 'a query or a mutation' },
    ],
    [
      'a subscription beside a query',
      { query: 'query A { me { user } } subscription B { me { user } }', operationName: 'B' },
      400,
      'OPERATION_INVALID',
      { rule: 'a query or a mutation' },
    ],
    [
      'an alias of a key',
      { query: '{ citizen(id: "x") { id: name cases { outcome } } }' },
      400,
      'ALIAS_RESERVED',
      { field: 'id' },
    ],
    [
      'pages in pages',
      { query: `{ ${cases('documents(first: 50) { edges { node { id title kle { number title } } } }')} }` },
      400,
      'OPERATION_TOO_LARGE',
      {
        field: 'query',
        rule: expect.stringMatching(new RegExp(`^at most ${OPERATION_LIMITS.cost} in cost.* [0-9]{5,}$`)),
      },
    ],
    [
      'a query and a persisted query',
      { query: '{ me { user } }', extensions: { persistedQuery: {} } },
      400,
      'OPERATION_UNKNOWN',
      { field: 'extensions.persistedQuery' },
    ],
    [
      'a persisted query of null',
      { query: '{ me { user } }', extensions: { persistedQuery: null } },
      400,
      'OPERATION_UNKNOWN',
      { field: 'extensions.persistedQuery' },
    ],
    [
      'variables that are a list',
      { query: '{ me { user } }', variables: [1] },
      400,
      'OPERATION_INVALID',
      { field: 'variables' },
    ],
    [
      'extensions that are a text',
      { query: '{ me { user } }', extensions: 'x' },
      400,
      'OPERATION_INVALID',
      { field: 'extensions' },
    ],
    [
      'a query that is an object',
      { query: { kind: 'Document' } },
      400,
      'OPERATION_INVALID',
      { field: 'query' },
    ],
    [
      'a name that is a number',
      { query: '{ me { user } }', operationName: 1 },
      400,
      'OPERATION_INVALID',
      { field: 'operationName' },
    ],
    [
      'an operation that is not there',
      { query: 'query A { me { user } }', operationName: 'B' },
      400,
      'OPERATION_INVALID',
      { field: 'operationName' },
    ],
    [
      'several operations and no name',
      { query: 'query A { me { user } } query B { me { user } }' },
      400,
      'OPERATION_INVALID',
      { field: 'operationName' },
    ],
    [
      'a fragment alone',
      { query: 'fragment F on Caller { user }' },
      400,
      'OPERATION_INVALID',
      { rule: expect.any(String) },
    ],
    [
      'a definition of a type',
      { query: 'type X { y: Int }' },
      400,
      'OPERATION_INVALID',
      { rule: expect.any(String) },
    ],
    ['a query of blanks', { query: '   ' }, 400, 'OPERATION_INVALID', { rule: expect.any(String) }],
    [
      'a fragment that spreads itself',
      { query: '{ me { ...F } } fragment F on Caller { ...F }' },
      400,
      'OPERATION_INVALID',
      { rule: expect.any(String) },
    ],
    [
      'an unknown variable',
      { query: '{ citizen(id: $x) { id } }' },
      400,
      'OPERATION_INVALID',
      { rule: expect.any(String) },
    ],
    [
      'a deferred part',
      { query: '{ me { ... @defer { user } } }' },
      400,
      'OPERATION_INVALID',
      { rule: expect.any(String) },
    ],
    [
      'a number that fits no Int',
      { query: 'query($n: Int) { lifts(first: $n) { edges { cursor } } }', variables: { n: 2 ** 31 } },
      400,
      'BAD_INPUT',
      { field: 'variables' },
    ],
    [
      'a variable named like a member of Object.prototype',
      '{"query":"{ me { user } }","variables":{"__proto__":{"x":1}}}',
      400,
      'OPERATION_INVALID',
      {},
    ],
    ['a body that is null', 'null', 400, 'OPERATION_INVALID', { field: 'body' }],
    ['a body that is a number', '1', 400, 'OPERATION_INVALID', { field: 'body' }],
    ['an empty body', '', 400, 'OPERATION_INVALID', {}],
  ])('%s', async (_what, body, status, code, detail) => {
    const answer = await send(body);
    expect([answer.status, answer.errors.map((error) => error.extensions.code)]).toEqual([status, [code]]);
    expect(answer.errors[0].extensions).toMatchObject({ requestId: expect.any(String), ...detail });
    expect(lines).toEqual([]);
  });

  test.each([
    ['unknown directives', `{ me ${'@nope '.repeat(1000)} { user } }`],
    [
      'unknown directives at as many fields',
      `{ me { ${Array.from({ length: 900 }, (_, i) => `a${i}: user @n${i}`).join(' ')} } }`,
    ],
    ['unknown fields', `{ me { ${Array.from({ length: 500 }, (_, i) => `f${i}`).join(' ')} } }`],
    [
      'unknown variables',
      `{ ${Array.from({ length: 100 }, (_, i) => `a${i}: citizen(id: $v${i}) { id }`).join(' ')} }`,
    ],
  ])('a thousand %s are one error', async (_what, query) => {
    const answer = await send({ query });
    expect([answer.status, answer.errors.map((error) => error.extensions.code)]).toEqual([
      400,
      ['OPERATION_INVALID'],
    ]);
    expect(answer.text.length).toBeLessThan(1000);
  });
  test('a hundred variables of the wrong type are one error', async () => {
    const names = Array.from({ length: 100 }, (_, i) => `v${i}`);
    const query = `query(${names.map((name) => `$${name}: Int`).join(' ')}) { me { user } ${names
      .slice(0, 9)
      .map((name) => `a${name}: lifts(first: $${name}) { edges { cursor } }`)
      .join(' ')} }`;
    const answer = await send({ query, variables: Object.fromEntries(names.map((name) => [name, 'x'])) });
    expect(answer.status).toBe(400);
    expect(answer.errors).toHaveLength(1);
  });
});

describe('character sets', () => {
  const PATHS = [
    '/graphql',
    '/feed/v1/records',
    '/messages/v1',
    '/context/v1/tickets',
    '/notes/v1/taken',
    '/saml/acs',
    '/nowhere',
  ];
  test.each(PATHS)('%s reads UTF-8 and nothing else', async (path) => {
    for (const charset of ['utf-7', 'UTF-16', '"utf-7"', 'iso-8859-1', 'utf-8; charset=utf-7', '']) {
      const answer = await send('{}', { 'content-type': `application/json; charset=${charset}` }, path);
      expect([charset, answer.status, answer.errors[0].extensions]).toEqual([
        charset,
        415,
        {
          code: 'MEDIA_TYPE_UNSUPPORTED',
          requestId: expect.any(String),
          field: 'content-type',
          rule: 'charset=utf-8',
        },
      ]);
    }
  });
  test.each(['utf-8', 'UTF-8', '"utf-8"', 'utf8'])('%s is UTF-8', async (charset) => {
    const answer = await send(
      { query: '{ me { user } }' },
      { 'content-type': `Application/JSON ; Charset=${charset}` },
    );
    expect([answer.status, answer.errors]).toEqual([200, []]);
  });
});

test.each([
  ['text/html', 406],
  ['application/xml, text/*;q=0.5', 406],
  ['application/json;q=0', 406],
  ['text/html, */*;q=0.1', 200],
  ['application/graphql-response+json', 200],
  ['APPLICATION/JSON', 200],
])('a caller that reads %s gets %s, before anything is looked up', async (accept, status) => {
  const { citizenId } = stack.story('dead');
  const requestedAs = `Accept${status}`;
  const query = OVERVIEW.replace('query CitizenOverview', `query ${requestedAs}${accept.length}`);
  const answer = await send({ query, variables: { id: citizenId } }, { accept });
  expect([answer.status, answer.errors.map((error) => error.extensions.code)]).toEqual([
    status,
    status === 406 ? ['NOT_ACCEPTABLE'] : [],
  ]);
  const looked = await stack.gateway.store
    .database('audit')
    .collection('entries')
    .countDocuments({ operation: `${requestedAs}${accept.length}` });
  expect(looked > 0).toBe(status === 200);
});

test('a literal that breaks a scalar’s rule is named as such, as a variable is', async () => {
  const query = '{ searchCitizens(criteria: { birthDate: "2023-02-29" }) { outcome } }';
  const byVariable = await send({ query: SEARCH, variables: { criteria: { birthDate: '2023-02-29' } } });
  const byLiteral = await send({ query });
  const reported = ({ errors }: { errors: any[] }) =>
    errors.map(({ extensions: { code, field, rule } }) => [code, field, rule]);
  expect(reported(byLiteral)).toEqual([['BAD_INPUT', 'Date', 'an existing day, YYYY-MM-DD']]);
  expect(reported(byLiteral)).toEqual(reported(byVariable));
});

const KNOWN = [
  OVERVIEW,
  SEARCH,
  '{ me { user grants { role kle } } }',
  'mutation M { addFavourite(id: "x") { id } }',
];
const PIECES = [
  '{',
  '}',
  '(',
  ')',
  '...',
  '$id',
  '@include(if: true)',
  'fragment F on Citizen { id }',
  '"',
  '#',
  '\u0000',
  '\ud800',
  'id: name',
  '!',
  '[',
  ']',
  ':',
  '=',
  'query',
  'subscription',
  'extend type Query { x: Int }',
  '__typename',
  '__schema { types { name } }',
  '_entities(representations: [])',
];
const damaged = fc
  .tuple(
    fc.constantFrom(...KNOWN),
    fc.array(fc.tuple(fc.nat(5000), fc.nat(40), fc.constantFrom(...PIECES)), { minLength: 1, maxLength: 4 }),
  )
  .map(([query, cuts]) =>
    cuts.reduce(
      (text, [at, length, piece]) =>
        text.slice(0, at % text.length) + piece + text.slice((at % text.length) + length),
      query,
    ),
  );

test('damaged documents and bodies of every shape never end as an error of ours', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.record({
          query: damaged,
          variables: fc.oneof(
            fc.constant({ id: stack.story('dead').citizenId }),
            fc.dictionary(fc.string(), fc.jsonValue()),
          ),
        }),
        fc.record(
          {
            query: fc.oneof(damaged, fc.string()),
            operationName: fc.oneof(fc.string(), fc.constant(null)),
            extensions: fc.jsonValue(),
          },
          { requiredKeys: [] },
        ),
        fc.jsonValue(),
      ),
      async (body) => {
        const answer = await send(body);
        const codes = answer.errors.map((error) => error.extensions.code);
        expect(codes).not.toContain('INTERNAL');
        expect(answer.status).toBeLessThan(500);
        expect(lines).toEqual([]);
      },
    ),
    { numRuns: Number(process.env['OVERBLIK_MISTAKE_RUNS'] ?? 150) },
  );
}, 180_000);

describe('packed bodies', () => {
  test.each(['/graphql', '/messages/v1', '/context/v1/tickets', '/notes/v1/receipts', '/feed/v1/rejects/x'])(
    'are refused by name where nobody unpacks them: %s',
    async (path) => {
      for (const [encoding, named] of [
        ['gzip', 'none, not gzip'],
        ['BR', 'none, not br'],
        ['x-gzip', 'none, not x-gzip'],
        ['gzip, br', 'none'],
      ] as const) {
        const answer = await send(
          '{}',
          { 'content-type': 'application/json', 'content-encoding': encoding },
          path,
        );
        expect([encoding, answer.status, answer.errors[0].extensions]).toEqual([
          encoding,
          415,
          {
            code: 'MEDIA_TYPE_UNSUPPORTED',
            field: 'content-encoding',
            rule: named,
            requestId: expect.any(String),
          },
        ]);
      }
      const plain = { 'content-type': 'application/json', 'content-encoding': 'Identity' };
      expect((await send('{}', plain, path)).status).not.toBe(415);
    },
  );
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { OVERVIEW, SEARCH, startAllInOne, type Stack } from '../../kit/stack.js';

/** Bad requests: a coded error from the catalogue, no stack, no personal data, nothing half done. */
let stack: Stack;
beforeAll(async () => {
  stack = await startAllInOne();
}, 60_000);
afterAll(() => stack[Symbol.asyncDispose]());

const SECRET = '190474-1234';
const post = async (body: string | object, headers: Record<string, string> = {}) => {
  const response = await fetch(`${stack.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await stack.token('benefit-caseworker')}`,
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    errors: (JSON.parse(text) as { errors?: any[] }).errors ?? [],
  };
};

describe('refusals', () => {
  const deep = (n: number) =>
    `{ citizen(id: "x") ${'{ cases { cases { edges { node '.repeat(n)} { id } ${'} } } }'.repeat(n)} }`;
  const bomb = (n: number) =>
    `{ me { ...F0 } } ${Array.from({ length: n }, (_, i) => `fragment F${i} on Caller { a${i}: authority { cvr } ...F${i + 1} ...F${i + 1} }`).join(' ')} fragment F${n} on Caller { unit { id } }`;
  const criteria = (given: object) => ({ query: SEARCH, variables: { criteria: given } });

  test.each<[string, string | object, number, string, object?]>([
    ['no JSON', '{"query":', 400, 'OPERATION_INVALID'],
    ['a batch', [{ query: '{ me { unit { id } } }' }], 400, 'OPERATION_INVALID'],
    ['no operation', {}, 400, 'OPERATION_INVALID'],
    ['a syntax error', { query: '{ me' }, 400, 'OPERATION_INVALID'],
    ['an unknown field', { query: '{ nam }' }, 400, 'OPERATION_INVALID'],
    [
      'a field of the gateway’s own',
      { query: '{ accessVersion(cvr: "12345678") }' },
      400,
      'OPERATION_INVALID',
    ],
    ['federation’s own fields', { query: '{ _service { sdl } }' }, 400, 'OPERATION_INVALID'],
    ['an unknown stored operation', { documentId: 'sha256:00' }, 400, 'OPERATION_UNKNOWN'],
    ['a stored operation id of the wrong type', { documentId: { $ne: null } }, 400, 'OPERATION_UNKNOWN'],
    [
      'an automatic persisted query',
      {
        extensions: {
          persistedQuery: { version: 1, sha256Hash: createHash('sha256').update('x').digest('hex') },
        },
      },
      400,
      'OPERATION_UNKNOWN',
    ],
    [
      'an unknown operation name',
      { query: 'query A { me { unit { id } } }', operationName: 'B\nC' },
      400,
      'OPERATION_INVALID',
    ],
    ['a missing required variable', { query: OVERVIEW }, 400, 'BAD_INPUT'],
    ['5,000 tokens', { query: `{ me { ${'unit { id } '.repeat(2000)} } }` }, 400, 'OPERATION_INVALID'],
    [
      '200 aliases',
      { query: `{ ${Array.from({ length: 200 }, (_, i) => `a${i}: me { unit { id } }`).join(' ')} }` },
      400,
      'OPERATION_TOO_LARGE',
    ],
    ['20 levels', { query: deep(8) }, 400, 'OPERATION_INVALID'],
    ['fragments that double 8 times', { query: bomb(8) }, 400, 'OPERATION_TOO_LARGE'],
    ['fragments that double 14 times', { query: bomb(14) }, 400, 'OPERATION_INVALID'],
    ['300 kB', { query: `# ${'x'.repeat(300_000)}\n{ me { unit { id } } }` }, 413, 'BODY_TOO_LARGE'],
    [
      'a malformed personal number',
      criteria({ cprNumber: `${SECRET}5` }),
      200,
      'BAD_INPUT',
      { field: 'criteria.cprNumber' },
    ],
    [
      'a personal number of no date',
      criteria({ cprNumber: '320199-1234' }),
      200,
      'BAD_INPUT',
      { field: 'criteria.cprNumber' },
    ],
    ['a day that does not exist', criteria({ birthDate: '2023-02-29' }), 200, 'BAD_INPUT', { field: 'Date' }],
    ['no criterion', criteria({}), 200, 'BAD_INPUT', { field: 'criteria' }],
    ['a name of one letter', criteria({ name: 'a' }), 200, 'BAD_INPUT', { field: 'criteria.name' }],
    ['5,000 characters', criteria({ name: 'æ'.repeat(5000) }), 200, 'BAD_INPUT', { field: 'criteria.name' }],
    [
      'an id that is no UUID',
      { query: OVERVIEW, variables: { id: '../etc' } },
      200,
      'BAD_INPUT',
      { field: 'id' },
    ],
    ['an id as an object', { query: OVERVIEW, variables: { id: { $ne: null } } }, 400, 'BAD_INPUT'],
    [
      'a page of a million',
      { query: SEARCH, variables: { criteria: { name: 'anna' }, first: 1_000_000 } },
      200,
      'BAD_INPUT',
      { field: 'first' },
    ],
    [
      'a page of −1',
      { query: SEARCH, variables: { criteria: { name: 'anna' }, first: -1 } },
      200,
      'BAD_INPUT',
      { field: 'first' },
    ],
    [
      'a forged cursor',
      { query: SEARCH, variables: { criteria: { name: 'anna' }, after: 'AAAA' } },
      200,
      'CURSOR_INVALID',
      { field: 'after' },
    ],
    [
      'a malformed KLE beginning',
      {
        query:
          'query($id: ID!) { citizen(id: $id) { cases { cases(filter: { klePrefix: "3*" }) { totalCount } } } }',
        variables: { id: 'STORY' },
      },
      200,
      'BAD_INPUT',
      { field: 'filter.klePrefix' },
    ],
  ])('%s', async (_what, body, status, code, detail = {}) => {
    const sent = JSON.stringify(body).replace('STORY', stack.story('sickness-benefit').citizenId);
    const answer = await post(typeof body === 'string' ? body : sent);
    expect([answer.status, answer.errors[0]?.extensions.code]).toEqual([status, code]);
    expect(answer.errors[0].extensions).toMatchObject({ requestId: expect.any(String), ...detail });
    expect(answer.text).not.toMatch(/node_modules|stacktrace|at \w+ \(|1234|serviceName|Did you mean/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test.each<[string, Record<string, string>, number, string]>([
    ['no token', { authorization: '' }, 401, 'UNAUTHENTICATED'],
    ['a broken token', { authorization: 'Bearer x' }, 401, 'UNAUTHENTICATED'],
    ['another scheme', { authorization: 'Basic dXNlcjpwYXNz' }, 401, 'UNAUTHENTICATED'],
    ['an unknown purpose', { 'overblik-purpose': 'CURIOSITY' }, 400, 'PURPOSE_UNKNOWN'],
    ['a look-up id that is no UUID', { 'overblik-lookup': 'x' }, 400, 'BAD_INPUT'],
    ['a form’s content type', { 'content-type': 'text/plain' }, 400, 'OPERATION_INVALID'],
  ])('%s', async (_what, headers, status, code) => {
    const answer = await post({ query: '{ __typename }' }, headers);
    expect([answer.status, answer.errors[0].extensions.code]).toEqual([status, code]);
  });
  test.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])('%s /graphql', async (method) => {
    const response = await fetch(`${stack.url}/graphql?query={me{unit{id}}}`, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
  });
  test('an unknown address', async () => {
    const response = await fetch(`${stack.url}/etc/passwd`);
    expect([response.status, JSON.parse(await response.text()).errors[0].extensions.code]).toEqual([
      404,
      'NOT_FOUND',
    ]);
  });
});

test('headers from outside that look like ours change nothing', async () => {
  const answer = await stack.ask(
    'no-roles',
    OVERVIEW,
    { id: stack.story('dead').citizenId },
    { headers: { 'x-user': 'admin', 'x-roles': '*', identity: '{}' } },
  );
  expect(answer.data).toEqual({ citizen: null });
});

test('an identity in the caller’s own extensions is not passed on', async () => {
  const body = {
    query: OVERVIEW,
    variables: { id: stack.story('dead').citizenId },
    extensions: { identity: 'forged' },
  };
  const answer = await post(body, { authorization: `Bearer ${await stack.token('no-roles')}` });
  expect(JSON.parse(answer.text)).toEqual({ data: { citizen: null } });
});

test('a stored operation runs by its id', async () => {
  const documentId = `sha256:${createHash('sha256').update(SEARCH).digest('hex')}`;
  const answer = await post({
    documentId,
    operationName: 'SearchCitizens',
    variables: { criteria: { name: 'Jeppe Aftenrød' } },
  });
  expect(JSON.parse(answer.text).data.searchCitizens).toMatchObject({ countClass: 'ONE' });
});

test('the full personal number is a field of its own, and reading it an event of its own', async () => {
  const { citizenId, cpr } = stack.story('dead');
  const shown = await stack.ask('benefit-caseworker', 'query($id: ID!) { citizen(id: $id) { cprNumber } }', {
    id: citizenId,
  });
  expect(shown.data.citizen.cprNumber).toBe(`${cpr.slice(0, 6)}-${cpr.slice(6)}`);
  const log = await stack.ask(
    'controller',
    'query($f: AuditFilter) { auditLog(filter: $f) { edges { node { event } } } }',
    { f: { requestId: shown.headers.get('overblik-request') } },
  );
  expect(log.data.auditLog.edges.map((edge: any) => edge.node.event)).toContain('cpr-revealed');
  const overview = await stack.ask('benefit-caseworker', OVERVIEW, { id: citizenId });
  expect(overview.text).not.toContain(cpr);
  expect(overview.text).not.toContain(`${cpr.slice(0, 6)}-${cpr.slice(6)}`);
});

test('who am I', async () => {
  const answer = await stack.ask(
    'family-adviser',
    '{ me { authority { cvr name } unit { name } grants { role kle sensitivity } } }',
  );
  expect(answer.data.me).toMatchObject({
    authority: { name: 'Korsbæk Kommune' },
    unit: { name: 'Familie og Børn' },
  });
  expect(answer.data.me.grants).toContainEqual({
    role: 'case-read',
    kle: ['27.*', '32.18.*'],
    sensitivity: 'SENSITIVE',
  });
});

test('the examples of the README run as they stand', async () => {
  const { EXAMPLES } = await import('../../../seed/development/examples.js');
  const [search, overview, log] = EXAMPLES;
  const found = await stack.ask('benefit-caseworker', search.query, JSON.parse(search.variables));
  expect(found.errors).toEqual([]);
  const id = found.data.searchCitizens.hits.edges[0].node.id;
  const seen = await stack.ask('benefit-caseworker', overview.query, { id });
  expect(seen.errors).toEqual([]);
  expect(seen.data.citizen.cases.cases.totalCount).toBe(6);
  const logged = await stack.ask('controller', log.query);
  expect(logged.data.auditLog.edges.length).toBeGreaterThan(0);
});

test('start page, GraphiQL and metrics are there in development, without a script from elsewhere', async () => {
  const page = await fetch(`${stack.url}/dev`);
  const text = await page.text();
  expect(text).toContain('npm run -s token -- --as benefit-caseworker');
  expect(text).not.toMatch(/<script|https?:\/\/(?!127\.0\.0\.1|localhost:4100)/);
  expect(page.headers.get('content-security-policy')).toMatch(/script-src 'self'/);
  const front = await fetch(`${stack.url}/`);
  expect(await front.text()).toContain('<div id="page"></div>');
  expect(front.headers.get('content-security-policy')).toMatch(/default-src 'none';.*style-src 'self';/);
  const asset = /src="(\/assets\/index-[^"]+\.js)"/.exec(await (await fetch(`${stack.url}/`)).text())![1]!;
  for (const [accepts, sent] of [
    ['br', 'br'],
    ['gzip', 'gzip'],
    ['identity', null],
  ] as const) {
    const script = await fetch(`${stack.url}${asset}`, { headers: { 'accept-encoding': accepts } });
    expect([script.status, script.headers.get('content-encoding')]).toEqual([200, sent]);
    expect(script.headers.get('cache-control')).toContain('immutable');
    expect((await script.text()).length).toBeGreaterThan(100_000);
  }
  const graphiql = await (await fetch(`${stack.url}/dev/graphiql`)).text();
  expect(graphiql).toContain('GraphiQL');
  expect(graphiql).not.toMatch(/<(script|link)[^>]+(src|href)="https?:/);
  const metrics = await (await fetch(`${stack.gateway.operationsUrl}/metrics`)).text();
  expect(metrics).toMatch(/overblik_subgraph_call_seconds_count/);
});

test('an asset has one address: a path that leads away and back is no asset', async () => {
  const asset = /src="\/assets\/(index-[^"]+\.js)"/.exec(await (await fetch(`${stack.url}/`)).text())![1]!;
  const statusOf = async (path: string): Promise<number | undefined> => {
    // fetch would tidy the path before it is sent.
    const asked = request(stack.url, { path }).end();
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    response.resume();
    return response.statusCode;
  };
  expect(await statusOf(`/assets/${asset}`)).toBe(200);
  for (const path of [
    'x/../',
    './',
    '/',
    'x/%2e%2e/',
    'x%2f..%2f',
    '../assets/',
    '..%2findex.html#',
    '..%5c',
  ])
    expect({ path, isServed: (await statusOf(`/assets/${path}${asset}`)) === 200 }).toEqual({
      path,
      isServed: false,
    });
});

describe('what one caller may see is not what another gets', () => {
  const callers = ['vip-cleared', 'no-roles', 'family-adviser', 'other-municipality'];
  const seen = async (signIn: string) => {
    const answer = await stack.ask(signIn, OVERVIEW, { id: stack.story('every-system').citizenId });
    expect(answer.errors).toEqual([]);
    return JSON.stringify(answer.data).replace(/"endCursor":"[^"]*"/g, '');
  };
  test('the same text from strong and weak roles by turns: each answer is that caller’s own', async () => {
    const first = new Map<string, string>();
    for (const signIn of callers) first.set(signIn, await seen(signIn));
    expect(first.get('no-roles')).toBe('{"citizen":null}');
    expect(new Set(first.values()).size).toBeGreaterThanOrEqual(3);
    for (const signIn of [...callers].reverse())
      expect([signIn, await seen(signIn)]).toEqual([signIn, first.get(signIn)]);
    const atOnce = await Promise.all([...callers, ...callers].map(seen));
    expect(atOnce).toEqual([...callers, ...callers].map((signIn) => first.get(signIn)));
  });
});

test('an answer carries no trace when it is asked for one, and no ETag that another’s could be compared with', async () => {
  const answer = await post(
    { query: OVERVIEW, variables: { id: stack.story('dead').citizenId } },
    { 'apollo-federation-include-trace': 'ftv1', 'if-none-match': '*' },
  );
  expect(answer.status).toBe(200);
  expect(Object.keys(JSON.parse(answer.text) as object)).toEqual(['data']);
  expect(answer.headers.get('etag')).toBeNull();
});

test('60 kB of headers are refused', async () => {
  const response = await fetch(`${stack.url}/graphql`, {
    method: 'POST',
    headers: { 'x-long': 'x'.repeat(60_000) },
    body: '{}',
  });
  expect(response.status).toBe(431);
});

test('ten persons in one query are ten entries under one request, the unknown ones too; eleven are too many', async () => {
  const stories = stack.gateway.stories().slice(0, 5);
  const ids = [
    ...stories.map(({ citizenId }) => citizenId),
    ...Array.from({ length: 5 }, () => randomUUID()),
  ];
  const queryOf = (asked: readonly string[]) =>
    `{ ${asked.map((id, i) => `a${i}: citizen(id: "${id}") { name }`).join(' ')} }`;
  const eleven = await stack.ask('benefit-caseworker', queryOf([...ids, randomUUID()]));
  expect([eleven.status, eleven.errors[0]!.extensions['code']]).toEqual([400, 'OPERATION_TOO_LARGE']);
  const answer = await stack.ask('benefit-caseworker', queryOf(ids));
  expect([answer.status, answer.errors]).toEqual([200, []]);
  const entries = await stack.gateway.store
    .database('audit')
    .collection('entries')
    .find({ requestId: answer.headers.get('overblik-request'), event: 'opened' })
    .toArray();
  expect(entries.map((entry) => String(entry['citizenId'])).sort()).toEqual([...ids].sort());
});

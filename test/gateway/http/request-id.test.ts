import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { until } from '../../kit/administration.js';
import { startAllInOne, type Stack } from '../../kit/stack.js';

/** One number for each request: in the header, in what the caller reads, and in the log. */
const lines: Record<string, unknown>[] = [];
let stack: Stack;
beforeAll(async () => {
  stack = await startAllInOne({
    settings: { LOG_LEVEL: 'info' },
    logTo: { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
  });
}, 60_000);
afterAll(() => stack[Symbol.asyncDispose]());

/** What anybody may ask for, or is led on from to the sign-in. */
const OPEN = `
  GET / | GET /access | GET /access/x | GET /alert-groups | GET /citizens/x | GET /inbox | GET /log | GET /statement
  GET /context/v1/keys | GET /dev | GET /dev/directory | GET /dev/graphiql | GET /health/live | GET /health/ready
  GET /login | GET /saml/login | GET /saml/metadata | GET /saml/post.js | GET /saml/signed-out | GET /session/renewed`
  .trim()
  .split(/\n| \| /)
  .map((route) => route.trim());

interface Route {
  readonly method: string;
  readonly url: string;
}

/** @returns every route of the server, read from the tree that Fastify prints: four characters a level. */
function routes(): Route[] {
  const path: string[] = [];
  return stack.gateway.app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const found = /^([│ ]*)[├└]── (.*?)(?: \(([A-Z, ]+)\))?$/.exec(line);
      if (!found) return [];
      const [, indent = '', segment = '', methods = ''] = found;
      path.splice(indent.length / 4, Infinity, segment);
      const url = path.join('').replace(/:\w+/g, 'x').replace('*', 'x');
      return methods === '' ? [] : methods.split(', ').map((method) => ({ method, url }));
    });
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** The number as a program reads it, and as a person does. */
const numberIn = (text: string) =>
  /"requestId":"([^"]*)"/.exec(text)?.[1] ?? /<code>([^<]*)<\/code>/.exec(text)?.[1];
const logged = (id: string) => lines.filter(({ requestId }) => requestId === id);

async function ask({ method, url }: Route, headers: Record<string, string>) {
  const answer = await fetch(`${stack.url}${url}`, { method, redirect: 'manual', headers });
  const id = answer.headers.get('overblik-request') ?? '';
  return { status: answer.status, id, text: await answer.text() };
}

async function expectOneId(route: Route, headers: Record<string, string>): Promise<number> {
  const { status, id, text } = await ask(route, headers);
  expect([route, id]).toEqual([route, expect.stringMatching(ID)]);
  if (status < 400) return status;
  if (route.method !== 'HEAD') expect([route, numberIn(text)]).toEqual([route, id]);
  await until(() => Promise.resolve(logged(id).some(({ msg }) => msg === 'request refused')));
  return status;
}

test('the walk meets every route', () => {
  const all = routes().map(({ method, url }) => `${method} ${url}`);
  for (const known of ['POST /graphql', 'POST /feed/v1/records', 'DELETE /feed/v1/rejects/x', 'GET /jump/x'])
    expect(all).toContain(known);
  expect(all.length).toBeGreaterThan(40);
});

test('a body that nobody reads is refused at every route under one number', async () => {
  for (const route of routes())
    expect([route, await expectOneId(route, { 'content-type': 'text/plain; charset=latin1' })]).toEqual([
      route,
      415,
    ]);
});

test('whoever is no one and asks for nothing is refused under one number, by the routes that refuse', async () => {
  const open: string[] = [];
  for (const accept of ['text/html', 'application/json'])
    for (const route of routes())
      if ((await expectOneId(route, { accept })) < 400) open.push(`${route.method} ${route.url}`);
  expect([...new Set(open)].sort()).toEqual(OPEN.toSorted());
});

test('what fails is written to the log under the number that the page shows', async () => {
  await stack.stop('access');
  try {
    const open = { method: 'GET', url: '/open?ticket=x' };
    const { status, id, text } = await ask(open, { accept: 'text/html' });
    expect([status, numberIn(text)]).toEqual([503, id]);
    const says = 'sign-in, session or page request failed: read error and check the access subgraph';
    await until(() => Promise.resolve(logged(id).some(({ msg }) => msg === says)));
    // Readiness says no in words of its own: who watches the gateway asks nobody for help with a number.
    for (const route of routes().filter(({ url }) => url !== '/health/ready'))
      await expectOneId(route, { accept: 'text/html' });
  } finally {
    await stack.start('access');
  }
});

test('an address that cannot be read, and one that is not there', async () => {
  for (const url of ['/citizens/%zz', '/nowhere'])
    for (const accept of ['text/html', 'application/json'])
      expect(await expectOneId({ method: 'GET', url }, { accept })).toBe(404);
});

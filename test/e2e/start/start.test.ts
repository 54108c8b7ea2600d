import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { OVERVIEW, freePort, startProcess, type Program } from '../../kit/stack.js';
import { temporaryDirectory } from '../../kit/store.js';

/** Starting as an operator does: the built program, its settings, its ends. */
const TRAP = join(import.meta.dirname, '..', '..', 'kit', 'egress-trap.mjs');
/** Another program on a port; undefined when there is one already. */
const occupy = (port: number): Promise<Server | undefined> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
let directory: string;
let remove: () => void;
let running: Program[] = [];
beforeEach(() => {
  ({ path: directory, remove } = temporaryDirectory());
});
afterEach(async () => {
  await Promise.all(running.map((program) => program.kill()));
  running = [];
  remove();
});
const start = (
  file: string,
  environment: Record<string, string> = {},
  nodeArgs: string[] = [],
  args: string[] = [],
): Program => {
  const program = startProcess(file, { DATA_DIR: directory, ...environment }, nodeArgs, args);
  running.push(program);
  return program;
};

test('first start: live at once, unready with a reason, then ready; nothing leaves 127.0.0.1; a second start keeps the data', async () => {
  const port = String(await freePort());
  const url = `http://127.0.0.1:${port}`;
  const operations = `http://127.0.0.1:${await freePort()}`;
  const OPERATIONS_PORT = new URL(operations).port;
  const settings = {
    PORT: port,
    OPERATIONS_PORT,
    SEED_CITIZENS: '300',
    LOG_LEVEL: 'debug',
    SUBGRAPH_TIMEOUT_MS: '30000',
  };
  const first = start('programs/gateway.js', settings, ['--import', TRAP]);
  const states: unknown[] = [];
  const answers = first.says(/Overblik answers at/);
  const progress = { ready: false };
  void answers.then(() => (progress.ready = true));
  while (!progress.ready) {
    const response = await fetch(`${operations}/health/ready`).catch(() => undefined);
    if (response?.status === 503) states.push(await response.json());
    const bare = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (bare?.status === 503) expect(await bare.json()).toEqual({ ready: false });
    if (bare) expect((await fetch(`${url}/health/live`)).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(states).toContainEqual({ ready: false, reasons: ['first start: the data is being made'] });
  expect(await (await fetch(`${url}/health/ready`)).json()).toEqual({ ready: true });
  expect((await fetch(`${url}/metrics`)).status).toBe(404);
  const token = start('programs/token.js', {}, [], ['--as', 'benefit-caseworker']);
  const bearer = await token.says(/^ey\S+$/m);
  const directoryOf = async () =>
    (await (await fetch(`${url}/dev/directory`)).json()) as {
      stories: { citizenId: string; cpr: string; name: string }[];
      signIns: object[];
    };
  const before = await directoryOf();
  expect(before.stories.length).toBeGreaterThanOrEqual(25);
  expect(before.signIns).toHaveLength(10);
  const ask = () =>
    fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
      body: JSON.stringify({ query: OVERVIEW, variables: { id: before.stories[0]!.citizenId } }),
    }).then((response) => response.text());
  const answer = await ask();
  expect(JSON.parse(answer).data.citizen.cases.outcome).toBe('AVAILABLE');
  expect(first.output()).toContain('benefit-caseworker');
  expect(first.output()).not.toContain('EGRESS');
  const probes = [
    '{ nosuch }',
    '{ citizen(id: "Eventyrstræde 1") { name } }',
    '{ searchCitizens(criteria: { name: "Astrid Tornvig" }) { outcome } }',
  ];
  for (const query of probes)
    await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
      body: JSON.stringify({ query }),
    });
  const metrics = await (await fetch(`${operations}/metrics`)).text();
  for (const { cpr, name } of before.stories)
    for (const personal of [cpr, `${cpr.slice(0, 6)}-${cpr.slice(6)}`, name, 'Eventyrstræde'])
      expect([personal, first.output().includes(personal), metrics.includes(personal)]).toEqual([
        personal,
        false,
        false,
      ]);

  const exited = new Promise((resolve) => first.child.once('exit', resolve));
  first.child.kill('SIGTERM');
  expect(await exited).toBe(0);
  const second = start('programs/gateway.js', settings);
  await second.says(/Overblik answers at/);
  expect(await directoryOf()).toEqual(before);
  expect(await ask()).toBe(answer);
  expect(second.output()).not.toContain('Making');
}, 240_000);

test('a first start that is killed is finished by the next, with the same persons', async () => {
  const port = String(await freePort());
  const first = start('programs/gateway.js', { PORT: port, SEED_CITIZENS: '300' });
  await first.says(/Making .*\n.*\n/);
  await first.kill();
  const second = start('programs/gateway.js', { PORT: port, SEED_CITIZENS: '300' });
  await second.says(/Overblik answers at/);
  const verify = start('programs/verify-audit.js', {});
  expect(await verify.says(/The log (is whole|has)[^\n]*/)).toBe('The log is whole.');
}, 120_000);

test('the start and the KSD stand-in take other ports when somebody has the usual ones', async () => {
  const others = await Promise.all([4090, 4100, 4200].map(occupy));
  try {
    const gateway = start('programs/gateway.js', { PORT: '0', SEED_CITIZENS: '0' });
    expect(await gateway.says(/For operations: .*/)).toContain('(port 4090 is in use)');
    const provider = await gateway.says(/identity provider http:\/\/localhost:\d+/);
    expect(provider).not.toContain(':4200');
    expect((await fetch(provider.slice('identity provider '.length))).status).toBe(200);
    const overblik = /answers at (\S+)/.exec(gateway.output())![1]!;
    const ksd = start('programs/ksd.js', { KSD_OVERBLIK_URL: overblik });
    const address = (await ksd.says(/answers at \S+/)).slice('answers at '.length);
    expect(address).not.toContain(':4100');
    expect((await fetch(address)).status).toBe(200);
    expect(ksd.output()).toContain('JUMP_HOSTS');
  } finally {
    for (const other of others) other?.close();
  }
}, 60_000);

test('a port that is named and taken is refused by name', async () => {
  const port = await freePort();
  const other = (await occupy(port))!;
  try {
    for (const setting of ['PORT', 'SAML_DEVELOPMENT_PORT', 'OPERATIONS_PORT']) {
      const program = start('programs/gateway.js', {
        PORT: '0',
        SEED_CITIZENS: '0',
        [setting]: String(port),
      });
      expect(await new Promise((resolve) => program.child.once('exit', resolve))).toBe(78);
      expect(program.output()).toContain(`${setting}: port ${port} is in use`);
    }
  } finally {
    other.close();
  }
}, 60_000);

describe('settings', () => {
  test('every problem is listed at once, without values, and the process exits 78', async () => {
    const program = start('programs/gateway.js', {
      PORT: 'x',
      OVERBLIK_MODE: 'staging',
      SUBGRAPH_CASE_URL: 'http://x',
      INTERNAL_SIGNING_KEY: 'hunter2',
    });
    const code = await new Promise((resolve) => program.child.once('exit', resolve));
    expect(code).toBe(78);
    for (const name of [
      'PORT',
      'OVERBLIK_MODE',
      'SUBGRAPH_CASE_URL: unknown setting',
      'INTERNAL_SIGNING_KEY',
    ])
      expect(program.output()).toContain(name);
    expect(program.output()).not.toContain('hunter2');
  });
  test('production refuses to start with a development secret, without an issuer, and with the embedded store', async () => {
    const bare = start('programs/gateway.js', { OVERBLIK_MODE: 'production' });
    expect(await new Promise((resolve) => bare.child.once('exit', resolve))).toBe(78);
    for (const name of [
      'MONGODB_URI',
      'INTERNAL_SIGNING_KEY',
      'AUDIT_SIGNING_KEY',
      'CURSOR_KEY',
      'TRUSTED_ISSUERS',
    ])
      expect(bare.output()).toContain(`${name}: `);
    const keys = start('programs/keys.js', {});
    await keys.says(/CURSOR_KEY=\S+/);
    const secrets = Object.fromEntries(
      keys
        .output()
        .trim()
        .split('\n')
        .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );
    const issuers = JSON.stringify([
      {
        issuer: 'https://idp.example.test',
        jwksUrl: 'https://idp.example.test/jwks',
        cvrs: ['12345678'],
      },
    ]);
    const production = {
      OVERBLIK_MODE: 'production',
      TRUSTED_ISSUERS: issuers,
      PORT: '0',
      OPERATIONS_PORT: '0',
      ...secrets,
    };
    const embedded = start('programs/gateway.js', production);
    expect(await new Promise((resolve) => embedded.child.once('exit', resolve))).toBe(78);
    expect(embedded.output()).toContain('MONGODB_URI');
    const token = start('programs/token.js', production, [], ['--as', 'controller']);
    expect(await new Promise((resolve) => token.child.once('exit', resolve))).toBe(78);
    expect(token.output()).not.toMatch(/^ey/m);

    const store = start('programs/store.js');
    const uri = await store.says(/mongodb:\/\/\S+/);
    const gateway = start('programs/gateway.js', { ...production, MONGODB_URI: uri });
    const url = (await gateway.says(/answers at \S+/)).slice('answers at '.length);
    for (const path of ['/dev/directory', '/dev/graphiql'])
      expect((await fetch(`${url}${path}`)).status).toBe(404);
    expect(await (await fetch(`${url}/`)).text()).not.toContain('npm run');
    expect(gateway.output()).not.toContain('sign-ins');
  }, 60_000);
  test('Apollo’s reporting and weakening switches stop the start', async () => {
    const program = start('programs/gateway.js', { APOLLO_KEY: 'service:x' });
    expect(await new Promise((resolve) => program.child.once('exit', resolve))).toBe(1);
    expect(program.output()).toContain('APOLLO_KEY');
  });
  test('two processes on one DATA_DIR: a tool attaches to the running store', async () => {
    const port = String(await freePort());
    const gateway = start('programs/gateway.js', { PORT: port, SEED_CITIZENS: '0' });
    await gateway.says(/Overblik answers at/);
    const verify = start('programs/verify-audit.js', {});
    expect(await verify.says(/The log (is whole|has)[^\n]*/)).toBe('The log is whole.');
  }, 60_000);
});

test('no program and no test runs Apollo with telemetry on', () => {
  const root = join(import.meta.dirname, '..', '..', '..');
  const firstLines = (file: string) => readFileSync(join(root, file), 'utf8').split('\n').slice(0, 2);
  const off = "import './no-telemetry.js';";
  expect(firstLines('programs/gateway.ts')).toEqual(["import './env-file.js';", off]);
  expect(firstLines('programs/subgraph.ts')).toEqual(["import './env-file.js';", off]);
  expect(firstLines('test/bench/main.ts')[0]).toBe("import '../../programs/no-telemetry.js';");
  expect(process.env['APOLLO_TELEMETRY_DISABLED']).toBe('true');
});

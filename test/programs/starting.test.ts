import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gatewaySettingsShape } from '../../programs/settings.js';
import { startProcess, type Program } from '../kit/stack.js';
import { temporaryDirectory } from '../kit/store.js';

/** How programs start and end, as an operator sees it: real processes, their words and their exit codes. */
const ROOT = join(import.meta.dirname, '..', '..');
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
const start = (program: string, environment: Record<string, string> = {}, ...args: string[]): Program => {
  const started = startProcess(`programs/${program}.js`, { DATA_DIR: directory, ...environment }, [], args);
  running.push(started);
  return started;
};
const endOf = (program: Program) =>
  new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
    const { exitCode, signalCode } = program.child;
    if (exitCode !== null || signalCode !== null) resolve([exitCode, signalCode]);
    else program.child.once('exit', (code, signal) => resolve([code, signal]));
  });
/** A program that does not start. @returns its exit code and its lines */
const fails = async (program: Program) => {
  const [code] = await endOf(program);
  expect(program.output()).not.toMatch(/^\s+at /m);
  return [code, program.output().trim().split('\n').slice(-1)[0]] as const;
};

describe('a name that is none', () => {
  test.each([
    ['gateway', 'MONGO_URI', 'MONGO_URI: unknown setting; is MONGODB_URI meant?'],
    ['gateway', 'MONGODB_URL', 'MONGODB_URL: unknown setting; is MONGODB_URI meant?'],
    ['store', 'DATA_DIRR', 'DATA_DIRR: unknown setting; is DATA_DIR meant?'],
    ['setup', 'OPERATIONS_PRT', 'OPERATIONS_PRT: unknown setting; is OPERATIONS_PORT meant?'],
    ['check-store', 'STORE_PORT', 'STORE_PORT: unknown setting'],
  ])('%s with %s stops with code 78, and its value is not shown', async (program, name, says) => {
    const started = start(program, { [name]: 'mongodb://user:hunter2@x' });
    const [code, line] = await fails(started);
    expect([code, line]).toEqual([78, expect.stringContaining(says)]);
    expect(started.output()).not.toContain('hunter2');
  });
});

describe('secrets in files', () => {
  test('the file counts as the setting; one that cannot be read, or stands beside its setting, stops the start', async () => {
    const secret = join(directory, 'uri');
    writeFileSync(secret, 'http://hunter2\n');
    const read = start('store', { MONGODB_URI_FILE: secret });
    expect(await fails(read)).toEqual([78, expect.stringContaining('MONGODB_URI: must start with mongodb')]);
    const twice = start('store', { MONGODB_URI_FILE: secret, MONGODB_URI: 'mongodb://127.0.0.1' });
    expect((await fails(twice))[0]).toBe(78);
    expect(twice.output()).toContain('MONGODB_URI_FILE: MONGODB_URI is set as well');
    const gone = start('store', { MONGODB_URI_FILE: join(directory, 'none') });
    expect(await fails(gone)).toEqual([
      78,
      expect.stringContaining('MONGODB_URI_FILE: the file cannot be read (ENOENT)'),
    ]);
    for (const program of running) expect(program.output()).not.toContain('hunter2');
  });
});

describe('what cannot be had', () => {
  test.each(['store', 'gateway', 'setup'])('%s: a data folder that cannot be written to', async (program) => {
    const blocked = join(directory, 'a-file');
    writeFileSync(blocked, '');
    const args = program === 'setup' ? ['--export'] : [];
    const started = start(
      program,
      { DATA_DIR: join(blocked, 'data'), PORT: '0', OPERATIONS_PORT: '0' },
      ...args,
    );
    expect(await fails(started)).toEqual([
      78,
      expect.stringMatching(/DATA_DIR.* cannot be written to \(ENOTDIR\)/),
    ]);
  });

  test('a database that does not answer is one line, and nothing hangs', async () => {
    const nobody = createServer();
    await new Promise<void>((resolve) => void nobody.listen(0, '127.0.0.1', resolve));
    const { port } = nobody.address() as AddressInfo;
    await new Promise((resolve) => nobody.close(resolve));
    const uri = `mongodb://user:hunter2@127.0.0.1:${port}/?serverSelectionTimeoutMS=500`;
    const started = start('setup', { OVERBLIK_MODE: 'development', MONGODB_URI: uri }, '--export');
    expect(await fails(started)).toEqual([1, expect.stringContaining('the database does not answer')]);
    expect(started.output()).not.toContain('hunter2');
  }, 60_000);

  test('an address this machine does not have', async () => {
    const started = start('gateway', {
      OVERBLIK_MODE: 'development',
      OPERATIONS_HOST: '192.0.2.1',
      SEED_CITIZENS: '0',
    });
    expect(await fails(started)).toEqual([78, expect.stringContaining('this machine has no such address')]);
  }, 60_000);

  test('a certificate that cannot be read is found at the start', async () => {
    const provider = {
      ...{ name: 'x', entityId: 'https://x.example', ssoUrl: 'https://x.example/sso', cvr: '12345678' },
      certificates: ['-----BEGIN CERTIFICATE-----\nhunter2\n-----END CERTIFICATE-----'],
    };
    const started = start('gateway', {
      SAML_PROVIDERS: JSON.stringify([provider]),
      SAML_CERTIFICATE: provider.certificates[0]!,
    });
    expect((await fails(started))[0]).toBe(78);
    expect(started.output()).toContain('SAML_PROVIDERS: must be a JSON array');
    expect(started.output()).toContain('SAML_CERTIFICATE: must be a PEM certificate that can be read');
    expect(started.output()).not.toContain('hunter2');
  });
});

test('one environment serves every program: each name of .env.example stops none of them', async () => {
  const text = readFileSync(join(ROOT, '.env.example'), 'utf8');
  const given = [...text.matchAll(/^# ([A-Z_]+)=(\S*)/gm)].map(([, name, value]) => [name!, value!] as const);
  expect(given.map(([name]) => name)).toEqual(
    expect.arrayContaining(Object.keys(gatewaySettingsShape.shape)),
  );
  const environment = {
    ...Object.fromEntries(given),
    DATA_DIR: directory,
    PORT: '0',
    OPERATIONS_PORT: '0',
    SEED_CITIZENS: '0',
  };
  const store = start('store', environment);
  const uri = await store.says(/mongodb:\/\/\S+/);
  const distributed = {
    ...environment,
    OVERBLIK_MODE: 'development',
    MONGODB_URI: uri,
    SUBGRAPH_CASES_PORT: '0',
  };
  await start('subgraph', distributed, 'cases').says(/Subgraph cases answers at/);
  await start('gateway', distributed).says(/Overblik answers at/);
  for (const [program, ...args] of [
    ['check-store'],
    ['verify-audit'],
    ['setup', '--export'],
    ['token', '--as', 'controller'],
  ])
    expect([
      program,
      await endOf(start(program!, program === 'check-store' ? environment : distributed, ...args)),
    ]).toEqual([program, [0, null]]);
}, 240_000);

test('the settings in force are printed, secrets and addresses with passwords not among them', async () => {
  const CURSOR_KEY = 'x'.repeat(43);
  const started = start('gateway', {
    CURSOR_KEY,
    PORT: '0',
    OPERATIONS_PORT: '0',
    SEED_CITIZENS: '0',
    LOG_LEVEL: 'error',
  });
  expect(await started.says(/^Settings: .*$/m)).toMatch(/PORT=0.*LOG_LEVEL=error.*CURSOR_KEY \(set\)/);
  expect(started.output()).not.toContain(CURSOR_KEY);
}, 60_000);

describe('signals', () => {
  test('HUP stops nothing; TERM ends cleanly', async () => {
    const store = start('store');
    await store.says(/answers at/);
    store.child.kill('SIGHUP');
    // It still answers whoever comes next.
    const other = start('store');
    expect(await other.says(/A store already answers/)).toBeTruthy();
    store.child.kill('SIGTERM');
    expect(await endOf(store)).toEqual([0, null]);
  }, 60_000);

  test('a second TERM ends at once what the first is still waiting for', async () => {
    const held = join(directory, 'held.mjs');
    mkdirSync(directory, { recursive: true });
    const module = join(ROOT, 'dist', 'programs', 'wiring', 'until-signal.js');
    writeFileSync(
      held,
      `import { stopAtSignal } from ${JSON.stringify(module)};
       stopAtSignal(() => new Promise(() => undefined), () => console.log('stopping'));
       setInterval(() => undefined, 1000); console.log('ready');`,
    );
    const { spawn } = await import('node:child_process');
    const child = spawn(process.execPath, [held], { stdio: ['ignore', 'pipe', 'inherit'] });
    const said = (word: string) =>
      new Promise<void>((resolve) =>
        child.stdout.on('data', (text: Buffer) => text.includes(word) && resolve()),
      );
    const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve([code, signal])));
    await said('ready');
    child.kill('SIGTERM');
    await said('stopping');
    child.kill('SIGTERM');
    expect(await ended).toEqual([1, null]);
  }, 30_000);
});

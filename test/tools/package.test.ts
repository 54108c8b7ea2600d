import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '../kit/store.js';

const ROOT = join(import.meta.dirname, '..', '..');
let directory: string;
let remove: () => void;
let folder: string;
beforeAll(() => {
  ({ path: directory, remove } = temporaryDirectory());
  folder = join(directory, 'package');
  execFileSync(process.execPath, [join(ROOT, 'tools', 'package.mjs'), folder], { stdio: 'ignore' });
}, 600_000);
afterAll(() => remove());

test('it holds production packages alone, and no TypeScript', () => {
  const { dependencies, devDependencies, scripts } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  expect(devDependencies).toBeUndefined();
  for (const name of Object.keys(dependencies))
    expect([name, existsSync(join(folder, 'node_modules', name))]).toEqual([name, true]);
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  const development = Object.entries<{ dev?: boolean }>(packages).filter(([, { dev }]) => dev === true);
  expect(development.length).toBeGreaterThan(50);
  const left = development.filter(([place]) => existsSync(join(folder, place, 'package.json')));
  expect(left.map(([place]) => place)).toEqual([]);
  expect(readdirSync(folder).filter((name) => /tsconfig|test|web/.test(name))).toEqual([]);
  for (const command of Object.values<string>(scripts))
    expect(command).toMatch(/^exec node .*dist\/programs\/[\w-]+\.js$/);
});

test('it starts in an empty directory with an empty environment, and TERM to npm reaches node', async () => {
  const empty = join(directory, 'empty');
  mkdirSync(empty);
  // The ports of this machine may be taken; nothing else is said.
  writeFileSync(join(empty, '.env'), 'PORT=0\nOPERATIONS_PORT=0\nSAML_DEVELOPMENT_PORT=0\nSEED_CITIZENS=0\n');
  const child = spawn(process.execPath, [join(folder, 'dist', 'programs', 'gateway.js')], {
    cwd: empty,
    env: {},
  });
  let output = '';
  const ended = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
  const url = await new Promise<string>((resolve, reject) => {
    const take = (chunk: Buffer) => {
      output += chunk.toString();
      const found = /Overblik answers at (\S+)/.exec(output)?.[1];
      if (found) resolve(found);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('exit', () => reject(new Error(output)));
  });
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  expect(await (await fetch(`${url}/`)).text()).toContain('<');
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
}, 240_000);

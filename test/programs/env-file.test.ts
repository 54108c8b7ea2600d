import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtFile } from '../kit/processes.js';
import { temporaryDirectory } from '../kit/store.js';

let directory: ReturnType<typeof temporaryDirectory>;
beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(() => directory.remove());

/** Starts a program in a folder of its own; it ends at once, for its settings are wrong. */
const startIn = (environment: Record<string, string>, program = 'verify-audit') => {
  const { PATH = '' } = process.env;
  const env = { PATH, ...environment };
  return spawnSync(process.execPath, [builtFile(`programs/${program}.js`)], { cwd: directory.path, env })
    .stderr.toString()
    .split('\n');
};

test('what stands in .env counts where the environment says nothing', () => {
  writeFileSync(join(directory.path, '.env'), 'SEED_CITIZENS=many\nTOKEN_AUDIENCES=x\n');
  const said = startIn({}).join('\n');
  expect(said).toContain('SEED_CITIZENS: ');
  expect(said).toContain('TOKEN_AUDIENCES: unknown setting');
  expect(startIn({ SEED_CITIZENS: '1' }).join('\n')).not.toContain('SEED_CITIZENS: ');
});

test('what may not stand in the environment may not stand in .env', () => {
  writeFileSync(join(directory.path, '.env'), 'APOLLO_KEY=key\n');
  expect(startIn({}, 'gateway').join('\n')).toContain('must not be set: APOLLO_KEY');
});

test('a folder without .env starts as ever', () => {
  expect(startIn({ SEED_CITIZENS: 'few' }).join('\n')).toContain('SEED_CITIZENS: ');
});

test('every program, the store alone among them, says by name what is wrong, in our own words and without the value', () => {
  const said = startIn({ STORE_MAX_MB: 'plenty', MONGODB_URI: 'http://user:secret@store' }, 'store');
  expect(said.filter((line) => line !== '')).toEqual([
    'The settings have 2 problem(s):',
    '  - MONGODB_URI: must start with mongodb:// or mongodb+srv://',
    '  - STORE_MAX_MB: must be a whole number',
  ]);
});

import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { whileLocked } from './build-lock.mjs';
import { compressAssets } from './compress-assets.mjs';

// Builds dist/: resolver types from the SDL, then TypeScript. Skipped when no input changed since the last build; one process at a time.
// Plain JavaScript on purpose: it must run before anything is compiled.
const ROOT = join(import.meta.dirname, '..');
const INPUTS = [
  'gateway',
  'intake',
  'programs',
  'schema',
  'seed',
  'store',
  'subgraphs',
  'tools',
  'web',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'tsconfig.codegen.json',
];
const STAMP = join(ROOT, 'dist', '.stamp');
const TSC = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');

function* filesUnder(path) {
  if (!statSync(path).isDirectory()) yield path;
  else
    for (const name of readdirSync(path).sort())
      if (name !== 'generated') yield* filesUnder(join(path, name));
}

function inputHash() {
  const hash = createHash('sha256').update(process.version);
  for (const input of INPUTS)
    for (const file of filesUnder(join(ROOT, input)))
      hash.update(file.slice(ROOT.length)).update(readFileSync(file));
  return hash.digest('hex');
}

const run = (...args) => execFileSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });

function build() {
  const hash = inputHash();
  const upToDate =
    existsSync(STAMP) &&
    readFileSync(STAMP, 'utf8') === hash &&
    existsSync(join(ROOT, 'schema', 'generated', 'cases.ts'));
  if (upToDate) return;
  rmSync(join(ROOT, 'dist'), { recursive: true, force: true });
  run(TSC, '-p', 'tsconfig.codegen.json');
  run(join('dist', 'schema', 'tools', 'codegen.js'));
  run(TSC, '-p', 'tsconfig.build.json');
  const vite = join('node_modules', 'vite', 'bin', 'vite.js');
  run(vite, 'build', '-c', join('web', 'vite.config.mjs'), '--logLevel', 'warn');
  compressAssets(join(ROOT, 'dist', 'web', 'assets'));
  writeFileSync(STAMP, hash);
}

whileLocked(join(ROOT, '.build.lock'), build);

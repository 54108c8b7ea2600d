import { beforeAll, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ERROR_CATALOGUE } from '../../subgraphs/shared/errors/catalogue.js';
import { gatewaySettingsShape } from '../../programs/settings.js';
import { EXAMPLES } from '../../seed/development/examples.js';
import { SIGN_INS } from '../../seed/development/sign-ins.js';
import { SOURCE_SYSTEMS } from '../../seed/source-systems.js';
import { forbiddenImport } from '../../tools/lint/borders.js';
import { lintText } from '../kit/lint-text.js';

const ROOT = join(import.meta.dirname, '..', '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
/** Starts a check; the four run beside each other, since each keeps one core busy. */
const run = (program: string, ...args: string[]): Promise<{ status: number | null; output: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [join(ROOT, 'node_modules', program), ...args], { cwd: ROOT });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('close', (status) => resolve({ status, output: status === 0 ? '' : output }));
  });

describe('checks that CI runs with the tests', () => {
  let checks: Record<'lint' | 'types' | 'page' | 'format', ReturnType<typeof run>>;
  beforeAll(() => {
    checks = {
      lint: run('eslint/bin/eslint.js', '.'),
      types: run('typescript/bin/tsc', '-p', 'tsconfig.json'),
      page: run('typescript/bin/tsc', '-p', 'web/tsconfig.json', '--noEmit'),
      format: run('prettier/bin/prettier.cjs', '--check', '.', '--log-level', 'warn'),
    };
  });
  test.each(['types', 'page', 'format', 'lint'] as const)(
    '%s',
    async (check) => expect(await checks[check]).toEqual({ status: 0, output: '' }),
    300_000,
  );
});

describe('import borders', () => {
  test.each([
    ['gateway/request-context.ts', 'subgraphs/cases/reads/open-case.ts', false],
    ['gateway/request-context.ts', 'subgraphs/shared/runtime/subgraph.ts', false],
    ['gateway/request-context.ts', 'subgraphs/shared/identity/caller.ts', true],
    ['gateway/request-context.ts', 'seed/development/sign-ins.ts', false],
    ['programs/gateway.ts', 'seed/development/sign-ins.ts', true],
    ['subgraphs/cases/reads/open-case.ts', 'subgraphs/documents/source/records.ts', false],
    ['subgraphs/cases/resolvers/Case.ts', 'subgraphs/cases/source/case-source.ts', false],
    ['subgraphs/cases/source/case-source.ts', 'subgraphs/cases/reads/open-case.ts', false],
    ['subgraphs/cases/reads/open-case.ts', 'subgraphs/cases/source/case-source.ts', true],
    ['subgraphs/cases/source/case-source.ts', 'programs/wiring/gateway-server.ts', false],
    ['subgraphs/cases/source/case-source.ts', 'store/connection.ts', false],
    ['subgraphs/cases/reads/open-case.ts', 'subgraphs/shared/guard/guard.ts', false],
    ['subgraphs/shared/policy/rules.ts', 'subgraphs/cases/models.ts', false],
    ['seed/plant.ts', 'intake/in-step/deliver.ts', true],
    ['seed/plant.ts', 'programs/wiring/gateway-server.ts', false],
    ['schema/sdl.ts', 'programs/wiring/gateway-server.ts', false],
    ['store/open.ts', 'subgraphs/shared/policy/rules.ts', false],
    ['gateway/request-context.ts', 'programs/wiring/subgraphs.ts', false],
    ['gateway/request-context.ts', 'test/kit/stack.ts', false],
    ['web/pages/overview.ts', 'programs/wiring/gateway-server.ts', false],
  ])('%s → %s allowed: %s', (from, to, allowed) => {
    expect(forbiddenImport(from, to) === undefined).toBe(allowed);
  });
  test('permits are values for the guard alone and types for everyone else', () => {
    const permit = 'subgraphs/shared/guard/permit.ts';
    expect(forbiddenImport('subgraphs/shared/guard/guard.ts', permit)).toBeUndefined();
    for (const from of ['subgraphs/cases/source/case-source.ts', 'subgraphs/shared/sections/section.ts']) {
      expect(forbiddenImport(from, permit, true)).toBeUndefined();
      expect(forbiddenImport(from, permit, false)).toMatch(/guard alone/);
    }
  });
  test('the lint rule reports a permit imported as a value, however it is written', async () => {
    const rulesFor = async (text: string) =>
      (await lintText(text, 'subgraphs', 'cases', 'source', 'case-source.ts')).map(({ ruleId }) => ruleId);
    const from = "from '../../shared/guard/permit.js';\n";
    expect(await rulesFor(`import { Permit } ${from}`)).toContain('overblik/borders');
    expect(await rulesFor(`import * as permits ${from}`)).toContain('overblik/borders');
    expect(await rulesFor(`import type { Permit } ${from}`)).not.toContain('overblik/borders');
  }, 60_000);
  test('the lint rule reports a forbidden import', async () => {
    const text = "import { casesSubgraph } from '../subgraphs/cases/subgraph.js';\nvoid casesSubgraph;\n";
    const messages = await lintText(text, 'gateway', 'request-context.ts');
    expect(messages.map(({ ruleId }) => ruleId)).toContain('overblik/borders');
  }, 60_000);
  test('a read without the guard’s permit does not compile', () => {
    const probe = join('test', 'repository', 'probes', 'unguarded-read.ts');
    expect(read(probe)).toMatch(/@ts-expect-error/);
    // tsc (above) fails when an expected error is not there.
  });
});

describe('documents agree with the code', () => {
  test('.env.example names every setting and no other', () => {
    const named = [...read('.env.example').matchAll(/^#?\s?([A-Z_]+)=/gm)].map((match) => match[1]!);
    expect([...new Set(named)].sort()).toEqual(Object.keys(gatewaySettingsShape.shape).sort());
  });
  test('docs/errors.md lists every error with its texts, and no other', () => {
    const rows = [
      ...read('docs/errors.md').matchAll(/^\| `([A-Z_]+)` \| (\d+) \| (yes|no) \| (.+) \| (.+) \|$/gm),
    ].map(([, code, status, visible, da, en]) => [code, Number(status), visible === 'yes', da, en]);
    const expected = Object.entries(ERROR_CATALOGUE).map(([code, entry]) => [
      code,
      entry.status,
      entry.forCaseworker,
      entry.text.da,
      entry.text.en,
    ]);
    expect(rows).toEqual(expected);
  });
  test('README and guide show every picture of a page that there is, and none that is not', () => {
    const pages = read('README.md') + read('docs/guide.md');
    const linked = [...pages.matchAll(/screens\/([\w-]+\.jpg)/g)].map(([, name]) => name!);
    const there = readdirSync(join(ROOT, 'docs', 'screens'));
    expect([...new Set(linked)].sort()).toEqual(there.sort());
    for (const name of there)
      expect([name, statSync(join(ROOT, 'docs', 'screens', name)).size < 150_000]).toEqual([name, true]);
  });

  test('the guide names every sign-in and source system and shows the three queries', () => {
    const readme = read('docs/guide.md');
    for (const { name } of SIGN_INS) expect(readme).toContain(`\`${name}\``);
    for (const { code } of SOURCE_SYSTEMS) expect(readme).toContain(`| ${code} |`);
    for (const { query } of EXAMPLES) expect(readme).toContain(query);
  });
  test('every decision has its number, status and rejected alternatives', () => {
    const files = readdirSync(join(ROOT, 'docs', 'decisions')).sort();
    files.forEach((file, i) =>
      expect(file).toMatch(new RegExp(`^${String(i + 1).padStart(3, '0')}-[a-z0-9-]+\\.md$`)),
    );
    for (const file of files) expect(read(join('docs', 'decisions', file))).toMatch(/## Rejected/);
  });
});

test('.ci/run is exactly the second command', () => {
  const commands = read('.ci/run')
    .split('\n')
    .filter((line) => line !== '' && !/^(#|set |cd )/.test(line));
  expect(commands).toEqual(['npm ci && npm test']);
});

test('the dependencies are pinned exactly and no download address is recorded', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
    string,
    Record<string, string>
  >;
  for (const version of Object.values({ ...dependencies, ...devDependencies }))
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
});

test('least versions that fix known holes', () => {
  const version = (name: string) =>
    (JSON.parse(read(`node_modules/${name}/package.json`)) as { version: string }).version;
  expect(version('graphql')).toMatch(/^16\.(1[5-9]|[2-9]\d)\./);
  expect(version('@apollo/gateway')).toMatch(/^2\.(1[4-9]|[2-9]\d)\./);
  expect(version('@apollo/server')).toMatch(/^5\.([5-9]|\d\d)\./);
});

import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { ESLint } from 'eslint';

const ROOT = join(import.meta.dirname, '..', '..');
const GIVEN = `export {};
declare const anything: unknown;
declare const maybe: string | undefined;
`;

const REPORTED = [
  'void (anything as string);',
  'void (<string>anything);',
  'void (maybe as unknown as number);',
  '// It is a text.\nvoid (anything as string);',
  '// cast:\nvoid (anything as string);',
  '// cast: it is a text\n\nvoid (anything as string);',
  '// cast: it is a text\nvoid anything;\nvoid (anything as string);',
];
const NOT_REPORTED = [
  "void (['a', 'b'] as const);",
  'void (anything satisfies unknown);',
  '// cast: it is a text\nvoid (anything as string);',
  'void (anything as string); // cast: it is a text',
  '// cast: it is a text\nconst text =\n  anything as string;\nvoid text;',
  '// cast: it is a number\nvoid (maybe as unknown as number);',
];

/** A file that is really there: its types are known. */
const eslint = new ESLint({ cwd: ROOT });
async function faultsOf(rule: string, code: string, ...path: string[]) {
  const [result] = await eslint.lintText(`${GIVEN}${code}\n`, { filePath: join(ROOT, ...path) });
  const { messages } = result!;
  expect(messages.filter(({ fatal }) => fatal)).toEqual([]);
  return messages.filter(({ ruleId }) => ruleId === rule).length;
}
const CASTS = 'overblik/casts';
const ASSERTIONS = '@typescript-eslint/no-non-null-assertion';
const FILE = ['gateway', 'events', 'route.ts'];
beforeAll(() => faultsOf(CASTS, '', ...FILE), 120_000);

test.each(REPORTED)('reports %j', async (code) => {
  expect(await faultsOf(CASTS, code, ...FILE)).toBe(1);
});

test.each(NOT_REPORTED)('lets %j be', async (code) => {
  expect(await faultsOf(CASTS, code, ...FILE)).toBe(0);
});

test.each([
  [['subgraphs', 'shared', 'guard', 'guard.ts']],
  [['intake', 'feed', 'route.ts']],
  [['store', 'embedded', 'update.ts']],
  [['web', 'parts', 'period.ts']],
  [['programs', 'feed.ts']],
  [['seed', 'random.ts']],
])('holds in %j, for assertions as well', async (path) => {
  expect(await faultsOf(CASTS, 'void (anything as string);', ...path)).toBe(1);
  expect(await faultsOf(ASSERTIONS, 'void maybe!;', ...path)).toBe(1);
});

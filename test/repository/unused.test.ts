import { expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';

const ROOT = join(import.meta.dirname, '..', '..');
const KNIP = join(ROOT, 'node_modules', 'knip', 'bin', 'knip.js');
const named = z.array(z.object({ name: z.string() }));
const issueShape = z.object({ file: z.string() }).catchall(z.union([z.string(), named]));
const answerShape = z.object({ issues: z.array(issueShape) });

/** What knip.json leaves out is built, or is named by a text instead of an import. */
test('every file, export and dependency is used', () => {
  const { stdout, stderr } = spawnSync(process.execPath, [KNIP, '--no-progress', '--reporter', 'json'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  const unused = answerShape
    .parse(JSON.parse(stdout))
    .issues.flatMap(({ file, ...kinds }) =>
      Object.entries(kinds).flatMap(([kind, found]) =>
        typeof found === 'string' ? [] : found.map(({ name }) => `${file}: ${kind} ${name}`),
      ),
    );
  expect(unused).toEqual([]);
}, 60_000);

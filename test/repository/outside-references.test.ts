import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { sourceFiles } from '../kit/source-files.js';

/** Who reads this repository has only this repository: a reason is written out, or cites a page here or a public document. */
const OUTSIDE: readonly RegExp[] = [
  // Notes that lie elsewhere, by file or by section.
  /(?<![-\w/])(?:design|domain|stack|style|page|wireframes)\.md\b/,
  /\b(?:design|brief|security\.md) ?§/i,
  /(?<!\.)\.\.\/shared\/[\w-]+\.md\b/,
  // Numbers of somebody's rules; names of fragments and codes in quotes are none.
  /(?<!\.\.\.|fragment |[\w'`])[FQRT]\d{1,3}\b(?!:)/,
  /\b(?:rule|requirement|wave|milestone|sprint) #?\d+\b/i,
  // Tasks, and places in a text that moves.
  /\bissue #?\d+\b/i,
  /\b(?:see|at|on|in|per) lines? \d+\b|\blines? \d+(?:[-–]\d+)? of\b|\.(?:md|graphql):\d+\b/i,
];
/** The schema as it was released. */
const RELEASED = 'schema/supergraph.released.graphql';

const citesOutside = (text: string): boolean => OUTSIDE.some((pattern) => pattern.test(text));

describe('nothing cites what is not in the repository', () => {
  const files = sourceFiles(
    ...['ts', 'tsx', 'js', 'mjs', 'css', 'html', 'md', 'graphql', 'sh', 'yml', 'yaml'].map(
      (type) => `*.${type}`,
    ),
    ...['Dockerfile', '.env.example', '.ci/run'],
  ).filter((file) => file !== RELEASED && file !== 'test/repository/outside-references.test.ts');

  test('no design note, number of a rule, task or line', () => {
    expect(files.length).toBeGreaterThan(900);
    const citing = files.flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .flatMap((line, i) => (citesOutside(line) ? [`${file}:${i + 1} ${line.trim()}`] : [])),
    );
    expect(citing).toEqual([]);
  });

  test.each([
    '/** Refused before loading (F86). */',
    'as T47 and R12 say',
    'costs what design §6 says',
    'see security.md §3',
    'by design.md',
    'the order of ../shared/page.md',
    'for issue 3',
    'closes issue #12',
    'see line 10',
    'lines 10–12 of the table',
    'as rule 4 wants',
    'docs/field.md:113',
  ])('%s is refused', (text) => {
    expect(citesOutside(text)).toBe(true);
  });

  test.each([
    'docs/decisions/019-the-page.md',
    'UDK act section 8; docs/field.md, Law',
    '(RFC 6761 §6.3)',
    '{ me { ...F0 } } fragment F0 on Caller { user }',
    '2026-01-01T08:00:00Z',
    'the KLE action facet, such as G01',
    "import { x } from '../shared/policy/rules.js';",
  ])('%s is not', (text) => {
    expect(citesOutside(text)).toBe(false);
  });
});

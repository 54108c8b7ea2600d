import { beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { check } from 'recheck';
import ts from 'typescript';

const ROOT = join(import.meta.dirname, '..', '..');
const ROOMS = ['gateway', 'intake', 'programs', 'schema', 'seed', 'store', 'subgraphs', 'web'];

interface Found {
  readonly source: string;
  readonly flags: string;
  readonly places: string[];
}

/** Every expression written in the rooms' sources, and every place that makes one of a text. */
function expressions(): { readonly written: Found[]; readonly made: string[] } {
  const written = new Map<string, Found>();
  const made: string[] = [];
  for (const path of ROOMS.flatMap(sourcesIn)) {
    const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart());
      const place = `${relative(ROOT, path)}:${line + 1}`;
      if (ts.isRegularExpressionLiteral(node)) {
        const end = node.text.lastIndexOf('/');
        const found = written.get(node.text);
        if (found) found.places.push(place);
        else
          written.set(node.text, {
            source: node.text.slice(1, end),
            flags: node.text.slice(end + 1),
            places: [place],
          });
      }
      const isMade = ts.isNewExpression(node) || ts.isCallExpression(node);
      if (isMade && node.expression.getText(file) === 'RegExp') made.push(place);
      node.forEachChild(visit);
    };
    visit(file);
  }
  return { written: [...written.values()], made };
}

function sourcesIn(room: string): string[] {
  return readdirSync(join(ROOT, room), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Long counted repetitions as endless ones: that is at least as much work, and decided at once. */
const widened = (source: string): string =>
  source.replace(/\{(\d+)(?:,(\d*))?\}/g, (all, from: string, to: string | undefined) =>
    Number(to || from) > 8 || to === '' ? (Number(from) > 0 ? '+' : '*') : all,
  );

/** @returns what is wrong with an expression; null when its work grows with its text and no faster. */
async function fault({ source, flags }: Pick<Found, 'source' | 'flags'>): Promise<string | null> {
  const verdict = await check(widened(source), flags, { checker: 'automaton', timeout: 100_000 });
  if (verdict.status === 'safe') return null;
  return verdict.status === 'vulnerable' ? `vulnerable: ${verdict.complexity.summary}` : 'not decided';
}

describe('regular expressions', () => {
  let found: ReturnType<typeof expressions>;
  beforeAll(() => {
    found = expressions();
    // The checker's own program, a tenth of the work of its JavaScript; where it is not made for, that one.
    process.env['RECHECK_BACKEND'] = 'auto';
  });

  test('each one in the sources is linear, whatever text it meets', async () => {
    const { written } = found;
    expect(written.length).toBeGreaterThan(50);
    const faults: string[] = [];
    for (const expression of written) {
      const wrong = await fault(expression);
      const { source, flags, places } = expression;
      if (wrong !== null) faults.push(`/${source}/${flags} in ${places.join(', ')} is ${wrong}`);
    }
    expect(faults).toEqual([]);
  }, 300_000);

  test('none is made of a text while the program runs', () => {
    expect(found.made).toEqual([]);
  });

  test.each([
    ['a nested repetition', '^(a+)+$', ''],
    ['a repetition that begins anywhere', '\\s+$', ''],
    ['an unfinished tag that begins over and over', '<a[^>]*b[^>]*>', 'g'],
  ])('the check finds %s', async (_says, source, flags) => {
    expect(await fault({ source, flags })).toMatch(/^vulnerable/);
  });
});

import { expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The table of attacks names tests that are there: whoever renames or removes one must say what holds the attack now. */
const TEST = join(import.meta.dirname, '..');
const page = readFileSync(join(TEST, '..', 'docs', 'security.md'), 'utf8');
const rows = [...page.matchAll(/^\| +(\d+) +\|([^|]+)\|([^|]+)\|([^|]+)\|$/gm)].map(
  ([, number, , , held]) => ({
    number: Number(number),
    // `file`: “title”, “title”; `file`: “title”
    held: [...held!.matchAll(/`([\w/-]+\.test\.ts)`: (“.+?”)(?=; `| *$)/g)].map(([, file, titles]) => ({
      file: file!,
      titles: [...titles!.matchAll(/“(.+?)”(?=, “|$)/g)].map(([, title]) => title!),
    })),
  }),
);

test('the attacks are numbered from 1 to 72 without a gap', () => {
  expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 72 }, (_, i) => i + 1));
});

test('every attack is held by a test that is there, under the title that is named', () => {
  const missing = rows.flatMap(({ number, held }) =>
    held.flatMap(({ file, titles }) => {
      const path = join(TEST, file);
      const source = existsSync(path) ? readFileSync(path, 'utf8') : '';
      return titles
        .filter((title) => !source.includes(`'${title}'`) && !source.includes(`\`${title}\``))
        .map((title) => `${number}: ${file}: ${title}`);
    }),
  );
  expect(missing).toEqual([]);
  expect(rows.filter(({ held }) => !held.some(({ titles }) => titles.length > 0))).toEqual([]);
});

import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every decision says whether it still holds, what led to it, what was decided and what follows. */
const FOLDER = join(import.meta.dirname, '..', '..', 'docs', 'decisions');
const DATE = '\\d{4}-\\d{2}-\\d{2}';
const LINK = '\\[\\d{3}\\]\\((\\d{3}-[a-z0-9-]+\\.md)\\)';
const STATUS = new RegExp(
  `^\\*\\*Status\\*\\* (accepted, ${DATE}(; amended by ${LINK}.*)?|superseded by ${LINK}, ${DATE})$`,
);
const PARTS = ['Context', 'Decision', 'Consequences'];

/** @returns what is wrong with the form of a decision. */
function problemsOf(number: string, text: string): string[] {
  const [title, , status] = text.split('\n');
  const headings = [...text.matchAll(/^## (.+)\n(.*)/gm)];
  const names = headings.map(([, name]) => name!);
  return [
    ...(title!.startsWith(`# ${number} `) ? [] : ['the title has no number, or another']),
    ...(STATUS.test(status!) ? [] : [`status: ${status}`]),
    ...(names.slice(0, PARTS.length).join() === PARTS.join() ? [] : [`parts: ${names.join()}`]),
    ...headings.filter(([, , first]) => first === '').map(([, name]) => `nothing under ${name}`),
  ];
}

const files = readdirSync(FOLDER).sort();

describe('the decisions', () => {
  test.each(files)('%s has status, context, decision and consequences', (file) => {
    expect(problemsOf(file.slice(0, 3), readFileSync(join(FOLDER, file), 'utf8'))).toEqual([]);
  });

  test('are numbered without a gap, and name decisions that are there', () => {
    expect(files.map((file) => Number(file.slice(0, 3)))).toEqual(files.map((_, i) => i + 1));
    const named = files.flatMap((file) =>
      [...readFileSync(join(FOLDER, file), 'utf8').matchAll(new RegExp(LINK, 'g'))].map(([, link]) => link!),
    );
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((link) => !files.includes(link))).toEqual([]);
  });

  test('a decision without status or context is refused', () => {
    expect(problemsOf('001', '# 001 X\n\n**Status** accepted\n\n## Consequences\n- y\n')).toEqual([
      'status: **Status** accepted',
      'parts: Consequences',
    ]);
  });
});

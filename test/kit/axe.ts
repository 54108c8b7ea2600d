import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Finding {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly unknown[] }[];
}

/** @returns what axe finds wrong on a page as it stands now: rule and place. */
export async function axeFindings(page: Page): Promise<string[]> {
  // Through the debugger: the page's own policy forbids script from elsewhere, and keeps forbidding it.
  await page.evaluate(SOURCE);
  const violations = await page.evaluate(async () => {
    const axe = (globalThis as unknown as { axe: { run: (options: object) => Promise<object> } }).axe;
    const { violations: found } = (await axe.run({ resultTypes: ['violations'] })) as { violations: unknown };
    return found;
  });
  return (violations as Finding[]).flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id}: ${target.join(' ')}`),
  );
}

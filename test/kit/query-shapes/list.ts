import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { keyOf, type QueryShape } from './shape.js';

/** Shapes that the product sends while the suites run; one a line. Suites and benchmarks run in the repository's root. */
const FILE = resolve('test', 'store', 'query-shapes.jsonl');

/** @returns the shapes of the list */
export function listedShapes(): QueryShape[] {
  return readFileSync(FILE, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as QueryShape);
}

/** Adds shapes; several suites may do so at once. */
export function addShapes(shapes: readonly QueryShape[]): void {
  appendFileSync(FILE, shapes.map((shape) => `${JSON.stringify(shape)}\n`).join(''));
}

/** Puts the list in order, each shape once. */
export function tidyShapes(): void {
  const byKey = new Map(listedShapes().map((shape) => [keyOf(shape), shape]));
  const lines = [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, shape]) => JSON.stringify(shape));
  writeFileSync(FILE, `${lines.join('\n')}\n`);
}

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const IMPORT = /(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g;

/** Which file of the product imports which others, by path from the root. Tests are left out. */
export type ImportGraph = ReadonlyMap<string, ReadonlySet<string>>;

/** @param root the repository's folder @returns the imports of every TypeScript file git knows there. */
export function importGraph(root: string): ImportGraph {
  const files = execFileSync('git', ['ls-files', '*.ts', '*.tsx'], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter((file) => file !== '' && !file.startsWith('test/') && existsSync(join(root, file)));
  const known = new Set(files);
  return new Map(files.map((file) => [file, importsOf(root, file, known)]));
}

function importsOf(root: string, file: string, known: ReadonlySet<string>): Set<string> {
  const text = readFileSync(join(root, file), 'utf8');
  const found = [...text.matchAll(IMPORT)].flatMap(([, specifier]) => {
    const path = normalize(join(dirname(file), specifier!)).replace(/\.js$/, '');
    return [`${path}.ts`, `${path}.tsx`].filter((candidate) => known.has(candidate));
  });
  return new Set(found);
}

/** @returns groups of files that import each other in a circle (Tarjan's strongly connected components). */
export function circlesOf(graph: ImportGraph): string[][] {
  const index = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];
  const visit = (file: string): void => {
    index.set(file, index.size);
    lowest.set(file, index.get(file)!);
    stack.push(file);
    for (const next of graph.get(file) ?? []) {
      if (!index.has(next)) visit(next);
      if (stack.includes(next))
        lowest.set(file, Math.min(lowest.get(file)!, lowest.get(next) ?? index.get(next)!));
    }
    if (lowest.get(file) !== index.get(file)) return;
    const circle = stack.splice(stack.indexOf(file));
    if (circle.length > 1) circles.push(circle.sort());
  };
  for (const file of graph.keys()) if (!index.has(file)) visit(file);
  return circles;
}

/** @returns pairs of top-level folders that import each other. */
export function mutualFolders(graph: ImportGraph): string[] {
  const top = (file: string) => file.split('/')[0]!;
  const arrows = new Set<string>();
  for (const [from, targets] of graph)
    for (const to of targets) if (top(from) !== top(to)) arrows.add(`${top(from)} → ${top(to)}`);
  return [...arrows].filter((arrow) => arrows.has(arrow.split(' → ').reverse().join(' → '))).sort();
}

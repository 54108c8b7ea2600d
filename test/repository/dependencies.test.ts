import { expect, test } from '@jest/globals';
import { readFileSync, readdirSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import ts from 'typescript';

const ROOT = join(import.meta.dirname, '..', '..');
/** Rooms that run in production from `dependencies` alone; the page's packages are built into it. */
const SERVER_ROOMS = ['gateway', 'intake', 'programs', 'seed', 'store', 'subgraphs'];
interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}
const { dependencies, devDependencies } = JSON.parse(
  readFileSync(join(ROOT, 'package.json'), 'utf8'),
) as Manifest;

/** @returns the packages that the sources of some rooms import, types alone left out. */
function imported(rooms: readonly string[]): ReadonlySet<string> {
  const files = rooms.flatMap((room) =>
    readdirSync(join(ROOT, room), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(?:tsx?|m?js|css)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  return new Set(files.flatMap((path) => packagesOf(path)));
}

function packagesOf(path: string): string[] {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const add = (node: ts.Node | undefined): void => {
    if (!node || !ts.isStringLiteral(node) || /^[./]/.test(node.text) || isBuiltin(node.text)) return;
    found.push(
      node.text
        .split('/')
        .slice(0, node.text.startsWith('@') ? 2 : 1)
        .join('/'),
    );
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && !node.importClause?.isTypeOnly) add(node.moduleSpecifier);
    if (ts.isExportDeclaration(node) && !node.isTypeOnly) add(node.moduleSpecifier);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0]);
    node.forEachChild(visit);
  };
  visit(file);
  return found;
}

test('what runs in production is no development dependency', () => {
  const missing = [...imported(SERVER_ROOMS)].filter((name) => !(name in dependencies));
  expect(missing).toEqual([]);
});

test('docs/dependencies.md tells of each one, at the version and under the licence that is installed', () => {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, { readonly version: string; readonly license: string }>>;
  };
  const rows = readFileSync(join(ROOT, 'docs', 'dependencies.md'), 'utf8')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter(([, , version]) => /^\d/.test(version ?? ''))
    .map(([, name, version, licence]) => [name, version, licence]);
  const installed = Object.keys({ ...dependencies, ...devDependencies }).map((name) => {
    const { version, license } = packages[`node_modules/${name}`]!;
    return [name, version, license];
  });
  expect(rows.sort()).toEqual(installed.sort());
});

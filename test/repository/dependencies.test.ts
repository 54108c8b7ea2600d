import { describe, expect, test } from '@jest/globals';
import { readFileSync, readdirSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import ts from 'typescript';

const ROOT = join(import.meta.dirname, '..', '..');
/** Rooms that run in production from `dependencies` alone; the page's packages are built into it. */
const SERVER_ROOMS = ['gateway', 'intake', 'programs', 'seed', 'store', 'subgraphs'];
const OTHER_ROOMS = ['schema', 'web', 'test', 'tools'];
/** Packages that no import names, and the file that uses each. */
const USED_OTHERWISE: Readonly<Record<string, string>> = {
  '@swc/core': 'node_modules/@swc/jest/package.json',
  '@swc/jest': 'jest.config.js',
  '@types/autocannon': 'test/bench/main.ts',
  '@types/node': 'tsconfig.json',
  '@types/react': 'web/main.tsx',
  '@types/react-dom': 'web/main.tsx',
  'axe-core': 'test/kit/axe.ts',
  dkfds: 'web/main.tsx',
  jest: 'jest.config.js',
};

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}
const { dependencies, devDependencies } = JSON.parse(
  readFileSync(join(ROOT, 'package.json'), 'utf8'),
) as Manifest;

/** @returns the packages that the sources of some rooms import; types alone count only when asked for */
function imported(rooms: readonly string[], withTypes: boolean): ReadonlySet<string> {
  const files = rooms.flatMap((room) =>
    readdirSync(join(ROOT, room), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(?:tsx?|m?js|css)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  return new Set(files.flatMap((path) => packagesOf(path, withTypes)));
}

function packagesOf(path: string, withTypes: boolean): string[] {
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
    if (ts.isImportDeclaration(node) && (withTypes || !node.importClause?.isTypeOnly))
      add(node.moduleSpecifier);
    if (ts.isExportDeclaration(node) && (withTypes || !node.isTypeOnly)) add(node.moduleSpecifier);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0]);
    node.forEachChild(visit);
  };
  visit(file);
  return found;
}

describe('dependencies', () => {
  test('each one is used', () => {
    const used = imported([...SERVER_ROOMS, ...OTHER_ROOMS], true);
    const config = new Set(['eslint.config.js'].flatMap((name) => packagesOf(join(ROOT, name), true)));
    const unused = [...Object.keys(dependencies), ...Object.keys(devDependencies)].filter(
      (name) => !used.has(name) && !config.has(name),
    );
    const named = unused.filter((name) => {
      const file = USED_OTHERWISE[name];
      const what = name.replace('@types/', '');
      return file !== undefined && readFileSync(join(ROOT, file), 'utf8').includes(what);
    });
    expect(unused).toEqual(named);
    expect(named.sort()).toEqual(Object.keys(USED_OTHERWISE).sort());
  });

  test('what runs in production is no development dependency', () => {
    const missing = [...imported(SERVER_ROOMS, false)].filter((name) => !(name in dependencies));
    expect(missing).toEqual([]);
  });
});

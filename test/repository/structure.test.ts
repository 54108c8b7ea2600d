import { describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { circlesOf, importGraph, mutualFolders } from '../kit/import-graph.js';

const ROOT = join(import.meta.dirname, '..', '..');
const PATH = /`((?:programs|gateway|intake|subgraphs|schema|store|seed|web|test|tools|docs)\/[\w./-]*)`/g;

describe('the house', () => {
  const graph = importGraph(ROOT);

  test('no files import each other in a circle', () => {
    expect(circlesOf(graph)).toEqual([]);
  });

  test('no two top-level folders import each other', () => {
    expect(graph.size).toBeGreaterThan(400);
    expect(mutualFolders(graph)).toEqual([]);
  });

  test('a circle and a pair of folders are found where there are any', () => {
    const planted = new Map([
      ['a/one.ts', new Set(['b/two.ts'])],
      ['b/two.ts', new Set(['b/three.ts'])],
      ['b/three.ts', new Set(['a/one.ts'])],
      ['c/four.ts', new Set(['a/one.ts'])],
    ]);
    expect(circlesOf(planted)).toEqual([['a/one.ts', 'b/three.ts', 'b/two.ts']]);
    expect(mutualFolders(planted)).toEqual(['a → b', 'b → a']);
  });

  test.each(['docs/architecture.md', 'CONTRIBUTING.md'])('every file that %s names exists', (page) => {
    const named = [...readFileSync(join(ROOT, page), 'utf8').matchAll(PATH)].map(([, path]) => path!);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  test('every test that docs/security.md names exists', () => {
    const page = readFileSync(join(ROOT, 'docs', 'security.md'), 'utf8');
    const named = [...page.matchAll(/`([\w/-]+\.test\.ts)`/g)].map(([, path]) => path!);
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter((path) => !existsSync(join(ROOT, 'test', path)))).toEqual([]);
  });

  test('the README is read in five minutes', () => {
    expect(readFileSync(join(ROOT, 'README.md'), 'utf8').split('\n').length).toBeLessThanOrEqual(81);
  });
});

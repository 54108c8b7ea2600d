import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { sourceFiles } from '../kit/source-files.js';

/** Words that only the authors of this repository would understand, and what the field says instead. */
const PRIVATE_WORDS: readonly (readonly [words: RegExp, instead: string])[] = [
  [/\bdoors?\b/i, 'sign-in, session, entrance, path'],
  [/\btold\b/i, 'called with, reported, shown, notified'],
  [/\bdoubt\w*/i, 'stale'],
  [/\brounds?\b/i, 'run, attempt, housekeeping'],
  [/\b(dealt|deals?) with\b/i, 'handled'],
  [/\bstands? back\b/i, 'waits'],
  [/\bpolite\w*/i, 'what it waits for'],
  [/\bwhom nobody knows\b/i, 'an unknown person'],
  [/\b(to the byte|byte for byte)\b/i, 'exactly the same'],
  [/\b(he|she|his|her|hers|him|himself|herself)\b/i, 'the noun: the user, the caller, the person'],
];
/** Where such a word means what it says. */
const MEANT: readonly (readonly [file: RegExp, words: RegExp, why: string])[] = [
  [/^test\/repository\/plain-words\.test\.ts$/, /./, 'this list'],
  [/citizens\/source\/address-|^docs\/search\.md$/, /door/i, 'floor and door of an address'],
  [
    /sessions\/sign-in-log(?:\.test)?\.ts$|^web\/text\/codes\.ts$/,
    /'?door'?:|: 'door'/,
    'a code in entries of the log, which are kept',
  ],
  [/^test\/bench\/|^docs\/performance\.md$/, /round/i, 'rounds of a measurement'],
  [/./, /Math\.round/, 'rounds a number'],
  [/^test\/kit\/foreign-words\.ts$/, /her list/, 'Danish'],
  [/./, /[æøå]|\bikke\b.*\bher\b/i, 'Danish'],
  [/^CHANGELOG\.md$/, /./, 'what was'],
];
const GENERATED = /package-lock|^schema\/supergraph|generated|^docs\/dependencies\.md$/;

const files = sourceFiles(
  ...['ts', 'tsx', 'js', 'mjs', 'css', 'html', 'md', 'graphql', 'json'].map((type) => `*.${type}`),
).filter((file) => !GENERATED.test(file));

/** @returns what stands in a file's line that is refused, with what to write instead. */
function refusedIn(file: string, line: string): string[] {
  const words = line.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll('_', ' ');
  return PRIVATE_WORDS.flatMap(([refused, instead]) => {
    const found = refused.exec(words)?.[0];
    const isMeant = MEANT.some(([where, meant]) => where.test(file) && meant.test(line));
    return found === undefined || isMeant ? [] : [`“${found}”: write ${instead}`];
  });
}

function problemsIn(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, i) => refusedIn(file, line).map((problem) => `${file}:${i + 1} ${problem}`));
}

/** @returns where a file calls something `one`, which any thing could be called. */
function namedOne(file: string): string[] {
  if (!/\.(tsx?|m?js)$/.test(file)) return [];
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isNamed = ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node);
    if (isNamed && ts.isIdentifier(node.name) && node.name.text === 'one')
      found.push(`${file}:${source.getLineAndCharacterOfPosition(node.name.getStart(source)).line + 1}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

describe('code, comments, docs, logs and tests are in plain words', () => {
  test('no word of a private language', () => {
    expect(files.flatMap(problemsIn)).toEqual([]);
  });

  test('nothing is called one', () => {
    expect(files.flatMap(namedOne)).toEqual([]);
  });

  test.each(MEANT)('%s with %s is still there: %s', (where, meant) => {
    const there = files.filter((file) => where.test(file));
    expect(there.some((file) => meant.test(readFileSync(file, 'utf8')))).toBe(true);
  });

  test.each([
    ['the door stayed shut', '“door”: write sign-in, session, entrance, path'],
    ['const toldErrors = 1;', '“told”: write called with, reported, shown, notified'],
    ['what she may see', '“she”: write the noun: the user, the caller, the person'],
  ])('%s is refused', (line, problem) => {
    expect(refusedIn('gateway/x.ts', line)).toEqual([problem]);
  });
});

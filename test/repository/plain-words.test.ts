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
    /sessions\/sign-in-log\.ts$|^web\/text\/codes\.ts$/,
    /'?door'?:|: 'door'/,
    'a code in entries of the log, which are kept',
  ],
  [/^test\/bench\/|^docs\/performance\.md$/, /round/i, 'rounds of a measurement'],
  [/./, /Math\.round/, 'rounds a number'],
  [/./, /[æøå]|\bikke\b.*\bher\b/i, 'Danish'],
  [/^CHANGELOG\.md$/, /./, 'what was'],
];
/** Files that were written while this list was made, and are still to be put into plain words: the list may only get shorter. */
const TO_BE_MENDED: readonly string[] = [
  'docs/security.md',
  'gateway/auth/as-system.ts',
  'gateway/events/route.ts',
  'gateway/execution/complete-answer.ts',
  'gateway/execution/representation.ts',
  'gateway/http/attempt.ts',
  'gateway/http/graphql-request.ts',
  'gateway/http/request-id.ts',
  'gateway/sessions/routes.ts',
  'programs/wiring/store-copy.ts',
  'store/embedded/compile-filter.ts',
  'store/embedded/conditions.ts',
  'store/embedded/select.ts',
  'store/hash-file.ts',
  'store/open.ts',
  'store/prove-copy.ts',
  'subgraphs/alerts/source/alert-source.ts',
  'subgraphs/shared/settings/misspelt.ts',
  'test/access/alert-rules.test.ts',
  'test/access/benefit-rules.test.ts',
  'test/access/case-rules.test.ts',
  'test/access/document-rules.test.ts',
  'test/access/grants.test.ts',
  'test/access/kle.test.ts',
  'test/access/reach-rules.test.ts',
  'test/e2e/access/access.test.ts',
  'test/e2e/first-day/first-day.test.ts',
  'test/gateway/execution/lean-operations.test.ts',
  'test/gateway/http/request-id.test.ts',
  'test/gateway/saml/redirect-binding.test.ts',
  'test/gateway/sessions/access-tokens.test.ts',
  'test/gateway/sessions/flows.test.ts',
  'test/gateway/sessions/session-keeper.test.ts',
  'test/intake/feed/check-record.test.ts',
  'test/kit/foreign-words.ts',
  'test/kit/invented-answers.ts',
  'test/ops/deployment.test.ts',
  'test/programs/starting.test.ts',
  'test/store/backup.test.ts',
  'test/store/embedded/directory-lock.test.ts',
  'test/store/embedded/key-encoding.test.ts',
  'test/store/embedded/query-operators.test.ts',
  'web/pages/inbox/alert-toolbar.tsx',
  'web/parts/fields/colleague-field.tsx',
];
const GENERATED = /package-lock|^schema\/supergraph|generated|^docs\/dependencies\.md$/;

const files = sourceFiles(
  ...['ts', 'tsx', 'js', 'mjs', 'css', 'html', 'md', 'graphql', 'json'].map((type) => `*.${type}`),
).filter((file) => !GENERATED.test(file));

const mended = files.filter((file) => !TO_BE_MENDED.includes(file));

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
    expect(mended.flatMap(problemsIn)).toEqual([]);
  });

  test('nothing is called one', () => {
    expect(mended.flatMap(namedOne)).toEqual([]);
  });

  test('each file that is to be mended still has something to mend', () => {
    expect(TO_BE_MENDED.filter((file) => [...problemsIn(file), ...namedOne(file)].length === 0)).toEqual([]);
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

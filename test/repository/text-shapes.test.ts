import { describe, expect, test } from '@jest/globals';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

const ROOT = join(import.meta.dirname, '..', '..');
/** Rooms through which something comes from outside, and what they share. */
const ROOMS = ['gateway', 'intake', 'subgraphs'];
/** What makes of a text one of a form, or of a known list. */
const CHECKS = new Set(['regex', 'refine']);

/** Files whose every text comes from another process of ours, which has read it: what it says is signed, or answers us. */
const OURS = new Map([
  ['gateway/auth/resolved.ts', 'answers of the access subgraph'],
  ['gateway/auth/system.ts', 'answers of the access subgraph'],
  ['gateway/auth/access-client.ts', 'answers of the access subgraph'],
  ['gateway/transport/http.ts', 'answers of subgraphs'],
  ['gateway/jumps/jump-out-route.ts', 'answers of the cases subgraph'],
  ['subgraphs/shared/identity/caller.ts', 'an identity that the gateway has signed'],
  ['subgraphs/shared/identity/grant-shapes.ts', 'parts of that identity'],
  ['subgraphs/shared/identity/hypothesis.ts', 'what the access subgraph asks to be simulated'],
  ['subgraphs/shared/runtime/http-server.ts', 'what the gateway asks, with its identity'],
]);

/** Single texts, by file and name, and why each needs no shape. */
const PLAIN: readonly (readonly [file: string, names: readonly string[], why: string])[] = [
  ['subgraphs/shared/scalars/clean-text.ts', ['textShape'], 'the shape itself'],
  ['subgraphs/shared/scalars/instant.ts', ['instantShape'], 'read by readInstant, a form of its own'],
  ['subgraphs/shared/identity/token-claims.ts', ['privileges'], 'base64, read by readPrivilegeList'],
  [
    'gateway/http/graphql-request.ts',
    ['query'],
    'read by the parser of GraphQL; its values are read by resolvers',
  ],
  ['gateway/http/graphql-request.ts', ['operationName'], 'names an operation of the query, or is refused'],
  [
    'gateway/http/graphql-request.ts',
    ['variables', 'extensions'],
    'names; what a query does not declare is let go of',
  ],
  ['gateway/saml/provider.ts', ['name', 'entityId'], 'a setting: SAML_PROVIDERS'],
  ['subgraphs/shared/audit/key-list.ts', ['x', 'y', 'kid'], 'a statement that our own keys have signed'],
  [
    'subgraphs/shared/settings/keys.ts',
    ['privateKeySetting', 'publicKeysSetting', 'logKeysSetting'],
    'settings, read as JSON',
  ],
  ['subgraphs/shared/settings/keys.ts', ['d', 'x', 'y', 'kid'], 'parts of those settings'],
  ['subgraphs/shared/settings/keys.ts', ['kty', 'cursor'], 'the file of development keys, which we write'],
  ['gateway/jumps/links.ts', ['kty', 'crv', 'x', 'y', 'd'], 'a setting: LINK_KEY, read by jose'],
  ['subgraphs/shared/paging/cursor.ts', ['packed'], 'a cursor whose signature is ours'],
];

interface PlainText {
  readonly file: string;
  /** The property or constant it is the shape of. */
  readonly name: string;
  readonly line: number;
}

/** @returns every shape of a text in a source that neither checks it nor names a form. */
function plainTextsIn(file: string, source: string): PlainText[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const found: PlainText[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isPlainText(node)) {
      const { line } = tree.getLineAndCharacterOfPosition(node.getStart());
      found.push({ file, name: nameOf(node), line: line + 1 });
    }
    node.forEachChild(visit);
  };
  visit(tree);
  return found;
}

function isPlainText(call: ts.CallExpression): boolean {
  return (
    /^z(\.coerce)?\.string$/.test(call.expression.getText().replace(/\s/g, '')) &&
    !chainOf(call).some((name) => CHECKS.has(name))
  );
}

/** @returns the methods called on what a call gives, in their order */
function chainOf(call: ts.CallExpression): string[] {
  const access = call.parent;
  if (!ts.isPropertyAccessExpression(access) || access.expression !== call) return [];
  const next = access.parent;
  const isCalled = ts.isCallExpression(next) && next.expression === access;
  return isCalled ? [access.name.text, ...chainOf(next)] : [];
}

function nameOf(node: ts.Node): string {
  const isNamed = (candidate: ts.Node) =>
    ts.isPropertyAssignment(candidate) ||
    ts.isVariableDeclaration(candidate) ||
    ts.isFunctionDeclaration(candidate);
  return ts.findAncestor(node, isNamed)?.name?.getText() ?? '';
}

function sourcesIn(room: string): string[] {
  return readdirSync(join(ROOT, room), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
}

describe('texts at the ways in', () => {
  const plain = ROOMS.flatMap(sourcesIn).flatMap((file) =>
    plainTextsIn(file, readFileSync(join(ROOT, file), 'utf8')),
  );
  const isAllowed = ({ file, name }: PlainText): boolean =>
    OURS.has(file) || PLAIN.some(([allowed, names]) => allowed === file && names.includes(name));

  test('each has the shape of all texts, or a form of its own', () => {
    const bare = plain.filter((shape) => !isAllowed(shape));
    expect(bare.map(({ file, name, line }) => `${file}:${line} ${name}`)).toEqual([]);
  });

  test('nothing is allowed that is not there', () => {
    const there = new Set(plain.flatMap(({ file, name }) => [file, `${file} ${name}`]));
    const allowed = [
      ...OURS.keys(),
      ...PLAIN.flatMap(([file, names]) => names.map((name) => `${file} ${name}`)),
    ];
    expect(allowed.filter((shape) => !there.has(shape))).toEqual([]);
  });

  test.each([
    ['const shape = z.object({ name: z.string() });', ['name']],
    ['const shape = z.object({ name: z.string().min(1).max(200) });', ['name']],
    ['const shape = z.object({ name: z.string().overwrite(cleanText).optional() });', ['name']],
    ['const names = z.array(z.coerce.string());', ['names']],
    ['const shape = z.object({ name: z.string().trim().transform((text) => text) });', ['name']],
    ['const shape = z.object({ name: textShape(200) });', []],
    ['const shape = z.object({ cvr: z.string().max(8).regex(/^\\d{8}$/) });', []],
    ["const shape = z.object({ day: z.string().refine(isDay, 'a day').nullable() });", []],
    ['const shape = z.object({ url: z.url(), id: z.uuid(), at: z.iso.datetime(), is: z.enum(["A"]) });', []],
  ])('%s', (source, names) => {
    expect(plainTextsIn('x.ts', source).map(({ name }) => name)).toEqual(names);
  });
});

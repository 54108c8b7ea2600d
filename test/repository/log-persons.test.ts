import { expect, test } from '@jest/globals';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

/** "Who looked at this person" is answered by the log alone, so every entry about a person's records says whose they are. */
const ROOT = join(import.meta.dirname, '..', '..');
const GUARDED = new Set(['read', 'readOne', 'change', 'mayEnter']);
/** What names the persons of an entry (subgraphs/shared/guard/guard.ts). */
const NAMES_PERSONS = new Set(['citizenId', 'parties', 'findParties', 'citizenIds']);
/** Permissions that open no record of a person. */
const NO_PERSON = new Set([
  'gateway-internal',
  'access-view',
  'choices-view',
  'access-administer',
  'alert-administer',
  'audit-read',
  'citizen-search-national',
]);
/** Guarded calls that are about nobody, and why. */
const ABOUT_NOBODY: Readonly<Record<string, string>> = {
  'access/changes/change-item.ts changeItem': 'mappings, agreements, settings',
  'alerts/changes/own.ts forgetSearch': 'a saved search holds criteria',
  'alerts/changes/own.ts saveSearch': 'a saved search holds criteria',
  'alerts/reads/inbox.ts countInbox': 'counts by state',
  'alerts/reads/inbox.ts inboxGroups': 'names of groups',
  'alerts/reads/inbox.ts openInbox': 'loads nothing',
  'alerts/reads/own.ts readSearches': 'a saved search holds criteria',
  'citizens/reads/companies.ts searchCompanies': 'companies',
  'shared/sections/guarded-list.ts countRows': 'a count of a list whose subject its caller states',
  'shared/sections/guarded-list.ts readPage': 'each list states whom its rows are about',
  'shared/sections/section.ts openSection': 'loads nothing; its caller states the person',
};

/** @returns every call of the guard in the subgraphs: where it stands and what it says */
function guardedCalls(): {
  readonly place: string;
  readonly permission: string;
  readonly saysWho: boolean;
}[] {
  return readdirSync(join(ROOT, 'subgraphs'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .flatMap(callsIn);
}

function callsIn(path: string) {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: { place: string; permission: string; saysWho: boolean }[] = [];
  const visit = (node: ts.Node, within: ts.Node, name: string): void => {
    const isFunction = ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node);
    const [around, called] = isFunction ? [node, node.name?.getText() ?? name] : [within, name];
    const list = listOf(node);
    if (list !== undefined)
      found.push({
        place: `${relative(join(ROOT, 'subgraphs'), path)} ${called}`,
        permission: list.permission,
        saysWho: namesPersons(list.shown),
      });
    if (ts.isCallExpression(node) && isGuarded(node))
      found.push({
        place: `${relative(join(ROOT, 'subgraphs'), path)} ${called}`,
        permission: node.arguments[0]!.getText().replaceAll("'", ''),
        saysWho: namesPersons(around),
      });
    node.forEachChild((child) => visit(child, around, called));
  };
  visit(file, file, '');
  return found;
}

function isGuarded({ expression }: ts.CallExpression): boolean {
  if (!ts.isPropertyAccessExpression(expression) || !GUARDED.has(expression.name.text)) return false;
  return /(?:^|\.)guard$/.test(expression.expression.getText());
}

/** @returns what a guarded list (subgraphs/shared/sections/guarded-list.ts) states; undefined for anything else */
function listOf(node: ts.Node): { readonly permission: string; readonly shown: ts.Node } | undefined {
  if (!ts.isObjectLiteralExpression(node)) return undefined;
  const values = new Map(
    node.properties
      .filter(ts.isPropertyAssignment)
      .map((property) => [property.name.getText(), property.initializer]),
  );
  const [permission, shown] = [values.get('permission'), values.get('shown')];
  return permission && shown && { permission: permission.getText().replaceAll("'", ''), shown };
}

/** @returns whether an object written within a function has a property that names persons */
function namesPersons(within: ts.Node): boolean {
  if (ts.isPropertyAssignment(within) || ts.isShorthandPropertyAssignment(within))
    if (NAMES_PERSONS.has(within.name.getText())) return true;
  return within.forEachChild((child) => namesPersons(child) || undefined) ?? false;
}

test('every guarded call says whose records it is about', () => {
  const calls = guardedCalls();
  expect(calls.length).toBeGreaterThan(50);
  const silent = calls.filter(({ permission, saysWho }) => !saysWho && !NO_PERSON.has(permission));
  expect(silent.map(({ place }) => place).sort()).toEqual(Object.keys(ABOUT_NOBODY).sort());
});

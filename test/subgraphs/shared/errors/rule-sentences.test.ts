import { expect, test } from '@jest/globals';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import {
  RULE_SENTENCES,
  isKnownRule,
  sentenceOf,
} from '../../../../subgraphs/shared/errors/rule-sentences.js';

const SUBGRAPHS = join(import.meta.dirname, '..', '..', '..', '..', 'subgraphs');
/** Functions whose last argument is a rule that an error names. */
const STATES_A_RULE = new Set(['badInput', 'checkKnown', 'each']);
/** Rules that hold a list or a text instead of a number, by how they are written. */
const WRITTEN_OUT: ReadonlyMap<string, string> = new Map([
  [
    'at least one of #',
    RULE_SENTENCES.find((ruleSentence) => ruleSentence.startsWith('at least one of persons'))!,
  ],
  [
    'an address of at most # characters with # exactly once',
    'an address of at most # characters with {caseId} exactly once',
  ],
  ['an address with # after the host', 'an address with {caseId} after the host'],
]);

/** @returns every rule that the subgraphs' sources state */
function stated(): ReadonlySet<string> {
  const files = readdirSync(SUBGRAPHS, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
  return new Set(files.flatMap(rulesIn).map((rule) => WRITTEN_OUT.get(rule) ?? rule));
}

function rulesIn(path: string): string[] {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const add = (node: ts.Node | undefined): void => {
    if (node && ts.isStringLiteralLike(node)) found.push(sentenceOf(node.text));
    if (node && ts.isTemplateExpression(node))
      found.push(
        sentenceOf([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('#')),
      );
    if (node && ts.isConditionalExpression(node)) [node.whenTrue, node.whenFalse].forEach(add);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && STATES_A_RULE.has(node.expression.getText())) add(node.arguments.at(-1));
    const isDetail = ts.isPropertyAssignment(node) && node.name.getText() === 'rule';
    if (isDetail && ts.isStringLiteralLike(node.initializer)) add(node.initializer);
    if (ts.isVariableDeclaration(node) && node.name.getText().endsWith('_RULE')) add(node.initializer);
    if (ts.isReturnStatement(node) && within(node, 'brokenTextRule')) add(node.expression);
    node.forEachChild(visit);
  };
  visit(file);
  return found;
}

function within(node: ts.Node, name: string): boolean {
  if (ts.isFunctionDeclaration(node)) return node.name?.text === name;
  return !ts.isSourceFile(node) && within(node.parent, name);
}

test('the list has every rule that the subgraphs state, and no other', () => {
  const rules = [...stated()].sort();
  expect(rules.length).toBeGreaterThan(60);
  expect(rules).toEqual([...new Set(RULE_SENTENCES.map(sentenceOf))].sort());
});

test.each([
  ['a personal number', '0101011234'],
  ['a rule with a personal number for its number', 'at most 0101011234 values in all'],
  ['somebody’s name', 'Anna Andersen is not known'],
  ['a rule with more behind it', 'a UUID, not 7d0e1d5e'],
  ['a stack', 'TypeError: x is not a function\n at y'],
  ['a text without end', 'a '.repeat(5000)],
])('%s is no rule', (_says, text) => {
  expect(isKnownRule(text)).toBe(false);
});

test.each([
  'a UUID',
  'at most 50 persons',
  '2 to 200 characters with at least one word of 2 letters or digits',
])('%s is one', (text) => {
  expect(isKnownRule(text)).toBe(true);
});

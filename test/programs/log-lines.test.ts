import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { sourceFiles } from '../kit/source-files.js';

/** The log lines an operator acts on stand in docs/operations.md, and say what happened and what to do. */
const LEVELS = new Set(['warn', 'error', 'fatal']);

interface LogLine {
  readonly level: string;
  readonly text: string;
}

/** @returns the log lines that a file writes, and where a logger gets a text that cannot be found by searching for it. */
function linesOf(file: string): { lines: LogLine[]; computed: string[] } {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const lines: LogLine[] = [];
  const computed: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { expression, name } = node.expression;
      const text = node.arguments.at(-1);
      if (/logger$/.test(expression.getText()) && LEVELS.has(name.text)) {
        if (text && ts.isStringLiteral(text)) lines.push({ level: name.text, text: text.text });
        else computed.push(`${file}: ${node.getText()}`);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { lines, computed };
}

const written = sourceFiles(
  ...['programs', 'gateway', 'intake', 'subgraphs', 'store', 'seed'].map((room) => `${room}/*.ts`),
).map(linesOf);
const lines = written.flatMap((file) => file.lines);
const rows = [
  ...readFileSync('docs/operations.md', 'utf8').matchAll(/^\| (warn|error|fatal) \| (.+?) \| .+ \|$/gm),
];
const wordsOf = ({ level, text }: LogLine) => `${level}: ${text}`;

test('each line an operator acts on is in docs/operations.md, and each that is there is written', () => {
  const documented = rows.map(([, level, text]) => wordsOf({ level: level!, text: text! }));
  expect([...documented].sort()).toEqual([...new Set(lines.map(wordsOf))].sort());
});

test('each line says what happened and what to do, in a text that can be searched for', () => {
  expect(written.flatMap((file) => file.computed)).toEqual([]);
  expect(lines.filter(({ text }) => !/^\S[^:]{10,}: \S.{10,}$/.test(text))).toEqual([]);
});

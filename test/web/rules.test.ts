import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ruleText } from '../../web/text/rules.js';

const ROOT = join(import.meta.dirname, '..', '..', 'subgraphs');

/** Rules that only a program can break: the page writes such requests itself. */
const OF_PROGRAMS = new Set([
  'AGREEMENT',
  'MAPPING',
  'a key and the revision it was read at',
  'a document that fits the schema',
  'keys of entities',
  'the beginning of a KLE number: NN, NN.NN or NN.NN.NN',
]);

const sources = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join(ROOT, name), 'utf8'));
const rules = sources.flatMap((text) =>
  [...text.matchAll(/badInput\([^'()]*(?:'[^']*')?,\s*(?:'([^']*)'|`([^`]*)`)\)/g)].map(
    ([, plain, template]) =>
      plain ?? template!.replace(/\$\{KINDS[^}]*\}/g, 'x').replace(/\$\{[^}]*\}/g, '7'),
  ),
);

test('every rule that a user can break is said in Danish, and in English as the server says it', () => {
  expect(rules.length).toBeGreaterThan(50);
  const foreign = rules.filter((rule) => !OF_PROGRAMS.has(rule) && ruleText(rule, 'da') === undefined);
  expect(foreign).toEqual([]);
  for (const rule of rules) expect(ruleText(rule, 'en')).toBe(rule);
});

test('figures stay, and what is not known is left out in Danish rather than said in English', () => {
  expect(ruleText('10 to 255 characters', 'da')).toBe('10 til 255 tegn');
  expect(ruleText('at most 50 persons', 'da')).toBe('højst 50');
  expect(ruleText('a document that fits the schema', 'da')).toBeUndefined();
  expect(ruleText('constructor', 'da')).toBeUndefined();
});

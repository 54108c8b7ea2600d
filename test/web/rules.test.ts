import { expect, test } from '@jest/globals';
import { RULE_SENTENCES } from '../../subgraphs/shared/errors/rule-sentences.js';
import { ruleText } from '../../web/text/rules.js';

/** Rules that only a program can break: the page writes such requests itself. */
const OF_PROGRAMS = new Set([
  'AGREEMENT',
  'MAPPING',
  'keys of entities',
  'the beginning of a KLE number: NN, NN.NN or NN.NN.NN',
]);

/** Rules as they come: with numbers, but those that Danish has a text of its own for have the ones it names. */
const rules = RULE_SENTENCES.map((sentence) =>
  sentence.startsWith('numbers and wildcards')
    ? 'numbers and wildcards of KLE, such as 32.30.04, 32.30.*, 32.* or *'
    : sentence.replaceAll('#', '7'),
);

test('every rule that a user can break is said in Danish, and in English as the server says it', () => {
  const foreign = rules.filter((rule) => !OF_PROGRAMS.has(rule) && ruleText(rule, 'da') === undefined);
  expect(foreign).toEqual([]);
  for (const rule of rules) expect(ruleText(rule, 'en')).toBe(rule);
});

test('what the gateway says in place of a rule it does not know is said in Danish too', () => {
  expect(ruleText('a value that this field takes', 'da')).toBe('en værdi, som feltet kan rumme');
});

test('figures stay, and what is not known is left out in Danish rather than said in English', () => {
  expect(ruleText('10 to 255 characters', 'da')).toBe('10 til 255 tegn');
  expect(ruleText('at most 50 persons', 'da')).toBe('højst 50');
  expect(ruleText('a document that fits the schema', 'da')).toBeUndefined();
  expect(ruleText('constructor', 'da')).toBeUndefined();
});

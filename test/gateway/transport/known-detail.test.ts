import { expect, test } from '@jest/globals';
import { detailReader } from '../../../gateway/transport/known-detail.js';
import { readSchemaFile } from '../../../schema/sdl.js';

const read = detailReader(readSchemaFile('supergraph.graphql'));
const GENERAL = 'a value that this field takes';

test.each([
  ['input.citizenId', 'a UUID'],
  ['criteria.cprNumber', 'eight digits with a right check digit'],
  ['grants.12.kle', '1 to 500 values'],
  ['CPR', 'ten digits, DDMMYY and four more, with or without hyphen'],
  ['first', 'a whole number from 1 to 50'],
])('a field of the schema and a rule of ours pass: %s, %s', (field, rule) => {
  expect(read({ field, rule })).toEqual({ field, rule });
});

test.each([
  ['a personal number as the field', '0101011234', 'a UUID', { rule: 'a UUID' }],
  ['a personal number within the field', 'input.0101011234', 'a UUID', { rule: 'a UUID' }],
  ['a personal number in pieces', 'input.010.101.123.4', 'a UUID', { rule: 'a UUID' }],
  ['a name as the field', 'Anna Andersen', 'a UUID', { rule: 'a UUID' }],
  ['a path without end', 'input.'.repeat(1000), 'a UUID', { rule: 'a UUID' }],
  ['a text as the rule', 'input', 'Anna Andersen was not found', { field: 'input', rule: GENERAL }],
  ['a personal number as the rule', 'input', '0101011234', { field: 'input', rule: GENERAL }],
  ['nothing that is a text', 7, { cpr: '0101011234' }, {}],
])('what a subgraph says beyond that does not: %s', (_says, field, rule, expected) => {
  expect(read({ field, rule, stack: 'at x', cpr: '0101011234' })).toEqual(expected);
});

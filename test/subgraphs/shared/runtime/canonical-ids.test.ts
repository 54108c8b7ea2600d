import { expect, test } from '@jest/globals';
import { buildSchema, graphql } from 'graphql';
import { takeCanonicalIds } from '../../../../subgraphs/shared/runtime/canonical-ids.js';

const UPPER = '9A1C3D5E-7F20-EE11-9D7A-00155D01A2B3';
const lower = UPPER.toLowerCase();

/** @returns what a resolver got for the arguments that were given */
async function got(parameters: string, given: string, types = '', variables = {}): Promise<unknown> {
  const schema = buildSchema(`type Query { field(${parameters}): String } ${types}`);
  let taken: unknown;
  schema.getQueryType()!.getFields()['field']!.resolve = (_root, args) => {
    taken = JSON.parse(JSON.stringify(args));
    return null;
  };
  takeCanonicalIds(schema);
  const { errors } = await graphql({ schema, source: given, variableValues: variables });
  expect(errors).toBeUndefined();
  return taken;
}

test.each([
  ['an id', 'id: ID!', `{ field(id: "${UPPER}") }`, { id: lower }],
  ['no id', 'id: ID', '{ field }', {}],
  ['an id that is null', 'id: ID', '{ field(id: null) }', { id: null }],
  ['a default', `id: ID = "${UPPER}"`, '{ field }', { id: lower }],
  ['a list', 'ids: [ID!]!', `{ field(ids: ["${UPPER}", "Anne.B"]) }`, { ids: [lower, 'Anne.B'] }],
  [
    'lists of lists',
    'ids: [[ID]]',
    `{ field(ids: [["${UPPER}", null], null]) }`,
    { ids: [[lower, null], null] },
  ],
  ['a number', 'id: ID!', '{ field(id: 5) }', { id: '5' }],
  ['a text that is no id', 'text: String', `{ field(text: "${UPPER}") }`, { text: UPPER }],
])('%s', async (_name, parameters, given, taken) => {
  expect(await got(parameters, given)).toEqual(taken);
});

test('ids inside inputs, however deep, and the rest of them as it was', async () => {
  const types =
    'input Outer { inner: [Inner!]! note: String self: Outer } input Inner { id: ID units: [ID!] }';
  const input = { inner: [{ id: UPPER, units: [UPPER] }, {}], note: UPPER, self: { inner: [] } };
  expect(
    await got('input: Outer!', 'query ($input: Outer!) { field(input: $input) }', types, { input }),
  ).toEqual({ input: { inner: [{ id: lower, units: [lower] }, {}], note: UPPER, self: { inner: [] } } });
});

import { describe, expect, test } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';
import { composeServices } from '@apollo/composition';
import { ReservedAliases } from '../../../gateway/plugins/reserved-aliases.js';
import { readJoinFields } from '../../../gateway/supergraph/join-fields.js';
import { readRules, type SupergraphRules } from '../../../gateway/supergraph/rules.js';
import { readSchemaFile } from '../../../schema/sdl.js';

const supergraph = readSchemaFile('supergraph.graphql');
const schema = buildSchema(supergraph, { assumeValidSDL: true });
const [rules, joinFields] = [readRules(supergraph), readJoinFields(supergraph)];

const aliasIn = (query: string) => {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  return new ReservedAliases(rules, joinFields).in(document);
};

describe('over the real supergraph', () => {
  test('every entity has its key among the names that the join reads', () => {
    const entities = [...supergraph.matchAll(/^type (\w+)\n {2}@join__type\(graph: \w+, key: "id"/gm)];
    expect(entities.length).toBeGreaterThan(6);
    for (const [, name] of entities) expect([name, [...joinFields.get(name!)!]]).toEqual([name, ['id']]);
  });
  test.each([
    ['a key', '{ citizen(id: "x") { id: name cases { outcome } } }', 'id'],
    ['__typename', '{ citizen(id: "x") { __typename: name cases { outcome } } }', '__typename'],
    ['a name of the language', '{ me { __kind: user } }', '__kind'],
    [
      'a key of an entity in a list',
      '{ citizen(id: "x") { cases { cases { edges { node { id: title documents { totalCount } } } } } } }',
      'id',
    ],
    ['a key in a fragment', 'query { citizen(id: "x") { ...F } } fragment F on Citizen { id: name }', 'id'],
    ['a key in an inline fragment', '{ citizen(id: "x") { ... { ... on Citizen { id: name } } } }', 'id'],
    ['a key in a mutation', 'mutation { takeAlerts(ids: []) { alert { id: title } } }', 'id'],
    ['__typename at the root', '{ __typename: me { user } }', '__typename'],
    ['a key with another field that is an object', '{ citizen(id: "x") { id: address { outcome } } }', 'id'],
    [
      'a key in an operation beside the one that is run',
      'query A { me { user } } query B { citizen(id: "x") { id: name } }',
      'id',
    ],
  ])('%s is refused as an alias', (_what, query, alias) => {
    expect(aliasIn(query)).toBe(alias);
  });
  test.each([
    ['a key under another name', '{ citizen(id: "x") { person: id } }'],
    ['a key under its own name', '{ citizen(id: "x") { id: id cases { outcome } } }'],
    ['the same name where there is no key', '{ me { id: user } }'],
    ['another name of the type', '{ citizen(id: "x") { name: maskedCprNumber } }'],
    ['names of Object.prototype', '{ me { constructor: user toString: user hasOwnProperty: user } }'],
  ])('%s is taken', (_what, query) => {
    expect(aliasIn(query)).toBeUndefined();
  });
});

describe('over a supergraph that requires fields and has interfaces', () => {
  const subgraph = (name: string, sdl: string) => ({
    name,
    url: `http://${name}.invalid/`,
    typeDefs: parse(
      `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@external"]) ${sdl}`,
    ),
  });
  const composed = composeServices([
    subgraph(
      'citizens',
      `type Query { things: [Thing!] any: [Any!] } interface Thing { number: Int }
       type House implements Thing @key(fields: "plan { sheet { page } }") { number: Int plan: Plan note: String }
       type Plan { sheet: Sheet name: String } type Sheet { page: ID! name: String }
       type Boat @key(fields: "mark") { mark: ID! length: Int name: String }
       union Any = House | Boat`,
    ),
    subgraph(
      'cases',
      `type Boat @key(fields: "mark") { mark: ID! length: Int @external tax: Int @requires(fields: "length") }
       type House @key(fields: "plan { sheet { page } }") { plan: Plan @external tax: Int }
       type Plan @key(fields: "sheet { page }") { sheet: Sheet @external } type Sheet { page: ID! @external }`,
    ),
  ]);
  const sdl = composed.supergraphSdl!;
  // Only the types matter to the rule; our own directives need not be there.
  const typed = new Map(
    ['Query', 'House', 'Plan', 'Sheet', 'Boat'].map((type) => [
      type,
      new Map(
        Object.entries({ things: 'Thing', any: 'Any', plan: 'Plan', sheet: 'Sheet' }).map(([field, of]) => [
          field,
          { type: of },
        ]),
      ),
    ]),
  ) as unknown as SupergraphRules;
  test('the names are those of nested keys and of required fields', () => {
    const found = readJoinFields(sdl);
    expect(Object.fromEntries([...found].map(([type, names]) => [type, [...names].sort()]))).toEqual({
      House: ['plan'],
      Plan: ['sheet'],
      Sheet: ['page'],
      Boat: ['length', 'mark'],
    });
  });
  test.each([
    ['a required field', '{ any { ... on Boat { length: name tax } } }', 'length'],
    ['a part of a nested key', '{ any { ... on House { plan { sheet { page: name } } tax } } }', 'page'],
    ['a nested key', '{ any { ... on House { plan: note tax } } }', 'plan'],
    ['any key of any type, below an interface', '{ things { mark: number } }', 'mark'],
    ['no key', '{ any { ... on Boat { page: name } } }', undefined],
  ])('%s', (_what, query, alias) => {
    const aliases = new ReservedAliases(typed, readJoinFields(sdl));
    const document = parse(query);
    expect([aliases.in(document), aliases.in(document)]).toEqual([alias, alias]);
  });
});

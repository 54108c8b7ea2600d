import { describe, expect, test } from '@jest/globals';
import {
  Kind,
  parse,
  type FieldDefinitionNode,
  type ObjectTypeDefinitionNode,
  type TypeDefinitionNode,
} from 'graphql';
import { readRules } from '../../gateway/supergraph/rules.js';
import { readSchemaFile, subgraphSdl } from '../../schema/sdl.js';
import { SUBGRAPH_NAMES, type SubgraphName } from '../../schema/subgraph-names.js';
import { breaksBetween } from '../../schema/tools/breaking.js';
import { composeSupergraph } from '../../schema/tools/compose.js';
import { MAPPERS } from '../../schema/tools/mappers.js';
import { isPermission } from '../../subgraphs/shared/policy/permissions.js';
import * as access from '../../subgraphs/access/subgraph.js';
import * as alerts from '../../subgraphs/alerts/subgraph.js';
import * as audit from '../../subgraphs/audit/subgraph.js';
import * as benefits from '../../subgraphs/benefits/subgraph.js';
import * as cases from '../../subgraphs/cases/subgraph.js';
import * as citizens from '../../subgraphs/citizens/subgraph.js';
import * as documents from '../../subgraphs/documents/subgraph.js';

const RESOLVERS: Record<SubgraphName, Record<string, unknown>> = {
  citizens: citizens.resolvers,
  cases: cases.resolvers,
  documents: documents.resolvers,
  benefits: benefits.resolvers,
  alerts: alerts.resolvers,
  access: access.resolvers,
  audit: audit.resolvers,
};

const typesOf = (name: SubgraphName) =>
  parse(subgraphSdl(name)).definitions.filter(
    (definition): definition is TypeDefinitionNode =>
      'name' in definition && definition.kind.endsWith('TypeDefinition'),
  );
const objectsOf = (name: SubgraphName) =>
  typesOf(name).filter((type): type is ObjectTypeDefinitionNode => type.kind === Kind.OBJECT_TYPE_DEFINITION);
const directive = (node: { directives?: readonly { name: { value: string } }[] | undefined }, name: string) =>
  node.directives?.find((each) => each.name.value === name);
const permissionOf = (field: FieldDefinitionNode): string | undefined => {
  const value = field.directives?.find((each) => each.name.value === 'guard')?.arguments?.[0]?.value;
  return value?.kind === Kind.STRING ? value.value : undefined;
};

test('the committed supergraph is what the sources compose to', () => {
  expect(readSchemaFile('supergraph.graphql')).toBe(composeSupergraph());
});

test('nothing breaks against the released supergraph (npm run schema:release, with an ADR for a break)', () => {
  expect(
    breaksBetween(readSchemaFile('supergraph.released.graphql'), readSchemaFile('supergraph.graphql')),
  ).toEqual([]);
});

test('a field taken away, a rule lost and a rule loosened are breaks', () => {
  const released = readSchemaFile('supergraph.graphql');
  const without = released.replace(/\n {2}"""Civil status as the register has it\."""\n.*\n/, '\n');
  expect(breaksBetween(released, without)).toEqual([expect.stringContaining('civilStatus was removed')]);
  const lost = released.replace(
    'cprNumber: CPR @join__field(graph: CITIZENS) @guard(permission: "citizen-read")',
    'cprNumber: CPR @join__field(graph: CITIZENS) @public',
  );
  expect(lost).not.toBe(released);
  expect(breaksBetween(released, lost)).toEqual([
    'The rule of Citizen.cprNumber was citizen-read and is now public.',
  ]);
  const loosened = lost.replace(
    'cprNumber: CPR @join__field(graph: CITIZENS) @public',
    'cprNumber: CPR @join__field(graph: CITIZENS) @guard(permission: "citizen-search")',
  );
  expect(breaksBetween(released, loosened)).toEqual([
    'The rule of Citizen.cprNumber was citizen-read and is now citizen-search.',
  ]);
});

test('a supergraph without a rule for a field is refused at start', () => {
  const supergraph = readSchemaFile('supergraph.graphql');
  expect(readRules(supergraph).get('Citizen')?.get('cases')).toMatchObject({
    owners: ['cases'],
    permission: undefined,
  });
  expect(() => readRules(supergraph.replace(' @guard(permission: "citizen-read")', ''))).toThrow(
    /no single rule/,
  );
  expect(() =>
    readRules(supergraph.replace('permission: "citizen-read")', 'permission: "anything")')),
  ).toThrow(/unknown permission/);
});

describe.each(SUBGRAPH_NAMES)('schema lint: %s', (name) => {
  const fields = objectsOf(name).flatMap((type) =>
    (type.fields ?? []).map((field) => [`${type.name.value}.${field.name.value}`, type, field] as const),
  );

  test('every type, field, argument and enum value is described', () => {
    const bare: string[] = [];
    for (const type of typesOf(name)) {
      if (!type.description) bare.push(type.name.value);
      const members = 'fields' in type ? (type.fields ?? []) : 'values' in type ? (type.values ?? []) : [];
      for (const member of members) {
        if (!member.description) bare.push(`${type.name.value}.${member.name.value}`);
        if (member.kind === Kind.FIELD_DEFINITION)
          for (const argument of member.arguments ?? [])
            if (!argument.description) bare.push(`${member.name.value}(${argument.name.value})`);
      }
    }
    expect(bare).toEqual([]);
  });
  test('every field has exactly one rule, with a known permission', () => {
    for (const [place, , field] of fields) {
      expect([place, directive(field, 'public') !== undefined]).toEqual([
        place,
        directive(field, 'guard') === undefined,
      ]);
      const permission = permissionOf(field);
      if (permission !== undefined) expect([place, isPermission(permission)]).toEqual([place, true]);
    }
  });
  test('guarded fields are nullable', () => {
    expect(
      fields
        .filter(([, , field]) => directive(field, 'guard') && field.type.kind === Kind.NON_NULL_TYPE)
        .map(([place]) => place),
    ).toEqual([]);
  });
  test('fields that extend another subgraph’s entity are nullable', () => {
    const shared = new Set(objectsOf('citizens').map((type) => type.name.value));
    const extending = fields.filter(
      ([, type, field]) =>
        name !== 'citizens' &&
        shared.has(type.name.value) &&
        directive(type, 'key') &&
        field.name.value !== 'id',
    );
    expect(
      extending.filter(([, , field]) => field.type.kind === Kind.NON_NULL_TYPE).map(([place]) => place),
    ).toEqual([]);
  });
  test('one surrogate key per entity, never a personal number; no @requires', () => {
    for (const type of objectsOf(name)) {
      const keys = (type.directives ?? []).filter((each) => each.name.value === 'key');
      expect(keys.length).toBeLessThanOrEqual(1);
      for (const key of keys) expect(key.arguments?.[0]?.value).toMatchObject({ value: 'id' });
    }
    expect(subgraphSdl(name)).not.toMatch(/@requires|@provides/);
  });
  test('every field of a mapped type has a resolver, and every entity resolves its references', () => {
    const missing = fields
      .filter(([, type]) => type.name.value in MAPPERS[name] || type.name.value === 'Query')
      .filter(
        ([, type, field]) =>
          !(field.name.value in ((RESOLVERS[name][type.name.value] as object | undefined) ?? {})),
      )
      .map(([place]) => place);
    expect(missing).toEqual([]);
    for (const type of objectsOf(name))
      if (directive(type, 'key'))
        expect(RESOLVERS[name][type.name.value]).toHaveProperty('__resolveReference');
  });
});

describe('what an attacker would like the schema to have', () => {
  const fieldsOf = (name: SubgraphName) =>
    objectsOf(name).flatMap((type) => (type.fields ?? []).map((field) => ({ type: type.name.value, field })));
  const all = SUBGRAPH_NAMES.flatMap(fieldsOf);
  const changes = all.filter(({ type }) => type === 'Mutation').map(({ field }) => field);

  test('nothing looks up by any id, sorts, counts over groups or asks for what is deleted; no change takes a personal number', () => {
    const inputs = SUBGRAPH_NAMES.flatMap(typesOf).flatMap((type) =>
      type.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION ? (type.fields ?? []) : [],
    );
    const given = [...all.flatMap(({ field }) => field.arguments ?? []), ...inputs].map(
      ({ name }) => name.value,
    );
    expect(given.length).toBeGreaterThan(50);
    expect(given.filter((name) => /order|sort|group.?by|deleted|merged/i.test(name))).toEqual([]);
    const roots = all.filter(({ type }) => type === 'Query').map(({ field }) => field.name.value);
    expect(roots.length).toBeGreaterThan(10);
    expect(roots.filter((name) => /^nodes?$|^entit|average|sum$|aggregate/i.test(name))).toEqual([]);
    expect(changes.length).toBeGreaterThan(10);
    const taken = [...changes.flatMap((field) => field.arguments ?? [])].map(({ name }) => name.value);
    expect(taken.filter((name) => /cpr/i.test(name))).toEqual([]);
    const inputsTaken = SUBGRAPH_NAMES.flatMap(typesOf).filter(
      (type) =>
        type.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION &&
        (type.fields ?? []).some((field) => /cpr/i.test(field.name.value)),
    );
    expect(inputsTaken.map((type) => type.name.value)).toEqual(['CitizenSearchInput']);
  });
  test('nothing of the log can be changed through the schema', () => {
    expect(fieldsOf('audit').filter(({ type }) => type === 'Query').length).toBeGreaterThan(0);
    expect(fieldsOf('audit').filter(({ type }) => type === 'Mutation')).toEqual([]);
    expect(subgraphSdl('audit')).not.toMatch(/extend type Mutation/);
  });
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  buildClientSchema,
  getIntrospectionQuery,
  getOperationAST,
  isObjectType,
  parse,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { ingestPorts } from '../../programs/wiring/subgraphs.js';
import { walkAnswer } from '../../gateway/answer/walk.js';
import { readRules, type SupergraphRules } from '../../gateway/supergraph/rules.js';
import { readSchemaFile } from '../../schema/sdl.js';
import { KORSBAEK, unitId } from '../../seed/authorities.js';
import { jobRole } from '../../seed/development/sign-ins.js';
import type { MappedGrant } from '../../subgraphs/access/source/records.js';
import {
  PERMISSION_ROLES,
  ROLE_DEFINITIONS,
  SYSTEM_ROLES,
  type Permission,
  type SystemRole,
} from '../../subgraphs/shared/policy/permissions.js';
import { until } from '../kit/administration.js';
import { randomOperation, wholeSelection } from '../kit/random-operations.js';
import { startAllInOne, type Answer, type Stack } from '../kit/stack.js';

let stack: Stack;
let schema: GraphQLSchema;
let rules: SupergraphRules;
const roleWithout = (permission: string) => jobRole(KORSBAEK, `all-but-${permission}`);

/** Every system role with the widest constraints, but for those that satisfy a permission. */
function grantsWithout(roles: readonly SystemRole[]): MappedGrant[] {
  return SYSTEM_ROLES.filter((role) => !roles.includes(role)).map((role) => {
    const { compulsory } = ROLE_DEFINITIONS[role];
    return {
      role,
      ...(compulsory.includes('kle') && { kle: ['*'] }),
      ...(compulsory.includes('sensitivity') && { sensitivity: 3 as const }),
    };
  });
}

/** Permissions whose fields hang on a person or a record. */
const DATA: readonly Permission[] = [
  'citizen-read',
  'case-read',
  'case-exists',
  'note-read',
  'note-write',
  'control-case-read',
  'document-read',
  'benefit-read',
  'alert-read',
  'remark-read',
];

beforeAll(async () => {
  stack = await startAllInOne();
  const begun = new Date('2020-01-01T00:00:00Z');
  const mapping = (name: string, roles: readonly SystemRole[]) => ({
    cvr: KORSBAEK,
    key: roleWithout(name),
    content: {
      kind: 'mapping' as const,
      name,
      description: '',
      grants: grantsWithout(roles),
      validFrom: begun,
      validTo: null,
      caseNumber: null,
    },
  });
  const { access } = ingestPorts(stack.gateway.store);
  await access.configure(
    [mapping('nothing', []), ...DATA.map((permission) => mapping(permission, PERMISSION_ROLES[permission]))],
    begun,
  );
  const introspected = await stack.ask('no-roles', getIntrospectionQuery());
  schema = buildClientSchema(introspected.data);
  rules = readRules(readSchemaFile('supergraph.graphql'));
  await until(async () => (await ask('nothing', '{ me { grants { role } } }')).data.me.grants.length > 0);
}, 120_000);
afterAll(() => stack[Symbol.asyncDispose]());

async function ask(
  without: string,
  query: string,
  variables: object = {},
  purpose?: string,
): Promise<Answer> {
  const token = await stack.tokenOf({
    name: without,
    subject: `user-all-but-${without}`,
    cvr: KORSBAEK,
    unit: unitId(KORSBAEK, 'service'),
    jobFunctionRoles: [roleWithout(without)],
    shows: '',
  });
  return stack.ask(without, query, variables, {
    token,
    ...(purpose && { headers: { 'overblik-purpose': purpose } }),
  });
}

/** @returns guarded fields of an answer that are not null, by permission. */
function guardedValues(query: string, data: unknown): Map<Permission, string[]> {
  const document = parse(query);
  const found = new Map<Permission, string[]>();
  walkAnswer(
    document,
    getOperationAST(document) as OperationDefinitionNode,
    data,
    rules,
    ({ path, rule, value }) => {
      if (value !== null && rule.permission !== undefined)
        found.set(rule.permission, [...(found.get(rule.permission) ?? []), path.join('.')]);
      return value !== null;
    },
  );
  return found;
}

/** A query for everything that hangs on a person, one section at a time: an operation has its limits. */
function wholeQueries(): string[] {
  const citizen = schema.getType('Citizen') as GraphQLObjectType;
  return Object.values(citizen.getFields()).map((field) => {
    const type = schema.getType(String(field.type).replace(/[[\]!]/g, ''));
    const below = isObjectType(type) ? wholeSelection(type, ['Citizen']) : '';
    return `query Whole($id: ID!) { citizen(id: $id) { ${field.name} ${below} } }`;
  });
}

const STORIES = ['every-system', 'control-case', 'cash-benefit-family'];

/** Which questions showed something by which permission, to whoever holds every role. */
const shown = new Map<Permission, { slug: string; query: string }[]>();

describe('every guarded field is enforced by the subgraph that owns it', () => {
  test('with every role each data permission shows something', async () => {
    for (const slug of STORIES)
      for (const query of wholeQueries()) {
        const answer = await ask('nothing', query, { id: stack.story(slug).citizenId }, 'UDK-11A-CONTROL');
        expect([query, answer.errors]).toEqual([query, []]);
        for (const permission of guardedValues(query, answer.data).keys())
          shown.set(permission, [...(shown.get(permission) ?? []), { slug, query }]);
      }
    expect([...shown.keys()].sort()).toEqual([...DATA].sort());
  }, 60_000);
  test.each(DATA)(
    'without %s none of its fields has a value, by whatever road, and the second lock stays shut',
    async (permission) => {
      for (const { slug, query } of shown.get(permission)!) {
        const answer = await ask(permission, query, { id: stack.story(slug).citizenId }, 'UDK-11A-CONTROL');
        // A value the subgraph let through would have ended as INTERNAL.
        expect([query, answer.errors]).toEqual([query, []]);
        expect(guardedValues(query, answer.data).get(permission)).toBeUndefined();
      }
    },
    60_000,
  );
});

test('random queries and mutations of every kind give nothing to whoever has no role, and change nothing', async () => {
  const known = {
    ids: [...stack.gateway.stories().map((story) => story.citizenId), '00000000-0000-4000-8000-000000000000'],
    texts: [
      ...stack.gateway.stories().flatMap((story) => [story.cpr, story.name]),
      jobRole(KORSBAEK, 'benefit-caseworker'),
      'settings',
      'KSD',
      'A reason of more than ten characters.',
    ],
  };
  const before = await fingerprint();
  let mutations = 0;
  let answered = 0;
  await fc.assert(
    fc.asyncProperty(randomOperation(schema, known), async (query) => {
      const answer = await stack.ask('no-roles', query);
      if (query.startsWith('mutation')) mutations++;
      if (answer.data === null) return;
      answered++;
      expect([...guardedValues(query, answer.data).entries()]).toEqual([]);
      for (const { extensions } of answer.errors)
        expect(['NOT_PERMITTED', 'BAD_INPUT', 'CURSOR_INVALID']).toContain(extensions['code']);
    }),
    { numRuns: 300 },
  );
  expect(mutations).toBeGreaterThan(50);
  // Operations refused whole prove nothing about fields.
  expect(answered).toBeGreaterThan(100);
  expect(await fingerprint()).toEqual(before);
}, 120_000);

/** Leases of a gateway's periodic work, which begins whenever its time has come. */
const BY_ITSELF = { _id: { $not: /^lease\|/ } } as const;

/** How many documents each collection has, the log and what describes the process left out. */
async function fingerprint(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of ['citizens', 'cases', 'documents', 'benefits', 'alerts', 'access'] as const) {
    const database = stack.gateway.store.database(name);
    for (const { name: collection } of await database.listCollections().toArray())
      counts[`${name}.${collection}`] = await database
        .collection<{ _id: string }>(collection)
        .countDocuments(collection === 'once' ? BY_ITSELF : {});
  }
  return counts;
}

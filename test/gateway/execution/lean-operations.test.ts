import { beforeAll, describe, expect, test } from '@jest/globals';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { ApolloGateway } from '@apollo/gateway';
import fc from 'fast-check';
import {
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  parse,
  typeFromAST,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LeanOperations } from '../../../gateway/execution/lean-operations.js';
import { storeOperations } from '../../../gateway/stored-operations.js';
import { subgraphDataSource, type AskSubgraph } from '../../../gateway/transport/data-source.js';
import { readSchemaFile, SCHEMA_DIRECTORY, subgraphSdl } from '../../../schema/sdl.js';
import { SUBGRAPH_NAMES } from '../../../schema/subgraph-names.js';
import { InventedAnswer, numbersFrom, type AnswerFaults } from '../../kit/invented-answers.js';

type Executor = ApolloGateway['executor'];
type Request = Parameters<Executor>[0];
type Executed = Awaited<ReturnType<Executor>>;

const FAULTS: readonly AnswerFaults[] = [
  { nulls: 0, absent: 0, wrong: 0 },
  { nulls: 0.05, absent: 0, wrong: 0 },
  { nulls: 0.02, absent: 0.02, wrong: 0 },
  { nulls: 0.01, absent: 0.01, wrong: 0.02 },
];

/** What the fetches of the run at hand are answered with, and what was asked. */
let seed = 0;
let faults = FAULTS[0]!;
let asked: string[] = [];
const schemas = new Map<string, GraphQLSchema>();
const documents = new Map<string, DocumentNode>();

const parsed = (text: string): DocumentNode => {
  const known = documents.get(text) ?? parse(text);
  documents.set(text, known);
  return known;
};

/** The same fetch is answered the same way, whichever way asks it and in whatever order. */
const askerOf =
  (name: string): AskSubgraph =>
  ({ request: { query = '', variables = {} }, pathInIncomingRequest }) => {
    const fetch = JSON.stringify([name, query, variables, pathInIncomingRequest]);
    asked.push(fetch);
    const own = createHash('sha256').update(`${seed} ${fetch}`).digest().readUInt32LE();
    const answer = new InventedAnswer(schemas.get(name)!, numbersFrom(own), faults);
    return Promise.resolve({ data: answer.to(parsed(query), variables) });
  };

const TEXTS = readdirSync(join(SCHEMA_DIRECTORY, 'operations')).map((file) =>
  readSchemaFile(`operations/${file}`),
);

let api: GraphQLSchema;
let apollo: Executor;
let lean: Executor;
/** How many operations the lean way has left to Apollo. */
let left = 0;
beforeAll(async () => {
  for (const name of SUBGRAPH_NAMES)
    schemas.set(name, buildSubgraphSchema({ typeDefs: parse(subgraphSdl(name)) }));
  const asks = new Map(SUBGRAPH_NAMES.map((name) => [name as string, askerOf(name)]));
  const operations = new LeanOperations(storeOperations(TEXTS), asks);
  const gateway = new ApolloGateway({
    supergraphSdl: readSchemaFile('supergraph.graphql'),
    experimental_didResolveQueryPlan: (planned) => operations.learn(planned),
    buildService: ({ name }) => subgraphDataSource(asks.get(name)!),
  });
  gateway.onSchemaLoadOrUpdate(({ apiSchema }) => (api = apiSchema));
  ({ executor: apollo } = await gateway.load());
  lean = operations.before((request) => {
    left++;
    return apollo(request);
  });
}, 60_000);

/** @returns a value of a type; what may be left out is left out now and then. */
function valueOf(given: GraphQLInputType, next: () => number): unknown {
  if (!isNonNullType(given) && next() < 0.3) return null;
  const type = getNullableType(given);
  if (isListType(type)) return [valueOf(type.ofType, next)];
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (isInputObjectType(type))
    return Object.fromEntries(
      Object.values(type.getFields())
        .filter((field) => isNonNullType(field.type) || next() < 0.5)
        .map((field) => [field.name, valueOf(field.type, next)]),
    );
  return { Int: 3, Float: 2.5, Boolean: true }[String(type)] ?? 'some text';
}

function variablesFor(text: string, next: () => number): Record<string, unknown> {
  const declared = parsed(text).definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? (definition.variableDefinitions ?? []) : [],
  );
  return Object.fromEntries(
    declared
      .filter(({ type }) => type.kind === Kind.NON_NULL_TYPE || next() < 0.7)
      .map(({ variable, type }) => [
        variable.name.value,
        valueOf(typeFromAST(api, type as never) as GraphQLInputType, next),
      ]),
  );
}

const requestOf = (text: string, variables: Record<string, unknown> = {}): Request =>
  ({
    request: { query: text, variables },
    source: text,
    document: parsed(text),
    queryHash: text,
    context: {},
    metrics: {},
    logger: console,
  }) as unknown as Request;

async function run(executor: Executor, request: Request): Promise<{ executed: Executed; fetches: string[] }> {
  asked = [];
  const executed = await executor(request);
  return { executed, fetches: asked.sort() };
}

const pathsOf = ({ extensions }: Executed): string[] =>
  ((extensions?.['valueCompletion'] ?? []) as { path: unknown }[])
    .map(({ path }) => JSON.stringify(path))
    .sort();

describe('a stored operation', () => {
  test('is answered exactly as by Apollo, by the same fetches, whatever subgraphs answer', async () => {
    const ranLean = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...TEXTS),
        fc.constantFrom(...FAULTS),
        fc.integer(),
        async (text, ofRun, number) => {
          const request = requestOf(text, variablesFor(text, numbersFrom(number)));
          [seed, faults, left] = [number, ofRun, 0];
          const theirs = await run(apollo, request);
          const ours = await run(lean, request);
          if (left === 0) ranLean.add(text);
          expect(JSON.stringify(ours.executed.data)).toBe(JSON.stringify(theirs.executed.data));
          expect(pathsOf(ours.executed)).toEqual(pathsOf(theirs.executed));
          expect(ours.executed.errors === undefined).toBe(theirs.executed.errors === undefined);
          expect(ours.fetches).toEqual(theirs.fetches);
        },
      ),
      { numRuns: Number(process.env['OVERBLIK_PROPERTY_RUNS'] ?? 1000) },
    );
    expect(ranLean.size).toBe(TEXTS.length);
  }, 120_000);

  test('with a variable that does not fit is left to Apollo', async () => {
    const request = requestOf(readSchemaFile('operations/CitizenOverview.graphql'), { id: 7.5 });
    await run(apollo, request);
    left = 0;
    const { executed } = await run(lean, request);
    expect(left).toBe(1);
    expect(executed.errors?.map(({ message }) => message)).toEqual([
      expect.stringContaining('ID cannot represent'),
    ]);
  });
});

test.each([
  ['a text of the caller’s own', 'query { me { user } }'],
  ['an operation with a directive', 'query ($is: Boolean!) { me { user @include(if: $is) } }'],
])('%s is left to Apollo', async (_what, text) => {
  const request = requestOf(text, text.includes('$is') ? { is: true } : {});
  await run(apollo, request);
  left = 0;
  await run(lean, request);
  expect(left).toBe(1);
});

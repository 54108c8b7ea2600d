import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codegen } from '@graphql-codegen/core';
import * as typescriptPlugin from '@graphql-codegen/typescript';
import * as resolversPlugin from '@graphql-codegen/typescript-resolvers';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse, printSchema } from 'graphql';
import { SCHEMA_DIRECTORY, subgraphSdl } from '../sdl.js';
import { SUBGRAPH_NAMES, type SubgraphName } from '../subgraph-names.js';
import { writeWebOperations } from './web-operations.js';
import { MAPPERS } from './mappers.js';

/** Writes schema/generated/<name>.ts: resolver types of one subgraph. Not committed. */
async function generate(name: SubgraphName): Promise<void> {
  const schema = parse(printSchema(buildSubgraphSchema(parse(subgraphSdl(name)))));
  const text = await codegen({
    filename: `${name}.ts`,
    schema,
    documents: [],
    plugins: [{ typescript: {} }, { resolvers: {} }],
    pluginMap: { typescript: typescriptPlugin, resolvers: resolversPlugin },
    config: {
      useTypeImports: true,
      emitLegacyCommonJSImports: false,
      enumsAsTypes: true,
      skipTypename: true,
      avoidOptionals: { field: true, object: false, inputValue: false, defaultValue: false },
      inputMaybeValue: 'T | null | undefined',
      immutableTypes: true,
      contextType: `../../subgraphs/${name}/context.js#Context`,
      mappers: MAPPERS[name],
      scalars: {
        ID: { input: 'string', output: 'string' },
        CPR: 'string',
        CVR: 'string',
        KLE: 'string',
        Date: 'string',
        DateTime: 'Date',
      },
    },
  });
  writeFileSync(join(SCHEMA_DIRECTORY, 'generated', `${name}.ts`), `/* eslint-disable */\n${text}`);
}

mkdirSync(join(SCHEMA_DIRECTORY, 'generated'), { recursive: true });
await Promise.all([...SUBGRAPH_NAMES.map(generate), writeWebOperations()]);

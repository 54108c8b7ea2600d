import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codegen } from '@graphql-codegen/core';
import * as operationsPlugin from '@graphql-codegen/typescript-operations';
import {
  Kind,
  OperationTypeNode,
  parse,
  visit,
  type DefinitionNode,
  type DocumentNode,
  type OperationDefinitionNode,
} from 'graphql';
import { operationId } from '../operation-id.js';
import { SCHEMA_DIRECTORY, readSchemaFile } from '../sdl.js';

const OUT = join(SCHEMA_DIRECTORY, '..', 'web', 'generated');

/** Parts of the supergraph that tell the gateway how to plan; a client knows nothing of them. */
const OF_THE_GATEWAY = /^(join|link|core|inaccessible)__|^(join|link|guard|public)$/;

/** @returns what a client sees of the supergraph: no type, directive or use of one that only the gateway reads. */
function clientSchema(): DocumentNode {
  const whole = parse(readSchemaFile('supergraph.graphql'));
  const isOwn = (definition: DefinitionNode) =>
    !('name' in definition && OF_THE_GATEWAY.test(definition.name.value));
  return visit(
    { ...whole, definitions: whole.definitions.filter(isOwn) },
    { [Kind.DIRECTIVE]: { enter: () => null } },
  );
}

interface StoredOperation {
  readonly name: string;
  readonly id: string;
  readonly kind: 'Query' | 'Mutation';
  readonly document: DocumentNode;
}

function storedOperations(): StoredOperation[] {
  return readdirSync(join(SCHEMA_DIRECTORY, 'operations')).map((file) => {
    const text = readSchemaFile(`operations/${file}`);
    const document = parse(text);
    const operation = document.definitions.find(
      (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
    );
    if (!operation?.name) throw new Error(`${file} holds no operation with a name`);
    const kind = operation.operation === OperationTypeNode.MUTATION ? 'Mutation' : 'Query';
    return { name: operation.name.value, id: operationId(text), kind, document };
  });
}

/** Fragments of the same name say the same everywhere; the generator wants each once. */
function withoutRepeatedFragments(operations: readonly StoredOperation[]): DocumentNode[] {
  const seen = new Set<string>();
  return operations.map(({ document }) => ({
    ...document,
    definitions: document.definitions.filter((definition) => {
      if (definition.kind !== Kind.FRAGMENT_DEFINITION) return true;
      const known = seen.has(definition.name.value);
      seen.add(definition.name.value);
      return !known;
    }),
  }));
}

/**
 * Writes web/generated/operations.ts: the stored operations as the page names them, by id alone, with the types of what goes
 * in and comes out. Not committed.
 */
export async function writeWebOperations(): Promise<void> {
  const operations = storedOperations();
  const types = await codegen({
    filename: 'operations.ts',
    schema: clientSchema(),
    documents: withoutRepeatedFragments(operations).map((document, i) => ({
      location: `${operations[i]?.name ?? i}.graphql`,
      document,
    })),
    plugins: [{ operations: {} }],
    pluginMap: { operations: operationsPlugin },
    config: {
      useTypeImports: true,
      enumsAsTypes: true,
      skipTypename: true,
      immutableTypes: true,
      avoidOptionals: { field: true, object: true, inputValue: false, defaultValue: false },
      scalars: {
        ID: 'string',
        CPR: 'string',
        CVR: 'string',
        KLE: 'string',
        Date: 'string',
        DateTime: 'string',
      },
    },
  });
  const constants = operations.map(
    ({ name, id, kind }) =>
      `export const ${name} = stored<${name}${kind}, ${name}${kind}Variables>('${id}');`,
  );
  mkdirSync(OUT, { recursive: true });
  writeFileSync(
    join(OUT, 'operations.ts'),
    `/* eslint-disable */\nimport { stored } from '../api/stored.js';\n${types}\n${constants.join('\n')}\n`,
  );
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SubgraphName } from './subgraph-names.js';

/** The schema folder, found both from source and from dist/ (SDL files are not compiled). */
export const SCHEMA_DIRECTORY = findSchemaDirectory();

function findSchemaDirectory(): string {
  const here = import.meta.dirname;
  return here.endsWith(join('dist', 'schema')) ? join(here, '..', '..', 'schema') : here;
}

/** @returns a file of the schema folder as text. */
export function readSchemaFile(path: string): string {
  return readFileSync(join(SCHEMA_DIRECTORY, path), 'utf8');
}

/** @returns the whole SDL of one subgraph: what all share, then its own types. */
export function subgraphSdl(name: SubgraphName): string {
  return `${readSchemaFile('subgraphs/shared.graphql')}\n${readSchemaFile(`subgraphs/${name}.graphql`)}`;
}

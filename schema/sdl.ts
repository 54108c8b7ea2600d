import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SubgraphName } from './subgraph-names.js';

/** The schema folder, found both from source and from a build folder (SDL files are not compiled). */
export const SCHEMA_DIRECTORY = existsSync(join(import.meta.dirname, 'subgraphs', 'shared.graphql'))
  ? import.meta.dirname
  : join(import.meta.dirname, '..', '..', 'schema');

/** @returns a file of the schema folder as text. */
export function readSchemaFile(path: string): string {
  return readFileSync(join(SCHEMA_DIRECTORY, path), 'utf8');
}

/** @returns the whole SDL of one subgraph: what all share, then its own types. */
export function subgraphSdl(name: SubgraphName): string {
  return `${readSchemaFile('subgraphs/shared.graphql')}\n${readSchemaFile(`subgraphs/${name}.graphql`)}`;
}

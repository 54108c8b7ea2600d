import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { SUBGRAPH_NAMES } from '../subgraph-names.js';
import { subgraphSdl } from '../sdl.js';

/** @returns the supergraph composed from every subgraph's SDL; throws with all composition errors. */
export function composeSupergraph(): string {
  const result = composeServices(
    SUBGRAPH_NAMES.map((name) => ({
      name,
      url: `http://${name}.invalid/graphql`,
      typeDefs: parse(subgraphSdl(name)),
    })),
  );
  if (result.supergraphSdl === undefined)
    throw new Error(result.errors.map((error) => error.message).join('\n'));
  return `${result.supergraphSdl.trim()}\n`;
}

/** Every subgraph, in the order of their ports. */
export const SUBGRAPH_NAMES = [
  'citizens',
  'cases',
  'documents',
  'benefits',
  'alerts',
  'access',
  'audit',
] as const;

export type SubgraphName = (typeof SUBGRAPH_NAMES)[number];

/** @returns whether a text names a subgraph. */
export function isSubgraphName(name: string): name is SubgraphName {
  return SUBGRAPH_NAMES.some((known) => known === name);
}

import type { GatewayConfig } from '@apollo/gateway';

/** What Apollo tells when it has planned an operation. */
export type PlannedOperation = Parameters<NonNullable<GatewayConfig['experimental_didResolveQueryPlan']>>[0];

type Node = NonNullable<PlannedOperation['queryPlan']['node']>;
export type FetchNode = Extract<Node, { readonly kind: 'Fetch' }>;
type FlattenNode = Extract<Node, { readonly kind: 'Flatten' }>;
/** A step of a plan that the lean way runs. */
export type PlanNode =
  | FetchNode
  | (Omit<FlattenNode, 'node'> & { readonly node: PlanNode })
  | { readonly kind: 'Sequence' | 'Parallel'; readonly nodes: PlanNode[] };
/** What a fetch needs of an object to name it to its owner. */
export type Required = NonNullable<FetchNode['requires']>[number];

/** @returns whether a plan has only steps that `runPlan` knows; whatever else there is, Apollo runs. */
export function isLean(node: Node | undefined): node is PlanNode {
  switch (node?.kind) {
    case 'Sequence':
    case 'Parallel':
      return node.nodes.every(isLean);
    case 'Flatten':
      return isLean(node.node);
    case 'Fetch':
      return !node.inputRewrites && !node.outputRewrites && !node.contextRewrites;
    default:
      return false;
  }
}

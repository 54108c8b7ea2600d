/** What a gateway sends to a subgraph, as far as the answer depends on it. */
interface Body {
  readonly query?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

/** @returns what a recorded answer is found by: who calls and how the call is signed does not matter to a stub. */
export const keyOf = (subgraph: string, { query, variables }: Body): string =>
  `${subgraph}\n${query}\n${JSON.stringify(variables ?? {})}`;

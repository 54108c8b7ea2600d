/** What federation adds to the root; served by @apollo/subgraph itself. */
type FederationFields = '_entities' | '_service';

/** All resolvers of a mapped type: leaving one out does not compile. */
export type AllResolvers<R> = Required<Omit<R, '__isTypeOf' | '__resolveReference'>>;

/** All resolvers of the root. */
export type RootResolvers<R> = Required<Omit<R, FederationFields>>;

/** How an entity is resolved from its key. */
export type ReferenceResolver<C, T> = (
  reference: { readonly id: string },
  context: C,
) => T | null | Promise<T | null>;

import { GraphQLError, type GraphQLSchema } from 'graphql';
import { badInput } from '../errors/coded-error.js';

/**
 * Resolves each representation by itself: one that cannot be used costs its own place in the list and leaves its neighbours as they are.
 * Changes the schema it is given.
 */
export function resolveEachEntity(schema: GraphQLSchema): void {
  const field = schema.getQueryType()?.getFields()['_entities'];
  const resolve = field?.resolve;
  if (!field || !resolve) return;
  field.resolve = (source, args: { readonly representations: readonly unknown[] }, context, info) =>
    args.representations.map((representation) => {
      try {
        const found: unknown = resolve(source, { representations: [representation] }, context, info);
        if (!Array.isArray(found)) throw new TypeError('the resolver of entities answers no list');
        const entities: readonly unknown[] = found;
        return entities[0];
      } catch (error) {
        // An error in the place of a value is the error of that place.
        return error instanceof GraphQLError ? error : badInput('representations', 'keys of entities');
      }
    });
}

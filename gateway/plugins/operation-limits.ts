import type { ApolloServerPlugin } from '@apollo/server';
import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { codedError } from '../../subgraphs/shared/errors/coded-error.js';
import type { GatewayContext } from '../request-context.js';

/** Bounds of one operation, checked before planning with fragments unfolded (security.md §0.4). */
export const OPERATION_LIMITS = { fields: 1000, depth: 16, rootFields: 10, operations: 5 } as const;

/** How much of an operation's name the look-up log keeps. */
const MAX_LOGGED_NAME = 100;

/**
 * Refuses operations beyond the limits; counting stops at the first limit passed, so a bomb costs nothing. Notes the
 * name of an operation that passes, for the look-up log.
 */
export function operationLimits(): ApolloServerPlugin<GatewayContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation({ document, operation, contextValue }) {
          // Apollo asks plugins before it has checked that the named operation exists.
          if (!operation) throw codedError('OPERATION_INVALID');
          if (exceedsLimits(document, operation)) throw codedError('OPERATION_TOO_LARGE');
          contextValue.operationName = operation.name?.value.slice(0, MAX_LOGGED_NAME) ?? null;
          return Promise.resolve();
        },
      }),
  };
}

/** @returns whether an operation passes any limit. */
export function exceedsLimits(document: DocumentNode, operation: OperationDefinitionNode): boolean {
  const operations = document.definitions.filter(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  if (operations.length > OPERATION_LIMITS.operations) return true;
  const fragments = new Map(
    document.definitions
      .filter(
        (definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION,
      )
      .map((fragment) => [fragment.name.value, fragment.selectionSet]),
  );
  let fields = 0;
  let rootFields = 0;
  const within = (set: SelectionSetNode, depth: number): boolean =>
    depth <= OPERATION_LIMITS.depth &&
    set.selections.every((selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value);
        return ++fields <= OPERATION_LIMITS.fields && (fragment === undefined || within(fragment, depth));
      }
      if (selection.kind === Kind.INLINE_FRAGMENT)
        return ++fields <= OPERATION_LIMITS.fields && within(selection.selectionSet, depth);
      if (++fields > OPERATION_LIMITS.fields) return false;
      if (depth === 1 && ++rootFields > OPERATION_LIMITS.rootFields) return false;
      return selection.selectionSet === undefined || within(selection.selectionSet, depth + 1);
    });
  return !within(operation.selectionSet, 1);
}

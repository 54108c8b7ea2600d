import type { ApolloServerPlugin } from '@apollo/server';
import { type GraphQLError, OperationTypeNode } from 'graphql';
import { codedError } from '../../subgraphs/shared/errors/coded-error.js';
import type { GatewayContext } from '../request-context.js';
import type { JoinFields } from '../supergraph/join-fields.js';
import type { SupergraphRules } from '../supergraph/rules.js';
import { type Excess, type LimitName, operationExcess } from './operation-size.js';
import { ReservedAliases } from './reserved-aliases.js';

export interface OperationLimitsOptions {
  readonly rules: SupergraphRules;
  readonly joinFields: JoinFields;
}

/** How much of an operation's name the look-up log keeps. */
const MAX_LOGGED_NAME = 100;

/** Limits as error texts name them. */
const WORDS: Readonly<Record<LimitName, string>> = {
  fields: 'fields, fragments unfolded',
  depth: 'levels',
  rootFields: 'fields at the root',
  operations: 'operations in a document',
  cost: 'in cost, where lists multiply',
};

/**
 * Refuses operations before they are planned: those beyond the limits, those the gateway cannot run, and those whose names would break
 * the join over subgraphs. Notes the name of an operation that passes, for the look-up log.
 */
export function operationLimits({
  rules,
  joinFields,
}: OperationLimitsOptions): ApolloServerPlugin<GatewayContext> {
  const aliases = new ReservedAliases(rules, joinFields);
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation({ document, operation, contextValue, request }) {
          // Apollo asks plugins before it has checked that the named operation exists.
          if (!operation)
            throw codedError('OPERATION_INVALID', {
              field: 'operationName',
              rule: 'an operation of the document',
            });
          if (operation.operation === OperationTypeNode.SUBSCRIPTION)
            throw codedError('OPERATION_INVALID', { field: 'query', rule: 'a query or a mutation' });
          const excess = operationExcess(document, operation, request.variables ?? {}, rules);
          if (excess) throw tooLarge(excess);
          const alias = aliases.in(document);
          if (alias !== undefined)
            throw codedError('ALIAS_RESERVED', {
              field: alias,
              rule: 'an alias that is no name of a key, of a required field or of __typename',
            });
          contextValue.operationName = operation.name?.value.slice(0, MAX_LOGGED_NAME) ?? null;
          return Promise.resolve();
        },
      }),
  };
}

function tooLarge({ limit, most, found }: Excess): GraphQLError {
  // Only the cost and the number of operations are counted to the end.
  const figure = limit === 'cost' || limit === 'operations' ? found : `${found} or more`;
  const rule = `at most ${most} ${WORDS[limit]}; this one comes to ${figure}`;
  return codedError('OPERATION_TOO_LARGE', { field: 'query', rule });
}

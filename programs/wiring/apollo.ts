import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer, type ApolloServerOptionsWithGateway } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import type { FastifyInstance } from 'fastify';
import { LeanOperations } from '../../gateway/execution/lean-operations.js';
import { durableLog } from '../../gateway/plugins/durable-log.js';
import { lookUpLimit } from '../../gateway/plugins/look-up-limit.js';
import { operationLimits } from '../../gateway/plugins/operation-limits.js';
import { OPERATION_LIMITS } from '../../gateway/plugins/operation-size.js';
import { ownWords } from '../../gateway/plugins/own-words.js';
import type { GatewayContext } from '../../gateway/request-context.js';
import { readJoinFields } from '../../gateway/supergraph/join-fields.js';
import { readRules } from '../../gateway/supergraph/rules.js';
import { type AskSubgraph, subgraphAsker, subgraphDataSource } from '../../gateway/transport/data-source.js';
import { detailReader } from '../../gateway/transport/known-detail.js';
import { SUBGRAPH_NAMES } from '../../schema/subgraph-names.js';
import { loggable, type Logger } from '../../subgraphs/shared/settings/logger.js';
import type { GatewayParts } from './gateway-parts.js';

type GatewayInterface = ApolloServerOptionsWithGateway<GatewayContext>['gateway'];

const MAX_RECURSIVE_SELECTIONS = 2000;

/** What Apollo's part of the gateway is built from. */
type ApolloParts = Pick<
  GatewayParts,
  | 'supergraphSdl'
  | 'transports'
  | 'operations'
  | 'subgraphTimeoutMs'
  | 'now'
  | 'metrics'
  | 'logger'
  | 'lookUps'
  | 'development'
>;

/** Starts what plans and executes operations over the subgraphs. */
export async function startApollo(
  app: FastifyInstance,
  parts: ApolloParts,
): Promise<ApolloServer<GatewayContext>> {
  const apollo = new ApolloServer<GatewayContext>({
    gateway: supergraph(parts),
    introspection: parts.development !== undefined,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    status400ForVariableCoercionErrors: true,
    stopOnTerminationSignals: false,
    parseOptions: { maxLexicalTokens: OPERATION_LIMITS.tokens },
    maxRecursiveSelections: MAX_RECURSIVE_SELECTIONS,
    nodeEnv: 'production',
    // Printed for people by default, which costs more than the answer is worth.
    stringifyResult: (value) => JSON.stringify(value),
    logger: silentApolloLogger(parts.logger),
    plugins: [
      ApolloServerPluginDrainHttpServer({ httpServer: app.server }),
      ApolloServerPluginLandingPageDisabled(),
      ...ownPlugins(parts),
    ],
  });
  await apollo.start();
  return apollo;
}

/**
 * The subgraphs as one graph, by the supergraph as it was composed. Apollo plans every operation and runs those that are not
 * stored.
 */
function supergraph(parts: ApolloParts): GatewayInterface {
  const { supergraphSdl, operations } = parts;
  const subgraphs = askers(parts);
  const lean = new LeanOperations(operations, subgraphs);
  const apollo = new ApolloGateway({
    supergraphSdl,
    experimental_didResolveQueryPlan: (planned) => lean.learn(planned),
    buildService: ({ name }) => {
      const ask = subgraphs.get(name);
      if (!ask) throw new Error(`the supergraph names an unknown subgraph: ${name}`);
      return subgraphDataSource(ask);
    },
  });
  return {
    onSchemaLoadOrUpdate: (callback) => apollo.onSchemaLoadOrUpdate(callback),
    load: async (options) => {
      const { executor } = await apollo.load(options);
      return { executor: lean.before(executor) };
    },
    stop: () => apollo.stop(),
  };
}

/** @returns what asks each subgraph, by name */
function askers({
  supergraphSdl,
  transports,
  subgraphTimeoutMs: timeoutMs,
  now,
  metrics,
}: ApolloParts): ReadonlyMap<string, AskSubgraph> {
  const readDetail = detailReader(supergraphSdl);
  return new Map(
    SUBGRAPH_NAMES.map((name) => {
      const transport = transports[name];
      return [name, subgraphAsker({ transport, timeoutMs, now, onCall: metrics.onCall, readDetail })];
    }),
  );
}

/** Limits before an operation runs, the log before its answer leaves, and our words for what went wrong. */
function ownPlugins({ supergraphSdl, lookUps, now, development, logger, metrics }: ApolloParts) {
  const rules = readRules(supergraphSdl);
  return [
    operationLimits({ rules, joinFields: readJoinFields(supergraphSdl) }),
    ...(lookUps ? [lookUpLimit(lookUps, now)] : []),
    durableLog(),
    ownWords({
      rules,
      explainInvalid: development !== undefined,
      onInternal: (error, requestId) =>
        logger.error(
          { requestId, error: loggable(error) },
          'GraphQL operation failed: read error and the other lines of the same requestId',
        ),
      onBreach: (permissions, requestId) => {
        metrics.onBreach();
        logger.fatal(
          { requestId, permissions },
          'guarded value stopped before a caller without a grant: report this defect with the permissions named',
        );
      },
    }),
  ];
}

/** Apollo's own messages may hold query texts and subgraph answers; only that something was said is kept. */
function silentApolloLogger(logger: Logger) {
  const note = (level: 'debug' | 'info' | 'warn' | 'error') => () =>
    logger.debug({ apollo: level }, 'Apollo logged a message');
  return { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') };
}

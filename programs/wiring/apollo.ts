import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import type { FastifyInstance } from 'fastify';
import { durableLog } from '../../gateway/plugins/durable-log.js';
import { lookUpLimit } from '../../gateway/plugins/look-up-limit.js';
import { operationLimits } from '../../gateway/plugins/operation-limits.js';
import { OPERATION_LIMITS } from '../../gateway/plugins/operation-size.js';
import { ownWords } from '../../gateway/plugins/own-words.js';
import type { GatewayContext } from '../../gateway/request-context.js';
import { readJoinFields } from '../../gateway/supergraph/join-fields.js';
import { readRules } from '../../gateway/supergraph/rules.js';
import { subgraphDataSource } from '../../gateway/transport/data-source.js';
import { detailReader } from '../../gateway/transport/known-detail.js';
import { isSubgraphName } from '../../schema/subgraph-names.js';
import { loggable, type Logger } from '../../subgraphs/shared/settings/logger.js';
import type { GatewayParts } from './gateway-parts.js';

const MAX_RECURSIVE_SELECTIONS = 2000;

/** What Apollo's part of the gateway is built from. */
type ApolloParts = Pick<
  GatewayParts,
  | 'supergraphSdl'
  | 'transports'
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

/** The subgraphs as one graph, by the supergraph as it was composed. */
function supergraph({
  supergraphSdl,
  transports,
  subgraphTimeoutMs: timeoutMs,
  now,
  metrics,
}: ApolloParts): ApolloGateway {
  const readDetail = detailReader(supergraphSdl);
  return new ApolloGateway({
    supergraphSdl,
    buildService: ({ name }) => {
      if (!isSubgraphName(name)) throw new Error(`the supergraph names an unknown subgraph: ${name}`);
      const transport = transports[name];
      return subgraphDataSource({ transport, timeoutMs, now, onCall: metrics.onCall, readDetail });
    },
  });
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
        logger.error({ requestId, error: loggable(error) }, 'an operation failed'),
      onBreach: (permissions, requestId) => {
        metrics.onBreach();
        logger.fatal(
          { requestId, permissions },
          'second lock: a guarded value reached a caller without a grant',
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

import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { present } from '../../subgraphs/shared/certain/present.js';
import type { GatewayContext } from '../request-context.js';
import type { OnError } from './attempt.js';
import { refuse } from './refuse.js';

export interface AnswerOptions {
  /** Called for every request that is run. */
  readonly onRun: () => void;
  readonly onError: OnError;
}

/** @throws Error for a request that nobody has admitted */
function admitted({ overblik }: FastifyRequest): GatewayContext {
  return present(overblik, 'the context of an admitted request');
}

/**
 * Runs an admitted request. An answer that Apollo gives by itself, past the plugin that words answers, is replaced: it may hold the
 * text of an error of ours.
 */
export function graphqlHandler(apollo: ApolloServer<GatewayContext>, { onRun, onError }: AnswerOptions) {
  const run = fastifyApolloHandler(apollo, {
    context: (request) => {
      onRun();
      return Promise.resolve(admitted(request));
    },
  });
  return async function graphqlAnswer(
    this: FastifyInstance,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<unknown> {
    const body = await run.call(this, request, reply);
    const { answer, requestId } = admitted(request);
    if (answer.worded) return body;
    if (reply.statusCode < 500) return refuse(reply, 'OPERATION_INVALID');
    onError(new Error('an answer past the plugins'), requestId);
    return refuse(reply, 'INTERNAL');
  };
}

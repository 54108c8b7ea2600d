import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GatewayContext } from '../request-context.js';
import type { OnError } from './attempt.js';
import { refuse } from './refuse.js';

export interface AnswerOptions {
  /** Called for every request that is run. */
  readonly onRun: () => void;
  readonly onError: OnError;
}

/**
 * Runs an admitted request. An answer that Apollo gives by itself, past the plugin that words answers, is replaced: it may hold the
 * text of an error of ours.
 */
export function graphqlHandler(apollo: ApolloServer<GatewayContext>, { onRun, onError }: AnswerOptions) {
  const run = fastifyApolloHandler(apollo, {
    context: (request) => {
      onRun();
      return Promise.resolve(request.overblik!);
    },
  });
  return async function graphqlAnswer(
    this: FastifyInstance,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<unknown> {
    const body = await run.call(this, request, reply);
    const { answer, requestId } = request.overblik!;
    if (answer.worded) return body;
    if (reply.statusCode < 500) return refuse(reply, 'OPERATION_INVALID');
    onError(new Error('an answer past the plugins'), requestId);
    return refuse(reply, 'INTERNAL');
  };
}

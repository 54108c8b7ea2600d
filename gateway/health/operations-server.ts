import Fastify, { type FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import type { AskReadiness } from './readiness.js';

export interface OperationsParts {
  readonly ready: AskReadiness;
  readonly registry: Pick<Registry, 'contentType' | 'metrics'>;
}

/**
 * What an operator's own programs ask: metrics, and readiness with its reasons. It names source systems, counts and lag, so
 * it has an address of its own, which by default only this machine reaches. It takes no credential.
 */
export function operationsServer({ ready, registry }: OperationsParts): FastifyInstance {
  const app = Fastify({
    bodyLimit: 1,
    keepAliveTimeout: 30_000,
    requestTimeout: 10_000,
    exposeHeadRoutes: false,
  });
  app.addHook('onSend', (_request, reply, _payload, done) => {
    void reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
    done();
  });
  app.get('/health/live', () => ({ live: true }));
  app.get('/health/ready', async (_request, reply) => {
    const { ready: isReady, down } = await ready();
    const reasons = isReady ? { down } : { reasons: down };
    return reply.code(isReady ? 200 : 503).send({ ready: isReady, ...reasons });
  });
  app.get('/metrics', async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
  return app;
}

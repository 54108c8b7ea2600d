import Fastify, { type FastifyInstance } from 'fastify';
import { GraphQLError } from 'graphql';
import { z } from 'zod';
import { ERROR_CATALOGUE } from '../errors/catalogue.js';
import type { Subgraph } from './subgraph.js';
import { whenClosed } from './when-closed.js';

const MAX_BODY_BYTES = 1 << 20;
/** A batch of records with what their persons and cases resolve to. */
const MAX_INGEST_BYTES = 16 << 20;

const bodyShape = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  extensions: z.object({ identity: z.string() }),
});

const ingestShape = z.object({ method: z.string().max(50), args: z.string(), identity: z.string() });

const refusal = (code: 'IDENTITY_REFUSED' | 'OPERATION_INVALID' | 'INTERNAL') => ({
  errors: [{ message: ERROR_CATALOGUE[code].text.en, extensions: { code } }],
});

/** A subgraph behind HTTP. Whoever cannot sign gets the same refusal for every question. */
export function subgraphServer(subgraph: Subgraph): FastifyInstance {
  const app = Fastify({
    bodyLimit: MAX_BODY_BYTES,
    keepAliveTimeout: 30_000,
    requestTimeout: 30_000,
    exposeHeadRoutes: false,
  });
  app.post('/graphql', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const body = bodyShape.safeParse(request.body);
    if (!body.success) return reply.code(401).send(refusal('IDENTITY_REFUSED'));
    const { query, operationName, variables, extensions } = body.data;
    const gone = new AbortController();
    whenClosed(reply, () => gone.abort());
    const { identity } = extensions;
    return reply.send(
      await subgraph.execute({ query, operationName, variables, identity, signal: gone.signal }),
    );
  });
  app.post('/internal/ingest/v1', { bodyLimit: MAX_INGEST_BYTES }, async (request, reply) => {
    const call = ingestShape.safeParse(request.body);
    if (!call.success) return reply.code(401).send(refusal('IDENTITY_REFUSED'));
    try {
      return await reply.send({ result: await subgraph.ingest(call.data) });
    } catch (error) {
      const refused = error instanceof GraphQLError;
      return reply.code(refused ? 401 : 503).send(refusal(refused ? 'IDENTITY_REFUSED' : 'INTERNAL'));
    }
  });
  app.get('/health/live', () => ({ live: true }));
  app.setErrorHandler((_error, _request, reply) => reply.code(400).send(refusal('OPERATION_INVALID')));
  app.setNotFoundHandler((_request, reply) => reply.code(401).send(refusal('IDENTITY_REFUSED')));
  return app;
}

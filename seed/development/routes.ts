import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import type { FastifyInstance } from 'fastify';
import type { DevelopmentSite } from './site.js';
import { startPage } from './start-page.js';

/** Adds the directory and GraphiQL. Called in development only. */
export async function installDevelopmentRoutes(app: FastifyInstance, site: DevelopmentSite): Promise<void> {
  app.get('/dev/directory', () => ({
    signIns: site.signIns.map(({ name, cvr, unit, shows }) => ({ name, cvr, unit, shows })),
    stories: site.stories,
  }));
  app.get('/dev', (_request, reply) => reply.type('text/html; charset=utf-8').send(startPage(site)));
  const page = renderGraphiQL({
    endpoint: '/graphql',
    title: 'Overblik – GraphiQL',
    shouldPersistHeaders: true,
  });
  app.get('/dev/graphiql', { helmet: { contentSecurityPolicy: false } }, (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(page),
  );
  await Promise.resolve();
}

import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import type { FastifyInstance } from 'fastify';
import type { SignIn } from './identity-provider.js';
import { startPage } from './start-page.js';

/** A seeded story as the directory tells of it. */
export interface DirectoryStory {
  readonly slug: string;
  readonly citizenId: string;
  readonly cpr: string;
  readonly name: string;
  readonly shows: string;
  /** CVR numbers of other authorities the person has a tie to: a former home, a case or a benefit. */
  readonly ties: readonly string[];
}

/** Everything that exists in development only. */
export interface DevelopmentSite {
  readonly signIns: readonly SignIn[];
  readonly stories: readonly DirectoryStory[];
  /** Texts of the queries the start page offers to copy, by title. */
  readonly examples: readonly {
    readonly title: string;
    readonly query: string;
    readonly variables: string;
  }[];
}

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

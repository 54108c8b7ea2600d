import type { IncomingMessage } from 'node:http';
import { ApolloGateway, IntrospectAndCompose, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { GraphQLError } from 'graphql';
import { importJWK, jwtVerify, type JWK } from 'jose';
import { MongoClient } from 'mongodb';
import { countCommands, countsCommands } from './commands.js';
import { loadNames, type Row } from './names.js';
import type { PlainParts } from './plain/parts.js';
import { loadPlainRights, type User } from './plain/rights.js';
import { serveSubgraph, USER_HEADER } from './plain/serve.js';
import { PLAIN_NAMES } from './plain/type-defs.js';

/**
 * A plain Apollo stack as its documentation shows it: a gateway that reads the bearer and passes the user on, and five
 * subgraphs behind HTTP over the store's collections. All in one process, each server at a port of its own.
 */
const client = await MongoClient.connect(process.env['MONGODB_URI']!, { monitorCommands: countsCommands });
countCommands(client);
const of = (part: string, name: string) => client.db(`overblik_${part}`).collection<Row>(name);
const log = client.db('bench_log').collection('entries');
const parts: PlainParts = {
  of,
  names: await loadNames(of),
  rights: await loadPlainRights(of),
  async log({ subject }, person, part) {
    await log.insertOne(
      { at: new Date(), subject, person, part },
      { writeConcern: { w: 'majority', journal: true } },
    );
  },
};
const subgraphs = await Promise.all(
  PLAIN_NAMES.map(async (name) => ({ name, url: await serveSubgraph(name, parts) })),
);

interface GatewayContext {
  readonly user: User;
}

class DataSource extends RemoteGraphQLDataSource<GatewayContext> {
  override willSendRequest({
    request,
    context,
  }: Parameters<NonNullable<RemoteGraphQLDataSource<GatewayContext>['willSendRequest']>>[0]): void {
    // Composition asks too, on behalf of nobody.
    if ('user' in context) request.http?.headers.set(USER_HEADER, JSON.stringify(context.user));
  }
}

const key = await importJWK(JSON.parse(process.env['BEARER_KEY']!) as JWK, 'ES256');

/** @returns who asks. @throws UNAUTHENTICATED for a bearer that is not good */
async function userOf({ headers: { authorization = '' } }: IncomingMessage): Promise<User> {
  try {
    const { payload } = await jwtVerify(authorization.replace(/^Bearer /, ''), key, { audience: 'overblik' });
    const [cvr, roles] = [payload['cvr'] as string, payload['job_function_roles'] as string[]];
    return { subject: payload.sub!, cvr, roles };
  } catch {
    throw new GraphQLError('sign in', { extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } } });
  }
}

const server = new ApolloServer<GatewayContext>({
  gateway: new ApolloGateway({
    supergraphSdl: new IntrospectAndCompose({ subgraphs }),
    buildService: ({ url }) => new DataSource({ url: url! }),
  }),
  introspection: true,
});
const { url } = await startStandaloneServer(server, {
  listen: { host: '127.0.0.1', port: 0 },
  context: async ({ req }) => ({ user: await userOf(req) }),
});
console.log(`answers at ${url}`);

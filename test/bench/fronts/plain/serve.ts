import type { IncomingMessage } from 'node:http';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema } from '@apollo/subgraph';
import DataLoader from 'dataloader';
import { parse } from 'graphql';
import type { Row } from '../names.js';
import { RESOLVERS, type PlainContext, type PlainParts } from './resolvers.js';
import type { User } from './rights.js';
import { typeDefsOf, type PlainName } from './type-defs.js';

/** The header in which the gateway tells subgraphs who asks. */
export const USER_HEADER = 'x-user';

/** Serves one subgraph at a port of its own. @returns its address */
export async function serveSubgraph(name: PlainName, parts: PlainParts): Promise<string> {
  const schema = buildSubgraphSchema([
    { typeDefs: parse(typeDefsOf(name)), resolvers: RESOLVERS[name](parts) },
  ]);
  const server = new ApolloServer<PlainContext>({ schema, introspection: true });
  const { url } = await startStandaloneServer(server, {
    listen: { host: '127.0.0.1', port: 0 },
    context: ({ req }) => Promise.resolve({ user: userOf(req), payments: paymentsOf(parts) }),
  });
  return url;
}

/** Composition asks without a user; nobody has no roles. */
function userOf({ headers }: IncomingMessage): User {
  const header = headers[USER_HEADER];
  return typeof header === 'string' ? (JSON.parse(header) as User) : { subject: '', roles: [] };
}

/** @returns payments of grants, asked for together. */
function paymentsOf({ of }: PlainParts): DataLoader<string, Row[]> {
  return new DataLoader(async (ids) => {
    const found = await of('benefits', 'payments')
      .find({ grantId: { $in: [...ids] } })
      .toArray();
    return ids.map((id) => found.filter(({ grantId }) => grantId === id));
  });
}

import type { IncomingMessage } from 'node:http';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema } from '@apollo/subgraph';
import DataLoader from 'dataloader';
import { parse } from 'graphql';
import { systemOf, type Row } from '../names.js';
import type { PlainContext, PlainParts, SourceStatus } from './parts.js';
import { RESOLVERS } from './resolvers.js';
import type { User } from './rights.js';
import { typeDefsOf, type PlainName } from './type-defs.js';

/** The header in which the gateway tells subgraphs who asks. */
export const USER_HEADER = 'x-user';

const STALE_MS = 24 * 3_600_000;

/** Serves one subgraph at a port of its own. @returns its address */
export async function serveSubgraph(name: PlainName, parts: PlainParts): Promise<string> {
  const schema = buildSubgraphSchema([
    { typeDefs: parse(typeDefsOf(name)), resolvers: RESOLVERS[name](parts) },
  ]);
  const server = new ApolloServer<PlainContext>({ schema, introspection: true });
  const { url } = await startStandaloneServer(server, {
    listen: { host: '127.0.0.1', port: 0 },
    context: ({ req }) => Promise.resolve(contextOf(req, name, parts)),
  });
  return url;
}

function contextOf(request: IncomingMessage, name: PlainName, parts: PlainParts): PlainContext {
  const user = userOf(request);
  let sources: ReturnType<PlainContext['sources']> | undefined;
  const readSources = () => sourcesOf(parts, name, user);
  return { user, payments: paymentsOf(parts), sources: () => (sources ??= readSources()) };
}

/** Composition asks without a user; nobody has no roles. */
function userOf({ headers }: IncomingMessage): User {
  const header = headers[USER_HEADER];
  return typeof header === 'string' ? (JSON.parse(header) as User) : { subject: '', cvr: '', roles: [] };
}

/** @returns how current each source is for a user's authority. */
async function sourcesOf({ of, names }: PlainParts, name: PlainName, { cvr }: User): Promise<SourceStatus[]> {
  const rows = await of(name, 'freshness').find({}).toArray();
  return rows.flatMap((row) => {
    const [source = '', owner] = row._id.split('|');
    const asOf = row['lastDeliveryAt'] as Date;
    const state = Date.now() - asOf.getTime() > STALE_MS ? 'STALE' : 'CURRENT';
    return owner === cvr ? [{ sourceSystem: systemOf(source, names), state, asOf }] : [];
  });
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

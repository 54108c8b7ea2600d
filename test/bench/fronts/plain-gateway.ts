import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { readSchemaFile } from '../../../schema/sdl.js';

/** Apollo Gateway with its defaults over Overblik's supergraph; every subgraph is the stub's. */
const stub = process.env['STUB_URL']!;
const server = new ApolloServer({
  gateway: new ApolloGateway({
    supergraphSdl: readSchemaFile('supergraph.graphql'),
    buildService: ({ name }) => new RemoteGraphQLDataSource({ url: `${stub}/${name}` }),
  }),
});
const { url } = await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: 0 } });
console.log(`answers at ${url}`);

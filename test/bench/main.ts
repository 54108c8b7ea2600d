import '../../programs/no-telemetry.js';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import autocannon from 'autocannon';
import Fastify from 'fastify';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startGatewayProcess } from '../../programs/wiring/gateway-process.js';
import { buildSubgraphs, ingestPorts } from '../../programs/wiring/subgraphs.js';
import { AccessClient } from '../../gateway/auth/access-client.js';
import { DevelopmentIdentityProvider } from '../../seed/development/identity-provider.js';
import { gatewaySettingsShape } from '../../programs/settings.js';
import { inProcessTransport } from '../../gateway/transport/in-process.js';
import { readSchemaFile } from '../../schema/sdl.js';
import { SUBGRAPH_NAMES, type SubgraphName } from '../../schema/subgraph-names.js';
import { SIGN_INS } from '../../seed/development/sign-ins.js';
import type { Caller } from '../../subgraphs/shared/identity/caller.js';
import { mintIdentity } from '../../subgraphs/shared/identity/internal-identity.js';
import {
  identitySigner,
  identityVerifier,
  type SignIdentity,
} from '../../subgraphs/shared/identity/signature.js';
import { developmentKeys, publicKey } from '../../subgraphs/shared/settings/keys.js';
import { subgraphServer } from '../../subgraphs/shared/runtime/http-server.js';
import type { AuditWriter } from '../../subgraphs/shared/audit/writer.js';
import { manyGrants, measureDecisions } from './decisions.js';
import { measureSignIn } from './sign-in.js';
import { measureFeed } from './feed.js';
import { fanOutQueries } from './fan-out.js';
import { measureMatching } from './matching.js';
import { TYPICAL, plantTypicalCitizen } from './world.js';

/**
 * `npm run bench:parts`: single parts of Overblik, after the overview of a typical citizen through three fronts over the same subgraphs and the same store, in
 * one run, one after the other and the round repeated: Overblik all-in-one; plain Apollo Gateway with its documented defaults
 * over HTTP; a hand-written fan-out over HTTP. All three pay for decisions, identities and the log in the subgraphs. Prints
 * ratios and writes bench-results.json.
 */
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 8);
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3);
const CONNECTIONS = 4;
const GRANT_ROUNDS = 60;

interface Front {
  readonly name: string;
  readonly url: string;
  readonly body: string;
  readonly headers: Record<string, string>;
}

interface Measured {
  readonly requestsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly failed: number;
}

const directory = mkdtempSync(join(tmpdir(), 'overblik-bench-'));
const settings = gatewaySettingsShape.parse({
  OVERBLIK_MODE: 'development',
  DATA_DIR: directory,
  PORT: '0',
  SAML_DEVELOPMENT_PORT: '0',
  OPERATIONS_PORT: '0',
  LOG_LEVEL: 'silent',
  SEED_CITIZENS: '100',
});
const overblik = await startGatewayProcess(settings, {
  onSeedProgress: () => undefined,
  limitLookUps: false,
});
await overblik.prepared;
const keys = await developmentKeys(directory);
const ports = ingestPorts(overblik.store);
const citizenId = await plantTypicalCitizen(ports);
const signIn = SIGN_INS.find(({ name }) => name === 'vip-cleared')!;
const token = await new DevelopmentIdentityProvider(keys.identityProvider, 'overblik', false).issue(
  signIn,
  new Date(),
);
const operation = readSchemaFile('operations/CitizenOverview.graphql');

// The same subgraphs once more, behind HTTP, over the same store and with a real log.
const { openAudit } = await import('../../programs/wiring/audit.js');
const { createLogger } = await import('../../subgraphs/shared/settings/logger.js');
const audit = await openAudit(
  overblik.store,
  { process: 'bench', key: keys.audit, trustedKeys: undefined, mongodbUri: undefined, anchorFile: undefined },
  createLogger('bench', 'silent'),
);
const urls = await serveSubgraphs(audit.writer);
const sign = await identitySigner(keys.internal);
const caller = await resolveCaller();

async function serveSubgraphs(writer: AuditWriter): Promise<Record<SubgraphName, string>> {
  const built = await buildSubgraphs(overblik.store, {
    audit: writer,
    auditTrust: audit.trust,
    cursorKey: keys.cursor,
    verifyIdentity: identityVerifier({ keys: [publicKey(keys.internal)] }),
    now: () => new Date(),
    onError: (error) => console.error(error),
  });
  const served = await Promise.all(
    SUBGRAPH_NAMES.map(
      async (name) =>
        [
          name,
          `${await subgraphServer(built[name]).listen({ host: '127.0.0.1', port: 0 })}/graphql`,
        ] as const,
    ),
  );
  return Object.fromEntries(served) as Record<SubgraphName, string>;
}

async function resolveCaller(): Promise<Caller> {
  const built = await buildSubgraphs(overblik.store, {
    audit: audit.writer,
    auditTrust: audit.trust,
    cursorKey: keys.cursor,
    verifyIdentity: undefined,
    now: () => new Date(),
    onError: () => undefined,
  });
  const access = new AccessClient(inProcessTransport('access', built.access), () => new Date());
  const { subject, cvr, jobFunctionRoles, unit } = signIn;
  return access.resolve(
    {
      subject,
      cvr,
      roles: jobFunctionRoles.map((uri) => ({ uri, scope: cvr })),
      voids: [],
      assurance: 'SUBSTANTIAL',
      unit,
      personId: null,
      issuedAt: 0,
      expiresAt: Infinity,
    },
    'bench',
  );
}

function signedExtensions(
  name: string,
  body: {
    query: string;
    variables?: Record<string, unknown> | undefined;
    operationName?: string | undefined;
  },
  signer: SignIdentity,
) {
  const identity = mintIdentity(
    {
      kind: 'caller',
      audience: name,
      caller,
      purpose: null,
      lookupId: null,
      requestId: 'bench',
      operationName: null,
      body,
    },
    new Date(),
  );
  return signer(identity);
}

/** Apollo Gateway as its documentation shows it: RemoteGraphQLDataSource, with the identity our subgraphs demand. */
async function plainApollo(): Promise<string> {
  const server = new ApolloServer({
    gateway: new ApolloGateway({
      supergraphSdl: readSchemaFile('supergraph.graphql'),
      buildService: ({ name }) =>
        new RemoteGraphQLDataSource({
          url: urls[name as SubgraphName],
          async willSendRequest({ request }) {
            const { query = '', variables, operationName } = request;
            request.extensions = {
              identity: await signedExtensions(name, { query, variables, operationName }, sign),
            };
          },
        }),
    }),
  });
  return (await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: 0 } })).url;
}

/** What a team without federation writes: one HTTP call per subgraph, the person first, the sections side by side. */
async function handWritten(): Promise<string> {
  const app = Fastify();
  const call = async (name: SubgraphName, query: string): Promise<unknown> => {
    const body = {
      query,
      variables: name === 'citizens' ? { id: citizenId } : { r: [{ __typename: 'Citizen', id: citizenId }] },
    };
    const extensions = { identity: await signedExtensions(name, body, sign) };
    const response = await fetch(urls[name], {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...body, extensions }),
    });
    return response.json();
  };
  const { citizens, ...sections } = fanOutQueries(operation);
  app.post('/overview', async () => {
    const person = await call('citizens', citizens);
    const rest = await Promise.all(
      Object.entries(sections).map(([name, query]) => call(name as SubgraphName, query)),
    );
    return { person, rest };
  });
  return `${await app.listen({ host: '127.0.0.1', port: 0 })}/overview`;
}

function measure(front: Front): Promise<Measured> {
  return new Promise((resolve, reject) => {
    autocannon(
      {
        url: front.url,
        method: 'POST',
        headers: front.headers,
        body: front.body,
        connections: CONNECTIONS,
        duration: SECONDS,
      },
      (error: Error | null, result) => {
        if (error) return reject(error);
        resolve({
          requestsPerSecond: result.requests.average,
          p50: result.latency.p50,
          p99: result.latency.p99,
          failed: result.non2xx + result.errors,
        });
      },
    );
  });
}

const body = JSON.stringify({
  query: operation,
  operationName: 'CitizenOverview',
  variables: { id: citizenId },
});
const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
const fronts: Front[] = [
  { name: 'overblik', url: `${overblik.url}/graphql`, body, headers },
  { name: 'plain Apollo Gateway', url: await plainApollo(), body, headers },
  { name: 'hand-written fan-out', url: await handWritten(), body: '{}', headers },
];

for (const front of fronts) await checkAnswer(front);

/** A front that answers with an error, or with less than the typical citizen has, measures nothing. */
async function checkAnswer(front: Front): Promise<void> {
  const text = await (
    await fetch(front.url, { method: 'POST', headers: front.headers, body: front.body })
  ).text();
  const ids = text.match(/"caseNumber"/g)?.length ?? 0;
  if (text.includes('"errors"') || ids !== TYPICAL.cases)
    throw new Error(`${front.name} did not answer whole: ${text.slice(0, 300)}`);
}

const rounds: Record<string, Measured>[] = [];
for (let round = 0; round < ROUNDS; round++) {
  const results: Record<string, Measured> = {};
  // Each round begins with another front, so that no one always runs on a warmer machine.
  for (let i = 0; i < fronts.length; i++) {
    const front = fronts[(i + round) % fronts.length]!;
    results[front.name] = await measure(front);
    const { requestsPerSecond, p50, p99, failed } = results[front.name]!;
    console.log(
      `round ${round + 1}  ${front.name.padEnd(22)} ${requestsPerSecond.toFixed(1).padStart(7)}/s  p50 ${p50} ms  p99 ${p99} ms${failed ? `  FAILED ${failed}` : ''}`,
    );
  }
  rounds.push(results);
}

const median = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
const ratios = Object.fromEntries(
  ['plain Apollo Gateway', 'hand-written fan-out'].map((name) => [
    name,
    median(
      rounds.map((results) => results['overblik']!.requestsPerSecond / results[name]!.requestsPerSecond),
    ),
  ]),
);
for (const [name, ratio] of Object.entries(ratios))
  console.log(`overblik / ${name}: ${ratio.toFixed(2)} × the throughput (median of ${ROUNDS} rounds)`);
const decisions = measureDecisions([5, 200]);
for (const { grants, compileMs, thousandMs, permitted } of decisions)
  console.log(
    `decisions  ${String(grants).padStart(3)} grants: compiled in ${compileMs} ms, 1,000 records decided in ${thousandMs} ms (${permitted} shown)`,
  );
const grantCost = await measureGrantCost();
console.log(
  `overview   5 grants ${grantCost.fewMs} ms, 200 grants ${grantCost.manyMs} ms: ${grantCost.ratio} × (medians of ${grantCost.rounds} alternating requests each)`,
);

/** What 200 grants cost beside 5 for the same overview, asked in turn. */
async function measureGrantCost() {
  const begun = new Date('2020-01-01T00:00:00Z');
  const names = { few: 5, many: 200 };
  const uri = (name: string) => `http://overblik.invalid/bench/${name}`;
  await ports.access.configure(
    Object.entries(names).map(([name, count]) => ({
      cvr: signIn.cvr,
      key: uri(name),
      content: {
        kind: 'mapping',
        name,
        description: '',
        grants: [{ role: 'citizen-read' }, ...manyGrants(count)],
        validFrom: begun,
        validTo: null,
        caseNumber: null,
      },
    })),
    begun,
  );
  const provider = new DevelopmentIdentityProvider(keys.identityProvider, 'overblik', false);
  const times: Record<string, number[]> = { few: [], many: [] };
  const ask = async (name: string): Promise<void> => {
    const bearer = tokens[name]!;
    const started = performance.now();
    const response = await fetch(`${overblik.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
      body,
    });
    const text = await response.text();
    times[name]!.push(performance.now() - started);
    const shown = text.match(/"caseNumber"/g)?.length ?? 0;
    if (text.includes('"errors"') || shown !== TYPICAL.cases)
      throw new Error(`${name}: ${text.slice(0, 300)}`);
  };
  const tokens = Object.fromEntries(
    await Promise.all(
      Object.keys(names).map(async (name) => {
        const user = { ...signIn, subject: `bench-${name}`, jobFunctionRoles: [uri(name)] };
        return [name, await provider.issue(user, new Date())] as const;
      }),
    ),
  );
  // A running gateway learns of a new mapping within five seconds.
  await new Promise((resolve) => setTimeout(resolve, 5000));
  for (let i = 0; i < 20; i++) for (const name of Object.keys(names)) await ask(name);
  for (const list of Object.values(times)) list.length = 0;
  for (let i = 0; i < GRANT_ROUNDS; i++)
    for (const name of i % 2 === 0 ? ['few', 'many'] : ['many', 'few']) await ask(name);
  const [fewMs, manyMs] = [Math.round(median(times['few']!)), Math.round(median(times['many']!))];
  return { fewMs, manyMs, ratio: Number((manyMs / fewMs).toFixed(2)), rounds: GRANT_ROUNDS };
}

const signInCost = await signInMeasured();
console.log(
  `sign-in    bearer warm ${signInCost.bearerWarmUs.toFixed(1)} µs, session token warm ${signInCost.sessionTokenWarmUs.toFixed(1)} µs, assertion accepted in ${signInCost.assertionMs.toFixed(1)} ms; ticket issued in ${signInCost.ticketIssueMs.toFixed(1)} ms with HTTP and store, ${signInCost.ticketIssueOwnMs.toFixed(1)} ms of it not at the store, redeemed in ${signInCost.ticketRedeemMs.toFixed(1)} ms, ${signInCost.ticketRedeemOwnMs.toFixed(1)} ms`,
);

/** Sign-in, sessions and tickets of the running system, with a case of KSD of a seeded story. */
async function signInMeasured() {
  const story = overblik.stories().find(({ slug }) => slug === 'sickness-benefit')!;
  const cases = overblik.store.database('cases').collection('cases');
  const found = await cases.findOne({ partyIds: story.citizenId, 'access.source': 'KSD' });
  // A second gateway over the same store: watching commands costs time, which nothing else here should pay.
  const watched = await startGatewayProcess(settings, {
    onSeedProgress: () => undefined,
    monitorStore: true,
    limitLookUps: false,
  });
  await watched.prepared;
  const { client } = watched.store;
  const measured = await measureSignIn(watched.url, client, directory, keys, String(found!._id), story.cpr);
  await watched.close();
  return measured;
}

const matching = measureMatching();
console.log(
  `matching   one message against ${matching.groups} alert groups: ${matching.messageMs.toFixed(3)} ms (compiled in ${matching.compileMs.toFixed(0)} ms, ${matching.matches.toFixed(1)} matches)`,
);
const feed = await measureFeed();
console.log(
  `feed       ${feed.records} records by HTTP: ${feed.perSecond} records/s over all, by tenths ${feed.tenths.join(' ')}; resident ${feed.residentMb.join(' ')} MB; overview p50 ${feed.overviewP50Before} ms before, ${feed.overviewP50During} ms meanwhile, ${feed.overviewP50After} ms after; ${feed.rejected} rejected`,
);

const machine = { cpus: cpus().length, model: cpus()[0]?.model, node: process.version };
writeFileSync(
  'bench-results.json',
  `${JSON.stringify({ machine, seconds: SECONDS, connections: CONNECTIONS, citizen: TYPICAL, rounds, ratios, decisions, grantCost, signIn: signInCost, matching, feed }, null, 2)}\n`,
);
rmSync(directory, { recursive: true, force: true });
process.exit(0);

import { MongoClient } from 'mongodb';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSchemaFile } from '../../../schema/sdl.js';
import { front, startChild } from './child.js';
import { differing, factsOf } from './facts.js';
import { fromMemory, program, startFronts } from './fronts.js';
import { measure, type Front, type Measured } from './measure.js';
import { printResults } from './report.js';

/** `npm run bench`: one person's overview through several fronts over one store, each in processes of its own (docs/performance.md). */
const quick = process.argv.includes('--quick');
const ROUNDS = quick ? 3 : 7;
const SECONDS = quick ? 2 : 8;
const CONNECTIONS = [1, 4];

const directory = mkdtempSync(join(tmpdir(), 'overblik-bench-'));
const base = { OVERBLIK_MODE: 'development', DATA_DIR: directory, LOG_LEVEL: 'silent', SEED_CITIZENS: '100' };
const store = await startChild(program('store'), [], base);
const environment = {
  ...base,
  MONGODB_URI: store.answersAt,
  PORT: '0',
  OPERATIONS_PORT: '0',
  SAML_DEVELOPMENT_PORT: '0',
  ADDRESS_REQUESTS_PER_MINUTE: '10000000',
};
const planted = await startChild(front('plant'), [], environment);
const { citizenId, token } = JSON.parse(planted.answersAt) as { citizenId: string; token: string };
const operation = { operationName: 'CitizenOverview', variables: { id: citizenId } };
const asked = {
  headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
  body: JSON.stringify({ query: readSchemaFile('operations/CitizenOverview.graphql'), ...operation }),
};
const ask = async ({ url }: Front): Promise<string> =>
  (await fetch(url, { method: 'POST', ...asked })).text();

const fronts = await startFronts(environment);
const bytes = join(directory, 'overview.json');
writeFileSync(bytes, await ask(fronts[0]!));
fronts.push(await fromMemory(bytes));

const client = await MongoClient.connect(store.answersAt);
const logs = ['overblik_audit', 'bench_log'].map((name) => client.db(name).collection('entries'));
const logEntries = async (): Promise<number> =>
  (await Promise.all(logs.map((log) => log.countDocuments({})))).reduce((sum, count) => sum + count, 0);

/** A front that shows less, or something else, measures nothing. */
async function checkAnswers(): Promise<void> {
  const [first, ...others] = await Promise.all(
    fronts.map(async (each) => ({ name: each.name, facts: factsOf(each.name, await ask(each)) })),
  );
  for (const { name, facts } of others)
    if (facts !== first!.facts)
      throw new Error(`${name} and ${first!.name} tell different facts: ${differing(first!.facts, facts)}`);
}

await checkAnswers();
const surroundings = { store, logEntries, seconds: SECONDS };
const rounds: { front: string; connections: number; measured: Measured }[] = [];
for (const each of fronts) await measure(each, asked, 4, { ...surroundings, seconds: 2 });
for (let round = 0; round < ROUNDS; round++)
  for (const connections of CONNECTIONS)
    // Each round begins with another front, so that none always follows the same one.
    for (let i = 0; i < fronts.length; i++) {
      const next = fronts[(i + round) % fronts.length]!;
      const measured = await measure(next, asked, connections, surroundings);
      rounds.push({ front: next.name, connections, measured });
    }
await checkAnswers();

const names = fronts.map(({ name }) => name);
const machine = { cpus: cpus().length, model: cpus()[0]?.model, node: process.version, load: loadavg() };
console.log(`${machine.cpus} × ${machine.model}, Node ${machine.node}, load ${machine.load[0]?.toFixed(1)}`);
console.log(`${ROUNDS} interleaved rounds of ${SECONDS} s each`);
printResults(names, CONNECTIONS, rounds);
writeFileSync('bench-overview.json', `${JSON.stringify({ machine, rounds }, null, 2)}\n`);
await client.close();
for (const child of [...fronts.flatMap(({ processes }) => processes), store]) child.stop();
rmSync(directory, { recursive: true, force: true });
process.exit(0);

import { MongoClient } from 'mongodb';
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { count, type Counts } from './counts.js';
import { differing, factsOf } from './facts.js';
import { startCounting, startFronts } from './fronts.js';
import { measureGrowth, printGrowth, type Grown } from './growth.js';
import { ask, measure, type Front, type Measured } from './measure.js';
import { readOptions } from './options.js';
import { printCounts, printOpenings, printResults, type TakenRound } from './report.js';
import { setStage } from './stage.js';

/** `npm run bench`: one person's overview through several fronts over one store, each in processes of its own (docs/performance.md). */
const options = readOptions(process.argv.slice(2));
const stage = await setStage(options.growth);
const fronts = await startFronts(options.fronts, stage);
const clients = new Map<string, MongoClient>();

/** @returns the entries of the logs that the fronts over a store write. */
async function logEntries(storeUri: string | undefined): Promise<number> {
  if (storeUri === undefined) return 0;
  const client = clients.get(storeUri) ?? (await MongoClient.connect(storeUri));
  clients.set(storeUri, client);
  const logs = ['overblik_audit', 'bench_log'].map((name) => client.db(name).collection('entries'));
  return (await Promise.all(logs.map((log) => log.countDocuments({})))).reduce((sum, some) => sum + some, 0);
}

/** A front that shows less, or something else, measures nothing. @returns the bytes of each front's answer */
async function checkAnswers(asked: readonly Front[]): Promise<Record<string, number>> {
  const answers: { name: string; facts: string }[] = [];
  const bytes: Record<string, number> = {};
  for (const each of asked) {
    const text = await ask(each);
    bytes[each.name] = Buffer.byteLength(text);
    answers.push({ name: each.name, facts: factsOf(each.name, text) });
  }
  const [first, ...others] = answers;
  for (const { name, facts } of others)
    if (facts !== first!.facts)
      throw new Error(`${name} and ${first!.name} tell different facts: ${differing(first!.facts, facts)}`);
  return bytes;
}

async function takeRounds(): Promise<TakenRound[]> {
  const rounds: TakenRound[] = [];
  const { secondsPerRound: seconds } = options;
  for (const each of fronts) await measure(each, { connections: 4, seconds: 2, logEntries });
  for (let round = 0; round < options.rounds; round++)
    for (const connections of options.connections)
      // Each round begins with another front, so that none always follows the same one.
      for (let i = 0; i < fronts.length; i++) {
        const next = fronts[(i + round) % fronts.length]!;
        const measured = await measure(next, { connections, seconds, logEntries });
        rounds.push({ front: next.name, connections, measured });
      }
  return rounds;
}

/** A person's first screen as the page asks for it: one operation, one caseworker. */
async function takeOpenings(): Promise<Measured[]> {
  const own = fronts.find(({ name }) => name === 'all-in-one');
  if (!own) return [];
  const asked = { ...own, asked: stage.opening };
  const round = { connections: 1, seconds: options.secondsPerRound, logEntries };
  await measure(asked, round);
  const openings: Measured[] = [];
  for (let i = 0; i < options.rounds; i++) openings.push(await measure(asked, round));
  return openings;
}

async function countCommands(): Promise<Counts[]> {
  const counts: Counts[] = [];
  for (const name of options.fronts) {
    const counting = await startCounting(name, stage);
    if (!counting) continue;
    counts.push(await count(counting));
    for (const child of counting.processes) child.stop();
  }
  return counts;
}

const bytes = await checkAnswers(fronts);
const rounds = await takeRounds();
await checkAnswers(fronts);
const openings = await takeOpenings();
const counts = await countCommands();
const grown: Grown[] = [];
for (const each of fronts) grown.push(...(await measureGrowth(each, stage, options.growthQuestions)));

const machine = { cpus: cpus().length, model: cpus()[0]?.model, node: process.version, load: loadavg() };
console.log(`${machine.cpus} × ${machine.model}, Node ${machine.node}, load ${machine.load[0]?.toFixed(1)}`);
console.log(`${options.rounds} interleaved rounds of ${options.secondsPerRound} s each`);
const sizes = Object.entries(bytes).map(([name, size]) => `${name} ${size}`);
console.log(`bytes of an answer: ${sizes.join(', ')}`);
printResults(options.fronts, options.connections, rounds);
printOpenings(openings);
printCounts(counts);
printGrowth(grown);
writeFileSync(
  'bench-overview.json',
  `${JSON.stringify({ machine, bytes, rounds, openings, counts, grown }, null, 2)}\n`,
);
await Promise.all([...clients.values()].map((client) => client.close()));
for (const child of fronts.flatMap(({ processes }) => processes)) child.stop();
stage.end();
process.exit(0);

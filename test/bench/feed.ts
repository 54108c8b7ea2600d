import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { spawn } from 'node:child_process';
import { makeAssertion } from '../../gateway/auth/assertion.js';
import { DevelopmentIdentityProvider } from '../../seed/development/identity-provider.js';
import { readSchemaFile } from '../../schema/sdl.js';
import { SIGN_INS } from '../../seed/development/sign-ins.js';
import { systemId } from '../../seed/source-systems.js';
import { beginWorld } from '../../seed/stories/tell.js';
import { generateFamilies } from '../../seed/world/generate.js';
import { developmentKeys } from '../../subgraphs/shared/settings/keys.js';
import type { FeedInput } from '../../subgraphs/shared/records/records.js';
import { freePort } from './free-port.js';

export interface FeedMeasured {
  readonly records: number;
  readonly perSecond: number;
  /** Rates of the ten tenths of the feed, in order: growth shows here. */
  readonly tenths: readonly number[];
  /** Resident memory of the product's process after each tenth, in MB. */
  readonly residentMb: readonly number[];
  readonly overviewP50Before: number;
  readonly overviewP50During: number;
  /** With all the records there and nothing sent: what growth alone costs. */
  readonly overviewP50After: number;
  readonly rejected: number;
}

const BATCH = 2000;
const RECORDS = Number(process.env['BENCH_RECORDS'] ?? 200_000);

/**
 * Mixed records of a synthetic municipality by HTTP into the embedded store of a running all-in-one process, sent by this one, in the
 * order a first load has: each family's persons, then what their source systems hold.
 */
export async function measureFeed(): Promise<FeedMeasured> {
  const port = await freePort();
  const directory = mkdtempSync(join(tmpdir(), 'overblik-bench-feed-'));
  const program = spawn(process.execPath, ['dist/programs/gateway.js'], {
    env: {
      ...process.env,
      OVERBLIK_MODE: 'development',
      DATA_DIR: directory,
      PORT: String(port),
      SAML_DEVELOPMENT_PORT: '0',
      OPERATIONS_PORT: '0',
      SEED_CITIZENS: '100',
      LOG_LEVEL: 'silent',
    },
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}`;
  try {
    while (!(await fetch(`${url}/health/ready`).catch(() => undefined))?.ok) await pause(200);
    return await feed(url, directory, program.pid!);
  } finally {
    program.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  }
}

async function feed(url: string, directory: string, pid: number): Promise<FeedMeasured> {
  const overview = await overviewOf(url, directory);
  const before = await timesOf(overview, 20);
  const during: number[] = [];
  const state = { feeding: true };
  const looking = (async () => {
    while (state.feeding) {
      during.push(...(await timesOf(overview, 1)));
      await pause(500);
    }
  })();
  const { sourceSystems } = await developmentKeys(directory);
  const tenths: number[] = [];
  const residentMb: number[] = [];
  const loads = [...prepared()];
  let [records, rejected, since, sinceRecords] = [0, 0, performance.now(), 0];
  const started = performance.now();
  const send = async ({ system, body }: Sent): Promise<void> => {
    const response = await fetch(`${url}/feed/v1/records`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-ndjson',
        'content-encoding': 'gzip',
        authorization: `Bearer ${await makeAssertion(systemId(system), sourceSystems, 'overblik-feed', new Date())}`,
      },
      body: new Uint8Array(body),
    });
    const answer = (await response.json()) as { delivered: number; rejected: number };
    records += answer.delivered;
    rejected += answer.rejected;
    sinceRecords += answer.delivered;
    if (sinceRecords >= RECORDS / 10) {
      tenths.push(Math.round(sinceRecords / ((performance.now() - since) / 1000)));
      residentMb.push(residentOf(pid));
      [since, sinceRecords] = [performance.now(), 0];
    }
  };
  for (const { register, others } of loads) {
    for (const delivery of register) await send(delivery);
    await besideEachOther(others, send);
  }
  const perSecond = Math.round(records / ((performance.now() - started) / 1000));
  state.feeding = false;
  await looking;
  const after = await timesOf(overview, 20);
  return {
    records,
    perSecond,
    tenths,
    residentMb,
    overviewP50Before: median(before),
    overviewP50During: median(during),
    overviewP50After: median(after),
    rejected,
  };
}

interface Sent {
  readonly system: string;
  readonly body: Buffer;
}

/** What is sent one after the other, and what several systems send beside each other. */
interface Load {
  readonly register: readonly Sent[];
  readonly others: readonly Sent[];
}

/** As many systems as send at once. */
const SENDERS = 3;

async function besideEachOther(all: readonly Sent[], send: (delivery: Sent) => Promise<void>): Promise<void> {
  const waiting = [...all];
  const sender = async () => {
    for (let delivery = waiting.shift(); delivery; delivery = waiting.shift()) await send(delivery);
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
}

/** A world as of yesterday: none of its registrations lies in the future. */
const yesterday = () => new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);

/** Records by the system that sends them, packed before the clock starts; persons go before what is about them. */
function* prepared(): Generator<Load> {
  const { world } = beginWorld({ seed: 'bench-feed', date: yesterday() });
  let waiting = new Map<string, FeedInput[]>();
  let [count, all] = [0, 0];
  for (const family of generateFamilies(world, 1_000_000)) {
    for (const record of family.records) {
      if (record.type === 'remark') continue;
      waiting.set(record.source, [...(waiting.get(record.source) ?? []), record]);
      count++;
    }
    if (count < BATCH * 6) continue;
    const packed = [...waiting].map(([system, batch]) => ({
      system,
      body: gzipSync(batch.map((record) => JSON.stringify(record)).join('\n')),
    }));
    yield {
      register: packed.filter(({ system }) => system === 'CPR'),
      others: packed.filter(({ system }) => system !== 'CPR'),
    };
    all += count;
    if (all >= RECORDS) return;
    [waiting, count] = [new Map(), 0];
  }
}

async function overviewOf(url: string, directory: string): Promise<() => Promise<void>> {
  const keys = await developmentKeys(directory);
  const provider = new DevelopmentIdentityProvider(keys.identityProvider, 'overblik', false);
  const token = await provider.issue(
    SIGN_INS.find(({ name }) => name === 'vip-cleared')!,
    new Date(),
  );
  const directoryPage = (await (await fetch(`${url}/dev/directory`)).json()) as {
    stories: { citizenId: string }[];
  };
  const query = readSchemaFile('operations/CitizenOverview.graphql');
  return async () => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables: { id: directoryPage.stories[0]!.citizenId } }),
    });
    await response.arrayBuffer();
  };
}

async function timesOf(act: () => Promise<void>, times: number): Promise<number[]> {
  const took: number[] = [];
  for (let i = 0; i < times; i++) {
    const begun = performance.now();
    await act();
    took.push(performance.now() - begun);
  }
  return took;
}

function residentOf(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!;
  return Math.round(Number(kilobytes) / 1024);
}

const median = (values: readonly number[]): number =>
  Math.round([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0);

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

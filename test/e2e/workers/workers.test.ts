import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  BENEFIT_ROLE,
  DRAFT_MAPPING,
  DRAFT_SETTINGS,
  enforce,
  itemOf,
  mappingInput,
  must,
  until,
} from '../../kit/administration.js';
import { isRunning, startCluster, type Cluster } from '../../kit/cluster.js';
import { askBySession, signInBySaml } from '../../kit/saml-sign-in.js';
import { startProcess } from '../../kit/stack.js';
import { temporaryDirectory } from '../../kit/store.js';

/** WORKERS=2: two processes on one port over one embedded store, as an operator starts and ends them. */
const ME = '{ me { grants { role kle } } }';
const OPEN = 'query Opened($id: ID!) { citizen(id: $id) { name } }';
const RUN = /^overblik_requests_total\{outcome="run"/;
const NEW_CONNECTION = { connection: 'close' };

let directory: string;
let remove: () => void;
let cluster: Cluster;
beforeAll(async () => {
  ({ path: directory, remove } = temporaryDirectory());
  cluster = await startCluster(directory, 2);
}, 240_000);
afterAll(async () => {
  await cluster.program.kill();
  remove();
});

/** @returns how many operations each worker has run since `before` */
async function runSince(before: Record<string, number>): Promise<number[]> {
  const now = await cluster.byWorker(RUN);
  return ['1', '2'].map((worker) => (now[worker] ?? 0) - (before[worker] ?? 0));
}

const ready = async () => {
  const answer = await fetch(`${cluster.operationsUrl}/health/ready`);
  return [answer.status, (await answer.json()) as unknown];
};

test('the operations port answers for both: ready, and what each has counted', async () => {
  expect(await ready()).toEqual([200, { ready: true, down: [] }]);
  expect(await cluster.byWorker(/^overblik_workers /)).toEqual({ '': 2 });
  expect(Object.keys(await cluster.byWorker(/^overblik_resident_memory_bytes/))).toEqual(['1', '2']);
  const text = await (await fetch(`${cluster.operationsUrl}/metrics`)).text();
  const lag = text.split('\n').filter((line) => line.startsWith('overblik_source_records{'));
  expect(lag.length).toBeGreaterThan(5);
  expect(new Set(lag).size).toBe(lag.length);
  expect(lag.join()).not.toContain('worker=');
});

test('a session that one worker began holds at both, and so does its end', async () => {
  const before = await cluster.byWorker(RUN);
  const { agent } = await signInBySaml(cluster, 'benefit-caseworker');
  const headers = { origin: cluster.url, ...NEW_CONNECTION };
  for (let i = 0; i < 12; i++) {
    const { status, body } = await askBySession(cluster, agent, ME, {}, headers);
    expect([status, body.errors]).toEqual([200, undefined]);
  }
  const counts = await runSince(before);
  expect(counts.reduce((sum, count) => sum + count)).toBe(12);
  for (const count of counts) expect(count).toBeGreaterThan(2);
  // The browser's cookies are taken away; a thief who has kept them has five seconds at either worker.
  const kept = new Map(agent.cookies(cluster.url));
  await agent.send(`${cluster.url}/session/end`, { method: 'POST', headers });
  for (const [name, value] of kept) agent.cookies(cluster.url).set(name, value);
  const refused = async () => (await askBySession(cluster, agent, ME, {}, headers)).status === 401;
  await until(
    async () => (await refused()) && (await refused()) && (await refused()) && (await refused()),
    5,
  );
});

test('a change of a mapping is seen at both within five seconds', async () => {
  const grants = async () =>
    (await must(cluster, 'benefit-caseworker', ME, {})).data.me.grants.length as number;
  const before = await grants();
  const input = await mappingInput(cluster);
  await must(cluster, 'role-admin', DRAFT_MAPPING, { input: { ...input, grants: input.grants.slice(0, 1) } });
  await enforce(cluster, 'MAPPING', BENEFIT_ROLE);
  const seen = async () => (await grants()) < before;
  await until(async () => (await seen()) && (await seen()) && (await seen()) && (await seen()), 5);
});

test('the look-ups of an hour are counted over both', async () => {
  const settings = {
    ...{ sectionsOff: [], remarkTypes: [], liftMinutes: 60, reviewDays: 7, sessionIdleMinutes: 30 },
    ...{ sessionHours: 10, ownRecord: 'REFUSE', kin: 'REFUSE', colleagues: 'ALARM', lookUpsPerHour: 6 },
    why: 'The municipality has decided so.',
  };
  const revision = (await itemOf(cluster, 'SETTINGS', 'settings'))?.revision ?? 0;
  await must(cluster, 'role-admin', DRAFT_SETTINGS, { input: { ...settings, revision } });
  await enforce(cluster, 'SETTINGS', 'settings');
  const RULE = '{ settingsInForce { lookUpsPerHour } }';
  const inForce = async () =>
    (await must(cluster, 'role-admin', RULE, {})).data.settingsInForce.lookUpsPerHour === 6;
  await until(async () => (await inForce()) && (await inForce()) && (await inForce()) && (await inForce()));
  const listed = await fetch(`${cluster.url}/dev/directory`);
  const { stories } = (await listed.json()) as { stories: { citizenId: string }[] };
  const statuses: number[] = [];
  for (const { citizenId } of stories.slice(0, 10))
    statuses.push((await cluster.ask('family-adviser', OPEN, { id: citizenId })).status);
  expect(statuses).toEqual([...Array<number>(6).fill(200), ...Array<number>(4).fill(429)]);
});

describe('a worker that is killed', () => {
  test('is missed by readiness, its work is done by the other, and another one comes', async () => {
    const before = cluster.workers();
    process.kill(before[0]!, 'SIGKILL');
    const line = await cluster.program.says(/\{[^\n]*worker ended[^\n]*\}/);
    expect(JSON.parse(line)).toMatchObject({
      level: 50,
      process: 'gateway',
      signal: 'SIGKILL',
      pauseMs: 1000,
    });
    const { worker } = JSON.parse(line) as { worker: number };
    expect(await ready()).toEqual([503, { ready: false, reasons: [`worker ${worker}: no answer`] }]);
    for (let i = 0; i < 10; i++) expect((await cluster.ask('benefit-caseworker', ME)).errors).toEqual([]);
    await until(async () => (await ready())[0] === 200);
    expect(cluster.workers()).toHaveLength(2);
    expect(cluster.workers()).not.toContain(before[0]);
    expect(await cluster.byWorker(/^overblik_workers_replaced_total /)).toEqual({ '': 1 });
    const counted = await cluster.byWorker(RUN);
    for (let i = 0; i < 8; i++) await cluster.ask('benefit-caseworker', ME);
    for (const count of await runSince(counted)) expect(count).toBeGreaterThan(1);
  }, 120_000);
});

describe('the end', () => {
  const ended = (program: Cluster['program']) =>
    new Promise((resolve) => program.child.once('exit', (code, signal) => resolve(signal ?? code)));

  test('TERM ends the workers, then the first process; the log they have written is whole', async () => {
    const workers = cluster.workers();
    const end = ended(cluster.program);
    cluster.program.child.kill('SIGTERM');
    expect(await end).toBe(0);
    expect(workers.filter(isRunning)).toEqual([]);
    const verify = startProcess('programs/verify-audit.js', { DATA_DIR: directory });
    expect(await verify.says(/The log (is whole|has)[^\n]*/)).toBe('The log is whole.');
  }, 60_000);

  test('a second TERM ends at once what does not stop, and nobody outlives a first process that is killed', async () => {
    cluster = await startCluster(directory, 2);
    const [stuck, ...others] = cluster.workers();
    process.kill(stuck!, 'SIGSTOP');
    const end = ended(cluster.program);
    const from = performance.now();
    cluster.program.child.kill('SIGTERM');
    await until(() => Promise.resolve(!others.some(isRunning)));
    cluster.program.child.kill('SIGTERM');
    expect(await end).toBe(1);
    expect(performance.now() - from).toBeLessThan(9000);
    await until(() => Promise.resolve(!isRunning(stuck!)));

    cluster = await startCluster(directory, 2);
    const left = cluster.workers();
    await cluster.program.kill();
    await until(() => Promise.resolve(!left.some(isRunning)));
  }, 120_000);

  test('wrong settings that only a worker finds end the first process with its code', async () => {
    const program = startProcess('programs/gateway.js', {
      ...{ DATA_DIR: directory, OVERBLIK_MODE: 'development', WORKERS: '2', SEED_CITIZENS: '0' },
      ...{ HOST: '192.0.2.1', PORT: '0', OPERATIONS_PORT: '0', SAML_DEVELOPMENT_PORT: '0' },
    });
    expect(await ended(program)).toBe(78);
    expect(program.output()).toContain('this machine has no such address');
  }, 60_000);
});

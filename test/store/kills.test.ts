import { afterEach, expect, test } from '@jest/globals';
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { readManifest } from '../../store/backup-manifest.js';
import { checkStore } from '../../store/embedded/check.js';
import { Engine } from '../../store/embedded/engine.js';
import { migrate } from '../../store/embedded/migrations/migrate.js';
import { randomOf } from '../kit/random-writes.js';
import { killHard, killStoreProcesses, watched } from '../kit/store-process.js';
import { temporaryDirectory } from '../kit/store.js';

/** A few with each run; `KILLS=1000` for all (docs/operations.md). */
const KILLS = Number(process.env['KILLS'] ?? 12);
const SEED = Number(process.env['KILLS_SEED'] ?? 1);

const TASKS = ['write', 'write', 'write', 'copy', 'migrate'] as const;
type Task = (typeof TASKS)[number];
type Change = readonly (readonly [id: number, text: string | null])[];
type Model = Map<number, string>;

const { path: directory, remove } = temporaryDirectory();
const random = randomOf(SEED);
const copyTo = join(directory, 'copy');
const model: Model = new Map();
const seen: Record<string, number> = {};
const count = (name: string) => (seen[name] = (seen[name] ?? 0) + 1);

afterEach(async () => {
  await killStoreProcesses();
  remove();
});

interface Victim {
  readonly child: ChildProcessByStdio<Writable, Readable, null>;
  readonly lines: AsyncIterator<string>;
  readonly reader: Interface;
}

async function startVictim(task: Task): Promise<Victim> {
  const probe = join(import.meta.dirname, 'probes', 'killed.mjs');
  const stdio: ['pipe', 'pipe', 'inherit'] = ['pipe', 'pipe', 'inherit'];
  const child = watched(spawn(process.execPath, [probe, task, directory, copyTo], { stdio }));
  child.stdin.on('error', () => undefined);
  const reader = createInterface(child.stdout);
  const lines = reader[Symbol.asyncIterator]();
  expect(await lines.next()).toMatchObject({ value: 'ready' });
  return { child, lines, reader };
}

/** Kills after so many turns; what it is doing then is up to chance. */
async function killSoon({ child }: Victim): Promise<void> {
  for (let turn = random(400); turn > 0; turn--) await new Promise((go) => setImmediate(go));
  await killHard({ child });
}

function anyChange(): Change {
  const text = () => (random(4) === 0 ? null : `\0${random(1e9)}${'x'.repeat(random(3000))}`);
  return Array.from({ length: 1 + random(60) }, () => [random(800), text()] as const);
}

function apply(change: Change, to: Model): void {
  for (const [id, text] of change)
    if (text === null) to.delete(id);
    else to.set(id, text);
}

/** @returns the change that was under way when it was killed */
async function writeAndKill(): Promise<Change> {
  const victim = await startVictim('write');
  for (let left = 1 + random(4); left > 0; left--) {
    const change = anyChange();
    victim.child.stdin.write(`${JSON.stringify(change)}\n`);
    expect(await victim.lines.next()).toMatchObject({ value: 'kept' });
    apply(change, model);
    count('acknowledged changes');
  }
  const last = anyChange();
  victim.child.stdin.write(`${JSON.stringify(last)}\n`);
  await killSoon(victim);
  return last;
}

async function killWithin(task: 'copy' | 'migrate'): Promise<Change> {
  if (task === 'copy') rmSync(copyTo, { recursive: true, force: true });
  const victim = await startVictim(task);
  await killSoon(victim);
  return [];
}

/** The records are as acknowledged, or with the change under way: whole. */
async function prove(last: Change): Promise<void> {
  const engine = new Engine({ path: join(directory, 'store.lmdb'), maxBytes: 1 << 30 });
  if (engine.version === 1) count('migrations that were broken off');
  await migrate(engine, undefined);
  const rows = engine.collection('t.rows')!;
  const found: Model = new Map();
  for (const handle of rows.handles()) {
    const { _id, text } = rows.doc(handle) as { _id: number; text: string };
    found.set(_id, text);
  }
  expect(checkStore(engine).faults).toEqual([]);
  await engine.close();
  const after = new Map(model);
  apply(last, after);
  const byId = (some: Model) => JSON.stringify([...some].sort(([a], [b]) => a - b));
  const isAfter = byId(found) === byId(after);
  if (!isAfter) expect(byId(found) === byId(model)).toBe(true);
  else if (last.length > 0) count('changes under way that were kept');
  model.clear();
  for (const [id, text] of found) model.set(id, text);
}

/** A copy that was broken off is no backup. */
function proveCopyIsWholeOrNone(): void {
  try {
    expect(readManifest(copyTo).collections[0]?.records).toBe(model.size);
    count('copies that were finished');
  } catch (error) {
    expect(error).toMatchObject({ name: 'NoBackup' });
    count('copies that were broken off');
  }
}

test(
  `a process that is killed in a commit, a copy or a migration loses nothing (seed ${SEED}, ${KILLS} kills)`,
  async () => {
    await prove(await writeAndKill());
    for (let kill = 1; kill < KILLS; kill++) {
      const task = TASKS[random(TASKS.length)]!;
      count(`killed: ${task}`);
      await prove(task === 'write' ? await writeAndKill() : await killWithin(task));
      if (task === 'copy') proveCopyIsWholeOrNone();
    }
    if (KILLS > 50) console.log(JSON.stringify({ ...seen, records: model.size }));
  },
  60_000 + KILLS * 10_000,
);

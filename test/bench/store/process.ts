import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connectStore, type StoreConnection } from '../../../store/connection.js';

/** The embedded store in a process of its own, and a driver connected to it. */
export interface StoreAlone {
  readonly connection: StoreConnection;
  /** Milliseconds from the start of the process to the first answer. */
  readonly openedMs: number;
  /** Resident memory of the process, in MB. */
  residentMb(): number;
  /** Records that searches have examined since the start. */
  examined(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts the built program of the store over a data directory. */
export async function startStoreAlone(directory: string): Promise<StoreAlone> {
  const begun = performance.now();
  const child = spawn(process.execPath, ['dist/programs/store.js'], {
    env: { ...process.env, DATA_DIR: directory, STORE_MAX_MB: '65536' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const connection = await connectStore(await addressOf(child));
  await connection.client.db('admin').command({ ping: 1 });
  const openedMs = performance.now() - begun;
  return {
    connection,
    openedMs,
    residentMb: () => residentOf(child),
    async examined() {
      const { examined } = await connection.client.db('admin').command({ serverStatus: 1 });
      return Number(examined);
    },
    async stop() {
      await connection.close();
      const exited = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await exited;
    },
  };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.once('exit', () => reject(new Error(`the store ended: ${text}`)));
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const uri = /mongodb:\/\/\S+/.exec(text)?.[0];
      if (uri !== undefined) resolve(uri);
    });
  });
}

function residentOf({ pid }: ChildProcess): number {
  const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024);
}

import { type ChildProcess, type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { builtFile } from './processes.js';

/** A process of `npm run store`, or of whatever else opens a store and says so. */
export interface StoreProcess {
  readonly child: ChildProcess;
  readonly uri: string;
  /** Whether it found a store that answers; such a process of `npm run store` ends at once. */
  readonly attached: boolean;
}

const children: ChildProcess[] = [];

/**
 * Starts the store's program as a process of its own, so that it can be killed.
 * @param command what runs the program, when that is not Node itself
 */
export function startStoreProcess(
  dataDir: string,
  command: readonly string[] = [process.execPath, builtFile('programs/store.js')],
): Promise<StoreProcess> {
  const [program, ...args] = command;
  const child = spawn(program!, args, {
    env: { ...process.env, DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return sayingWhere(watched(child));
}

/** A store with little room for its files. */
interface CrampedStore extends StoreProcess {
  /** Gives it all the room there is. */
  more(): void;
}

/** Starts `npm run store` so that its files may hold `kilobytes` at most: beyond that the system refuses to write, as a full disk does. */
export async function startCrampedStore(dataDir: string, kilobytes: number): Promise<CrampedStore> {
  const program = `ulimit -S -f ${kilobytes}; exec "${process.execPath}" "${builtFile('programs/store.js')}"`;
  const store = await startStoreProcess(dataDir, ['bash', '-c', program]);
  return { ...store, more: () => limitFiles(store, 'unlimited') };
}

/** From now on the files of a store may hold so many bytes each. */
export function limitFiles({ child }: Pick<StoreProcess, 'child'>, bytes: number | 'unlimited'): void {
  execFileSync('prlimit', ['--pid', String(child.pid), `--fsize=${bytes}:unlimited`]);
}

/** A process that `killStoreProcesses` ends too. */
export function watched<T extends ChildProcess>(child: T): T {
  children.push(child);
  return child;
}

function sayingWhere(child: ChildProcessByStdio<null, Readable, null>): Promise<StoreProcess> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.once('exit', (code) => reject(new Error(`store exited with ${String(code)}`)));
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const uri = /mongodb:\/\/\S+/.exec(text)?.[0];
      if (uri) resolve({ child, uri, attached: text.includes('already answers') });
    });
  });
}

/** Ends a process without a word to it, and waits until it is gone. */
export async function killHard({ child }: Pick<StoreProcess, 'child'>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await exited;
}

/** Ends all that a test has left. */
export async function killStoreProcesses(): Promise<void> {
  await Promise.all(children.splice(0).map((child) => killHard({ child })));
}

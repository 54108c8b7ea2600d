import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { BroadcastChannel, isMainThread } from 'node:worker_threads';

/** What a process has used since it began. */
export interface Usage {
  /** Its child processes included. */
  readonly cpuMs: number;
  /** Of the main thread; undefined where the system does not tell. */
  readonly mainMs: number | undefined;
  /** Of the threads the program itself has started: in a process that keeps the embedded store, the store's thread. */
  readonly workerMs: number | undefined;
  /** Commands sent to the store, by command and collection, in a front that was asked to count them. */
  readonly commands: Readonly<Record<string, number>>;
  readonly commandBytes: number;
}

/** Filled by `commands.ts`, in the fronts that use the driver. */
export const counted = { commands: {} as Record<string, number>, bytes: 0 };

const CHANNEL = 'bench-threads';
const THREADS = '/proc/self/task';

/** Preloaded into every thread of a measured process: workers tell their number, the main thread answers with what was used. */
if (isMainThread) answerQuestions();
else tellNumber();

function answerQuestions(): void {
  const workers = new Set<string>();
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = (message) => workers.add((message as { data: string }).data);
  channel.unref();
  process.on('message', () => process.send?.(usage(workers)));
  // The client is gone: nobody would end this process any more.
  process.on('disconnect', () => process.exit(1));
}

function tellNumber(): void {
  const number = threadNumber();
  if (number === undefined) return;
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(number);
  channel.unref();
}

/** @returns the system's number of this thread; undefined where there is no such file. */
function threadNumber(): string | undefined {
  try {
    return readlinkSync('/proc/thread-self').split('/').at(-1);
  } catch {
    return undefined;
  }
}

function usage(workers: ReadonlySet<string>): Usage {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  const threads = threadTimes();
  const sum = [...workers].reduce((total, number) => total + (threads?.get(number) ?? 0), 0);
  return {
    cpuMs: (userCPUTime + systemCPUTime) / 1000 + childrenMs(),
    mainMs: threads?.get(String(process.pid)),
    workerMs: threads && sum,
    commands: counted.commands,
    commandBytes: counted.bytes,
  };
}

/** @returns milliseconds of CPU that the processes this one has started have used so far; 0 where the system does not tell */
function childrenMs(): number {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .reduce((sum, pid) => sum + childMs(pid), 0);
  } catch {
    return 0;
  }
}

/** The system counts a process's time in hundredths of a second, in the user's part and its own. */
function childMs(pid: string): number {
  const fields = statOf(pid);
  const [parent, user = 0, system = 0] = [fields[1], fields[11], fields[12]].map(Number);
  return parent === process.pid ? (user + system) * 10 : 0;
}

/** @returns what the system tells of a process, after its name; nothing of one that has just ended */
function statOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  } catch {
    return [];
  }
}

/** @returns milliseconds each thread has run, by its number. */
function threadTimes(): ReadonlyMap<string, number> | undefined {
  try {
    return new Map(
      readdirSync(THREADS).map((number) => {
        const [nanoseconds] = readFileSync(`${THREADS}/${number}/schedstat`, 'utf8').split(' ');
        return [number, Number(nanoseconds) / 1e6];
      }),
    );
  } catch {
    return undefined;
  }
}

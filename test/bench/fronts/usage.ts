import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { BroadcastChannel, isMainThread } from 'node:worker_threads';

/** What a process has used since it began. */
export interface Usage {
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
    cpuMs: (userCPUTime + systemCPUTime) / 1000,
    mainMs: threads?.get(String(process.pid)),
    workerMs: threads && sum,
    commands: counted.commands,
    commandBytes: counted.bytes,
  };
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

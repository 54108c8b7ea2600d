import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Usage } from '../fronts/usage.js';

/** A measured process: where it answers, and what it has used. */
export interface Child {
  readonly answersAt: string;
  usage(): Promise<Usage>;
  stop(): void;
}

const preloaded = new URL('../fronts/usage.js', import.meta.url).href;

/** @returns the path of a front's program. */
export const front = (name: string): string =>
  fileURLToPath(new URL(`../fronts/${name}.js`, import.meta.url));

/** Starts a program in a process of its own. Resolves when it prints where it answers; rejects when it ends before. */
export function startChild(
  program: string,
  args: readonly string[],
  environment: Record<string, string>,
): Promise<Child> {
  const child = fork(program, args, {
    env: { ...process.env, ...environment },
    execArgv: ['--import', preloaded],
    silent: true,
  });
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      const at = /answers at (\S+)\n/.exec(said)?.[1];
      if (at !== undefined)
        resolve({ answersAt: at, usage: () => askUsage(child), stop: () => void child.kill() });
    };
    child.stdout!.on('data', hear);
    child.stderr!.on('data', hear);
    child.once('exit', (code) => reject(new Error(`${program} ended with ${code}: ${said}`)));
  });
}

function askUsage(child: ChildProcess): Promise<Usage> {
  return new Promise((resolve) => {
    child.once('message', (answer) => resolve(answer as Usage));
    child.send('usage');
  });
}

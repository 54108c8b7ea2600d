import { readFileSync } from 'node:fs';
import { DevelopmentIdentityProvider } from '../../seed/development/identity-provider.js';
import { SIGN_INS } from '../../seed/development/sign-ins.js';
import { developmentKeys } from '../../subgraphs/shared/settings/keys.js';
import { startProcess, type Answer, type Program, type Stack } from './stack.js';

/** A gateway of several workers, started as an operator does. */
export interface Cluster extends Pick<Stack, 'url' | 'ask'> {
  readonly program: Program;
  readonly operationsUrl: string;
  /** @returns ids of the processes of the workers that run now */
  workers(): number[];
  /** @returns the value of a metric of each worker that answers, by its number */
  byWorker(metric: RegExp): Promise<Record<string, number>>;
}

export async function startCluster(
  directory: string,
  workers: number,
  settings: Record<string, string> = {},
): Promise<Cluster> {
  const program = startProcess('programs/gateway.js', {
    ...{ DATA_DIR: directory, OVERBLIK_MODE: 'development', WORKERS: String(workers), SEED_CITIZENS: '0' },
    ...{ PORT: '0', OPERATIONS_PORT: '0', SAML_DEVELOPMENT_PORT: '0', SUBGRAPH_TIMEOUT_MS: '15000' },
    ...settings,
  });
  const says = async (pattern: RegExp) => pattern.exec(await program.says(pattern))![1]!;
  const operationsUrl = await says(/For operations: (http:\S+)\/metrics/);
  const url = await says(/Overblik answers at (http:\S+)/);
  const keys = await developmentKeys(directory);
  const issuer = new DevelopmentIdentityProvider(keys.identityProvider, 'overblik', false);
  return {
    program,
    url,
    operationsUrl,
    workers: () => childrenOf(program.child.pid!),
    async byWorker(metric) {
      const lines = (await (await fetch(`${operationsUrl}/metrics`)).text()).split('\n');
      const own = lines.filter((line) => metric.test(line));
      return Object.fromEntries(
        own.map((line) => [/worker="(\d+)"/.exec(line)?.[1] ?? '', Number(line.split(' ').at(-1))]),
      );
    },
    async ask(name, query, variables = {}, { headers = {} } = {}) {
      const token = await issuer.issue(
        SIGN_INS.find((signIn) => signIn.name === name)!,
        new Date(),
      );
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        // The next worker gets the next connection.
        headers: {
          ...{ 'content-type': 'application/json', connection: 'close', authorization: `Bearer ${token}` },
          ...headers,
        },
        body: JSON.stringify({ query, variables }),
      });
      const text = await response.text();
      const { data = null, errors = [] } = JSON.parse(text) as Partial<Answer>;
      return { status: response.status, headers: response.headers, data, errors, text };
    },
  };
}

/** @returns ids of a process's children, as the system lists them */
function childrenOf(pid: number): number[] {
  const listed = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return listed === '' ? [] : listed.split(' ').map(Number);
}

/** @returns whether a process is there */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

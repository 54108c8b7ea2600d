import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { startGatewayProcess, type GatewayProcess } from '../../programs/wiring/gateway-process.js';
import { gatewaySettingsShape, type GatewaySettings } from '../../programs/settings.js';
import { DevelopmentIdentityProvider, type SignIn } from '../../seed/development/identity-provider.js';
import type { DirectoryStory } from '../../seed/development/site.js';
import { SubgraphFailure, type SubgraphTransport } from '../../gateway/transport/transport.js';
import { readSchemaFile } from '../../schema/sdl.js';
import { SUBGRAPH_NAMES, type SubgraphName } from '../../schema/subgraph-names.js';
import { SIGN_INS } from '../../seed/development/sign-ins.js';
import type { LogDestination } from '../../subgraphs/shared/settings/logger.js';
import { developmentKeys } from '../../subgraphs/shared/settings/keys.js';
import { freshDatabases, outsideStore } from './outside-store.js';
import { builtFile } from './processes.js';
import { seededDirectory } from './seeded-directory.js';
import { temporaryDirectory } from './store.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly data: any;
  readonly errors: readonly {
    message: string;
    path?: (string | number)[];
    extensions: Record<string, unknown>;
  }[];
  /** The body as it came. */
  readonly text: string;
}

export interface AskOptions {
  readonly headers?: Record<string, string>;
  readonly token?: string;
}

/** A running system under test: real gateway, real subgraphs, real store. */
export interface Stack {
  readonly gateway: GatewayProcess;
  readonly directory: string;
  /** By which a program of its own finds this stack's store and keys. */
  readonly storeSettings: Readonly<Record<string, string>>;
  readonly url: string;
  token(signIn: string): Promise<string>;
  /** A token for a sign-in that is not among the seeded ones. */
  tokenOf(signIn: SignIn): Promise<string>;
  ask(signIn: string, query: string, variables?: object, options?: AskOptions): Promise<Answer>;
  story(slug: string): DirectoryStory;
  /** Stops a subgraph as far as the gateway is concerned: in-process its transport fails, alone its process is killed. */
  stop(subgraph: SubgraphName): Promise<void>;
  start(subgraph: SubgraphName): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface StackOptions {
  readonly citizens?: number;
  readonly wrapTransport?: (transport: SubgraphTransport) => SubgraphTransport;
  readonly now?: () => Date;
  readonly settings?: Partial<Record<string, string>>;
  readonly logTo?: LogDestination;
  /** Holds users to the municipality's look-ups an hour; most tests look up more. */
  readonly limitLookUps?: boolean;
  /** Lets a test count the store's commands (all-in-one). */
  readonly monitorStore?: boolean;
}

/** A machine that runs two suites at once may stand still for longer than a caseworker should wait. */
export const ACCESS_TIMEOUT_MS = 30_000;

/** The operation of the page, as it stands in schema/operations. */
export const OVERVIEW = readSchemaFile('operations/CitizenOverview.graphql');
export const SEARCH = readSchemaFile('operations/SearchCitizens.graphql');
export const SEARCH_CASES = readSchemaFile('operations/SearchCases.graphql');

function settingsFor(directory: string, more: Partial<Record<string, string>>): GatewaySettings {
  return gatewaySettingsShape.parse({
    OVERBLIK_MODE: 'development',
    DATA_DIR: directory,
    PORT: '0',
    SAML_DEVELOPMENT_PORT: '0',
    OPERATIONS_PORT: '0',
    LOG_LEVEL: 'silent',
    SUBGRAPH_TIMEOUT_MS: '15000',
    ...more,
  });
}

/** A stack with a clock of its own, or over a store outside, begins by itself; every other one with a copy of a seeded directory. */
function directoryFor({ now, citizens = 0 }: StackOptions) {
  if (now || outsideStore() !== undefined) return Promise.resolve(temporaryDirectory());
  return seededDirectory(citizens, async (directory) => {
    const settings = settingsFor(directory, { SEED_CITIZENS: String(citizens) });
    const gateway = await startGatewayProcess(settings, {
      onSeedProgress: () => undefined,
      accessTimeoutMs: ACCESS_TIMEOUT_MS,
    });
    await gateway.prepared;
    await gateway.close();
  });
}

/** Where the store of a stack is, when it is one of its own in an outside MongoDB, and how it is removed. */
async function outsideSettings(): Promise<{
  readonly settings: Readonly<Record<string, string>>;
  readonly drop: () => Promise<void>;
}> {
  const uri = outsideStore();
  if (uri === undefined) return { settings: {}, drop: () => Promise.resolve() };
  const databases = await freshDatabases(uri);
  return {
    settings: { MONGODB_URI: uri, MONGODB_DATABASE_PREFIX: `${databases.prefix}overblik_` },
    drop: () => databases.drop(),
  };
}

/** Starts gateway, subgraphs and store in this process. */
export async function startAllInOne(options: StackOptions = {}): Promise<Stack> {
  const { path: directory, remove } = await directoryFor(options);
  const outside = await outsideSettings();
  const down = new Set<SubgraphName>();
  const cut = (transport: SubgraphTransport): SubgraphTransport => ({
    ...transport,
    execute: (body, identity, signal, log) =>
      down.has(transport.name)
        ? Promise.reject(new SubgraphFailure(transport.name, 'unreachable'))
        : transport.execute(body, identity, signal, log),
    ingest: (method, args, identity, signal) =>
      down.has(transport.name)
        ? Promise.reject(new SubgraphFailure(transport.name, 'unreachable'))
        : transport.ingest(method, args, identity, signal),
  });
  const gateway = await startGatewayProcess(
    settingsFor(directory, {
      SEED_CITIZENS: String(options.citizens ?? 0),
      ...outside.settings,
      ...options.settings,
    }),
    {
      onSeedProgress: () => undefined,
      limitLookUps: options.limitLookUps ?? false,
      wrapTransport: (transport) => options.wrapTransport?.(cut(transport)) ?? cut(transport),
      ...(options.now && { now: options.now }),
      ...(options.logTo && { logTo: options.logTo }),
      monitorStore: options.monitorStore ?? false,
      accessTimeoutMs: ACCESS_TIMEOUT_MS,
    },
  );
  await gateway.prepared;
  return stackOf(gateway, directory, {
    storeSettings: { DATA_DIR: directory, ...outside.settings },
    stop: (name) => Promise.resolve(void down.add(name)),
    start: (name) => Promise.resolve(void down.delete(name)),
    dispose: async () => {
      await gateway.close();
      await outside.drop();
      remove();
    },
  });
}

/** Starts the store and every subgraph in a process of its own, and a gateway that reaches them over HTTP. */
export async function startDistributed(options: StackOptions = {}): Promise<Stack> {
  const { path: directory, remove } = await directoryFor(options);
  await developmentKeys(directory);
  const environment = {
    DATA_DIR: directory,
    OVERBLIK_MODE: 'development',
    LOG_LEVEL: 'silent',
    APOLLO_TELEMETRY_DISABLED: 'true',
  };
  const store = await storeForMany(environment);
  const ports = Object.fromEntries(
    await Promise.all(SUBGRAPH_NAMES.map(async (name) => [name, await freePort()] as const)),
  );
  const running = new Map<SubgraphName, Program>();
  const startOne = async (name: SubgraphName): Promise<void> => {
    const port = { [`SUBGRAPH_${name.toUpperCase()}_PORT`]: String(ports[name]) };
    const program = startProcess(
      'programs/subgraph.js',
      { ...environment, ...store.settings, ...port },
      [],
      [name],
    );
    running.set(name, program);
    await program.says(/answers at/);
  };
  await Promise.all(SUBGRAPH_NAMES.map(startOne));
  const urls = SUBGRAPH_NAMES.map((name) => [
    `SUBGRAPH_${name.toUpperCase()}_URL`,
    `http://127.0.0.1:${ports[name]}/graphql`,
  ]);
  const gateway = await startGatewayProcess(
    settingsFor(directory, {
      ...store.settings,
      SEED_CITIZENS: String(options.citizens ?? 0),
      ...Object.fromEntries(urls),
    }),
    {
      onSeedProgress: () => undefined,
      limitLookUps: options.limitLookUps ?? false,
      accessTimeoutMs: ACCESS_TIMEOUT_MS,
    },
  );
  await gateway.prepared;
  return stackOf(gateway, directory, {
    storeSettings: { DATA_DIR: directory, ...store.settings },
    stop: async (name) => running.get(name)!.kill(),
    start: startOne,
    dispose: async () => {
      await gateway.close();
      await Promise.all([...running.values()].map((program) => program.kill()));
      await store.end();
      remove();
    },
  });
}

/** A store for several processes: outside, or a process of its own. */
async function storeForMany(environment: Record<string, string>) {
  const { settings, drop } = await outsideSettings();
  if (outsideStore() !== undefined) return { settings, end: drop };
  const program = startProcess('programs/store.js', environment);
  const uri = await program.says(/mongodb:\/\/\S+/);
  return { settings: { MONGODB_URI: uri }, end: () => program.kill() };
}

interface Controls {
  readonly storeSettings: Readonly<Record<string, string>>;
  readonly stop: (name: SubgraphName) => Promise<void>;
  readonly start: (name: SubgraphName) => Promise<void>;
  readonly dispose: () => Promise<void>;
}

function stackOf(gateway: GatewayProcess, directory: string, controls: Controls): Stack {
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = async (signIn: SignIn): Promise<string> => {
    const keys = await developmentKeys(directory);
    return new DevelopmentIdentityProvider(keys.identityProvider, 'overblik', false).issue(
      signIn,
      new Date(),
    );
  };
  const token = (name: string): Promise<string> => {
    const known = tokens.get(name) ?? tokenOf(SIGN_INS.find((signIn) => signIn.name === name)!);
    tokens.set(name, known);
    return known;
  };
  return {
    gateway,
    directory,
    storeSettings: controls.storeSettings,
    url: gateway.url,
    token,
    tokenOf,
    async ask(signIn, query, variables = {}, { headers = {}, token: given } = {}) {
      const response = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${given ?? (await token(signIn))}`,
          ...headers,
        },
        body: JSON.stringify({ query, variables }),
      });
      const text = await response.text();
      const { data = null, errors = [] } = JSON.parse(text) as Partial<Answer>;
      return { status: response.status, headers: response.headers, data, errors, text };
    },
    story(slug) {
      const found = gateway.stories().find((story) => story.slug === slug);
      if (!found) throw new Error(`no story ${slug}`);
      return found;
    },
    stop: controls.stop,
    start: controls.start,
    [Symbol.asyncDispose]: controls.dispose,
  };
}

export interface Program {
  readonly child: ChildProcess;
  readonly output: () => string;
  /** Resolves with the first match in the output; rejects when the program ends before. */
  says(pattern: RegExp): Promise<string>;
  kill(signal?: NodeJS.Signals): Promise<void>;
}

/** Starts a built program of dist/ with exactly the given environment beside the inherited PATH. */
export function startProcess(
  file: string,
  environment: Record<string, string>,
  nodeArgs: string[] = [],
  args: string[] = [],
): Program {
  const child = spawn(process.execPath, [...nodeArgs, builtFile(file), ...args], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
    // A developer's own .env is none of a test's settings.
    cwd: tmpdir(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const listeners = new Set<() => void>();
  const take = (chunk: Buffer): void => {
    text += chunk.toString();
    for (const listener of listeners) listener();
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    child,
    output: () => text,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = pattern.exec(text);
          if (!match) return;
          listeners.delete(look);
          resolve(match[0]);
        };
        listeners.add(look);
        void exited.then(() => reject(new Error(`${file} ended:\n${text}`)));
        look();
      }),
    async kill(signal = 'SIGKILL') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await exited;
    },
  };
}

/** @returns a port that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

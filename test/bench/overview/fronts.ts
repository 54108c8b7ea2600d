import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SUBGRAPH_NAMES } from '../../../schema/subgraph-names.js';
import { addressIn } from '../../../store/embedded/directory-lock.js';
import { uriOf } from '../../../store/embedded/server.js';
import { freePort } from '../free-port.js';
import { front, startChild, type Child } from './child.js';
import { ownGateway, plainGateway } from './gateway-fronts.js';
import { ask, type Front } from './measure.js';
import type { FrontName } from './options.js';
import { trimToSchema } from './trim.js';
import { program, type Stage } from './stage.js';

type Start = (stage: Stage, started: readonly Front[]) => Promise<Front>;

const STARTS: Readonly<Record<FrontName, Start>> = {
  'all-in-one': (stage) => single('all-in-one', stage, startChild(front('overblik'), [], stage.environment)),
  'one-process': onInProcessStore,
  'two-workers': (stage) =>
    single('two-workers', stage, startChild(front('two-workers'), [], stage.environment)),
  distributed,
  'plain-apollo': plainApollo,
  'fan-out': (stage) => single('fan-out', stage, startChild(front('fan-out'), [], stage.environment)),
  gateway: ownGateway,
  'plain-gateway': plainGateway,
  memory: fromMemory,
};

/** Fronts of one process whose driver tells what it sends. */
const COUNTING: readonly FrontName[] = ['all-in-one', 'plain-apollo', 'fan-out'];

/** Starts fronts in the order given, each in processes of its own. */
export async function startFronts(names: readonly FrontName[], stage: Stage): Promise<Front[]> {
  const started: Front[] = [];
  for (const name of names) started.push(await STARTS[name](stage, started));
  return started;
}

/** Starts a front that can count its commands to the store once more, to be asked and not to be timed. */
export function startCounting(name: FrontName, stage: Stage): Promise<Front> | undefined {
  if (!COUNTING.includes(name)) return undefined;
  const environment = { ...stage.environment, COUNT_COMMANDS: 'yes' };
  return STARTS[name]({ ...stage, environment }, []);
}

async function single(
  name: string,
  { store, environment, asked }: Stage,
  starting: Promise<Child>,
): Promise<Front> {
  const child = await starting;
  return {
    name,
    url: child.answersAt,
    asked,
    processes: [child],
    store,
    storeUri: environment['MONGODB_URI'],
  };
}

/** It is asked for what its own schema has of the overview. */
async function plainApollo(stage: Stage): Promise<Front> {
  const starting = startChild(front('plain-apollo'), [], stage.environment);
  const plain = await single('plain-apollo', stage, starting);
  return { ...plain, asked: await trimToSchema(plain.url, stage.asked) };
}

/** As `npm start` runs: the embedded store is a thread of the front. It has a copy of the data. */
async function onInProcessStore({
  environment: { MONGODB_URI: _, ...rest },
  copy,
  asked,
}: Stage): Promise<Front> {
  const child = await startChild(front('overblik'), [], { ...rest, DATA_DIR: copy });
  const storeUri = uriOf(addressIn(copy)!.socket);
  return { name: 'one-process', url: child.answersAt, asked, processes: [child], store: undefined, storeUri };
}

/** The very bytes of an overview: those of the first front, which does without a store. */
async function fromMemory({ directory, asked }: Stage, [first]: readonly Front[]): Promise<Front> {
  if (!first) throw new Error('memory needs another front to learn an overview from');
  const bytes = join(directory, 'overview.json');
  writeFileSync(bytes, await ask(first));
  const child = await startChild(front('memory'), [bytes], {});
  return {
    name: 'memory',
    url: child.answersAt,
    asked,
    processes: [child],
    store: undefined,
    storeUri: undefined,
  };
}

async function distributed(stage: Stage): Promise<Front> {
  const { environment, store, asked } = stage;
  const subgraphs = await Promise.all(
    SUBGRAPH_NAMES.map(async (name) => {
      const port = { [`SUBGRAPH_${name.toUpperCase()}_PORT`]: String(await freePort()) };
      return { name, child: await startChild(program('subgraph'), [name], { ...environment, ...port }) };
    }),
  );
  const urls = Object.fromEntries(
    subgraphs.map(({ name, child }) => [`SUBGRAPH_${name.toUpperCase()}_URL`, child.answersAt]),
  );
  const gateway = await startChild(front('overblik'), [], { ...environment, ...urls });
  const processes = [gateway, ...subgraphs.map(({ child }) => child)];
  const storeUri = environment['MONGODB_URI'];
  return { name: 'distributed', url: gateway.answersAt, asked, processes, store, storeUri };
}

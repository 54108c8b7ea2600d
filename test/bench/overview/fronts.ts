import { fileURLToPath } from 'node:url';
import { SUBGRAPH_NAMES } from '../../../schema/subgraph-names.js';
import { freePort } from '../free-port.js';
import { front, startChild, type Child } from './child.js';
import type { Front } from './measure.js';

type Environment = Record<string, string>;

/** @returns the path of a program of the product. */
export const program = (name: string): string =>
  fileURLToPath(new URL(`../../../programs/${name}.js`, import.meta.url));

const single = (name: string, child: Child): Front => ({ name, url: child.answersAt, processes: [child] });

/** Starts every front that reads the store, each in processes of its own. */
export async function startFronts(environment: Environment): Promise<Front[]> {
  return [
    single('all-in-one', await startChild(front('overblik'), [], environment)),
    await distributed(environment),
    single('fan-out', await startChild(front('fan-out'), [], environment)),
  ];
}

/** @returns the front that answers an overview's very bytes from memory. */
export async function fromMemory(file: string): Promise<Front> {
  return single('memory', await startChild(front('memory'), [file], {}));
}

async function distributed(environment: Environment): Promise<Front> {
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
  return { name: 'distributed', url: gateway.answersAt, processes };
}

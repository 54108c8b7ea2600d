import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { front, startChild, type Child } from './child.js';
import type { Front } from './measure.js';
import type { Stage } from './stage.js';

/** The subgraphs that an overview asks; who may call is decided in the gateway's process, from memory. */
const ASKED = ['citizens', 'cases', 'documents', 'benefits', 'alerts'];

const stubs = new WeakMap<Stage, Promise<Child>>();

/** @returns the stub of a stage, which both gateways ask; records it the first time. */
function stubOf(stage: Stage): Promise<Child> {
  const stub = stubs.get(stage) ?? startStub(stage);
  stubs.set(stage, stub);
  return stub;
}

async function startStub({ directory, environment, asked }: Stage): Promise<Child> {
  const [question, answers] = ['question.json', 'answers.json'].map((name) => join(directory, name));
  writeFileSync(question!, JSON.stringify(asked));
  await startChild(front('record'), [question!, answers!], environment);
  return startChild(front('stub'), [answers!], {});
}

/** Overblik's gateway over the stub. */
export async function ownGateway(stage: Stage): Promise<Front> {
  const { answersAt } = await stubOf(stage);
  const urls = ASKED.map((name) => [`SUBGRAPH_${name.toUpperCase()}_URL`, `${answersAt}/${name}`]);
  const environment = { ...stage.environment, ...(Object.fromEntries(urls) as Record<string, string>) };
  return gatewayFront('gateway', stage, await startChild(front('overblik'), [], environment));
}

/** Apollo Gateway over the same stub. */
export async function plainGateway(stage: Stage): Promise<Front> {
  const environment = { ...stage.environment, STUB_URL: (await stubOf(stage)).answersAt };
  return gatewayFront('plain-gateway', stage, await startChild(front('plain-gateway'), [], environment));
}

/** The stub is no part of what is measured. */
function gatewayFront(name: string, { asked, store, environment }: Stage, gateway: Child): Front {
  const storeUri = environment['MONGODB_URI'];
  return { name, url: gateway.answersAt, asked, processes: [gateway], store, storeUri };
}

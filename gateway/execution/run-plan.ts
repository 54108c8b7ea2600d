import { isJsonObject, type JsonObject } from '../../subgraphs/shared/certain/json-object.js';
import { present } from '../../subgraphs/shared/certain/present.js';
import { ownValue, setOwnValue } from '../../subgraphs/shared/names/own-value.js';
import type { GatewayContext } from '../request-context.js';
import type { AskSubgraph } from '../transport/data-source.js';
import { merge } from './merge.js';
import type { FetchNode, PlanNode } from './plan.js';
import { representationOf } from './representation.js';

/** Subgraphs by name. */
export type AskSubgraphs = ReadonlyMap<string, AskSubgraph>;

/** What the steps of one request have in common. */
export interface PlanRun {
  readonly subgraphs: AskSubgraphs;
  readonly context: GatewayContext;
  /** As the caller sent them; they have been checked against the operation. */
  readonly variables: JsonObject;
}

/** Where in the answer a step works. */
interface Place {
  readonly path: readonly (string | number)[];
  /** The object there; of a list all its objects. */
  readonly data: unknown;
}

/** Runs a plan. @returns what the subgraphs answered, brought together; nobody has checked it against the operation yet */
export async function runPlan(node: PlanNode, run: PlanRun): Promise<JsonObject> {
  // cast: the compiler takes what Object.create gives for any
  const data = Object.create(null) as JsonObject;
  await step(node, run, { path: [], data });
  return data;
}

async function step(node: PlanNode, run: PlanRun, place: Place): Promise<void> {
  switch (node.kind) {
    case 'Sequence':
      for (const next of node.nodes) await step(next, run, place);
      return;
    case 'Parallel':
      await Promise.all(node.nodes.map((next) => step(next, run, place)));
      return;
    case 'Flatten': {
      const data = at(place.data, node.path);
      if (data == null) return;
      await step(node.node, run, { path: [...place.path, ...node.path], data });
      return;
    }
    case 'Fetch':
      await fetch(node, run, place);
  }
}

/** @returns what stands at a path, where `@` means every item of a list */
function at(value: unknown, [name, ...rest]: readonly (string | number)[]): unknown {
  if (name === undefined || value == null) return value;
  if (name === '@') return listIn(value).flatMap((item) => at(item, rest));
  return at(isJsonObject(value) ? ownValue(value, String(name)) : undefined, rest);
}

async function fetch(node: FetchNode, run: PlanRun, { data, path }: Place): Promise<void> {
  const objects = (Array.isArray(data) ? data : [data]).filter(isJsonObject);
  if (objects.length === 0) return;
  if (!node.requires) {
    const answer = await ask(node, run, path, variablesOf(node, run));
    if (answer) for (const object of objects) merge(object, answer);
    return;
  }
  const { requires } = node;
  const named = objects.flatMap((object) => {
    const representation = representationOf(object, requires);
    return representation ? [{ object, representation }] : [];
  });
  if (named.length === 0) return;
  const representations = named.map(({ representation }) => representation);
  const answer = await ask(node, run, path, { ...variablesOf(node, run), representations });
  // cast: the data source has seen to it that there is a list, of as many as were asked for
  const entities = (answer?.['_entities'] ?? []) as readonly (JsonObject | null)[];
  for (const [i, entity] of entities.entries())
    if (entity) merge(present(named[i], 'the object of an entity').object, entity);
}

function listIn(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError('a subgraph answered no list where there must be one');
  return value;
}

/** @returns the variables that a fetch uses, as the caller sent them */
function variablesOf({ variableUsages = [] }: FetchNode, { variables }: PlanRun): JsonObject {
  const used: JsonObject = {};
  for (const name of variableUsages) {
    const value = ownValue(variables, name);
    if (value !== undefined) setOwnValue(used, name, value);
  }
  return used;
}

async function ask(
  { serviceName, operation: query, operationName }: FetchNode,
  { subgraphs, context }: PlanRun,
  path: Place['path'],
  variables: JsonObject,
): Promise<JsonObject | null> {
  const request = { query, variables, operationName };
  const subgraph = present(subgraphs.get(serviceName), `a subgraph ${serviceName} that a plan asks`);
  const answer = await subgraph({ request, context, pathInIncomingRequest: path });
  return answer.data;
}

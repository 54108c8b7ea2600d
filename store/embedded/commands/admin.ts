import { StoreError, notImplemented } from '../errors.js';
import { cursorReply } from '../wire.js';
import { serialize } from 'bson';
import type { IndexSpec } from '../ordered-index.js';
import type { Doc } from '../collection.js';
import {
  assertFields,
  databaseOf,
  namespaceOf,
  type Answer,
  type Command,
  type CommandContext,
} from './context.js';

/** What a driver learns of this server: a single server that speaks as MongoDB 7.0 (stack.md §1.5). */
export function hello(): Answer {
  return {
    ismaster: true,
    isWritablePrimary: true,
    helloOk: true,
    maxBsonObjectSize: 16 << 20,
    maxMessageSizeBytes: 48_000_000,
    maxWriteBatchSize: 100_000,
    localTime: new Date(),
    logicalSessionTimeoutMinutes: 30,
    minWireVersion: 0,
    maxWireVersion: 21,
    readOnly: false,
    ok: 1,
  };
}

export const ok = (): Answer => ({ ok: 1 });

const INDEX_OPTIONS = new Set(['key', 'name', 'unique', 'sparse', 'v', 'background']);

export async function createIndexes(context: CommandContext, command: Command): Promise<Answer> {
  assertFields(command, ['createIndexes', 'indexes', 'commitQuorum']);
  const namespace = namespaceOf(command, 'createIndexes');
  const specs = (command['indexes'] as Doc[]).map(indexSpec);
  const before = (context.engine.collection(namespace)?.indexes.size ?? 0) + 1;
  for (const spec of specs) context.engine.createIndex(namespace, spec);
  await context.engine.durable();
  return {
    numIndexesBefore: before,
    numIndexesAfter: context.engine.collection(namespace)!.indexes.size + 1,
    ok: 1,
  };
}

function indexSpec(raw: Doc): IndexSpec {
  for (const option of Object.keys(raw))
    if (!INDEX_OPTIONS.has(option)) throw notImplemented(`index option ${option}`);
  const key = (
    raw['key'] instanceof Map ? Object.fromEntries(raw['key'] as Map<string, unknown>) : raw['key']
  ) as Doc;
  for (const [path, direction] of Object.entries(key)) {
    if (direction !== 1 && direction !== -1) throw notImplemented(`index type ${String(direction)}`);
    if (path.split('.').some((part) => part === '' || part.startsWith('$') || /^\d+$/.test(part)))
      throw new StoreError('CannotCreateIndex', 'an index path needs plain field names');
  }
  return {
    name: String(raw['name']),
    key: key as IndexSpec['key'],
    unique: raw['unique'] === true,
    sparse: raw['sparse'] === true,
  };
}

export function listIndexes(context: CommandContext, command: Command): Answer {
  assertFields(command, ['listIndexes', 'cursor']);
  const namespace = namespaceOf(command, 'listIndexes');
  const collection = context.engine.collection(namespace);
  if (!collection) throw new StoreError('NamespaceNotFound', 'ns does not exist');
  const id = { v: 2, key: { _id: 1 }, name: '_id_' };
  const rest = [...collection.indexes.values()].map(({ spec }) => ({
    v: 2,
    key: spec.key,
    name: spec.name,
    ...(spec.unique && { unique: true }),
    ...(spec.sparse && { sparse: true }),
  }));
  return cursorReply(
    'firstBatch',
    [id, ...rest].map((row) => serialize(row)),
    0,
    namespace,
  );
}

export async function dropIndexes(context: CommandContext, command: Command): Promise<Answer> {
  assertFields(command, ['dropIndexes', 'index']);
  const namespace = namespaceOf(command, 'dropIndexes');
  const collection = context.engine.collection(namespace);
  if (!collection) throw new StoreError('NamespaceNotFound', 'ns not found');
  const names = command['index'] === '*' ? [...collection.indexes.keys()] : [String(command['index'])];
  const nIndexesWas = collection.indexes.size + 1;
  for (const name of names) context.engine.dropIndex(namespace, name);
  await context.engine.durable();
  return { nIndexesWas, ok: 1 };
}

export async function create(context: CommandContext, command: Command): Promise<Answer> {
  assertFields(command, ['create']);
  const namespace = namespaceOf(command, 'create');
  if (context.engine.collection(namespace))
    throw new StoreError('NamespaceExists', 'collection already exists');
  context.engine.ensureCollection(namespace);
  await context.engine.durable();
  return { ok: 1 };
}

export async function drop(context: CommandContext, command: Command): Promise<Answer> {
  assertFields(command, ['drop']);
  const namespace = namespaceOf(command, 'drop');
  if (!context.engine.dropCollection(namespace)) throw new StoreError('NamespaceNotFound', 'ns not found');
  await context.engine.durable();
  return { ns: namespace, ok: 1 };
}

export async function dropDatabase(context: CommandContext, command: Command): Promise<Answer> {
  assertFields(command, ['dropDatabase']);
  const database = databaseOf(command);
  for (const namespace of context.engine.namespaces(database)) context.engine.dropCollection(namespace);
  await context.engine.durable();
  return { dropped: database, ok: 1 };
}

export function listCollections(context: CommandContext, command: Command): Answer {
  assertFields(command, ['listCollections', 'filter', 'nameOnly', 'cursor', 'authorizedCollections']);
  const database = databaseOf(command);
  const wanted = (command['filter'] as { name?: unknown } | undefined)?.name;
  const rows = context.engine
    .namespaces(database)
    .map((namespace) => namespace.slice(database.length + 1))
    .filter((name) => wanted === undefined || wanted === name)
    .map((name) => serialize({ name, type: 'collection' }));
  return cursorReply('firstBatch', rows, 0, `${database}.$cmd.listCollections`);
}

export function listDatabases(context: CommandContext, command: Command): Answer {
  assertFields(command, ['listDatabases', 'nameOnly', 'filter', 'authorizedDatabases']);
  return { databases: context.engine.databases().map((name) => ({ name })), ok: 1 };
}

export function serverStatus(context: CommandContext): Answer {
  return { ...context.engine.stats(), ok: 1 };
}

import { serialize } from 'bson';
import { present } from '../../present.js';
import type { Doc } from '../collection.js';
import { notImplemented, StoreError } from '../errors.js';
import type { IndexSpec } from '../ordered-index.js';
import { PartialFilter } from '../partial-index.js';
import { assertSupportedFilter, isPlainObject } from '../query-operators.js';
import { cursorReply } from '../wire.js';
import {
  type Answer,
  assertFields,
  assertStatement,
  type Command,
  type CommandContext,
  databaseOf,
  namespaceOf,
} from './context.js';

/** What a driver learns of this server: a single server that speaks as MongoDB 7.0. */
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

const INDEX_FIELDS = {
  key: 'document',
  name: 'string',
  unique: 'boolean',
  sparse: 'boolean',
  v: 'number',
  background: 'boolean',
  partialFilterExpression: 'document',
} as const;

export function createIndexes(context: CommandContext, command: Command): Promise<Answer> {
  assertStatement(command, { createIndexes: 'string', indexes: 'documents', commitQuorum: 'any' }, [
    'indexes',
  ]);
  const namespace = namespaceOf(command, 'createIndexes');
  const specs = command['indexes'].map(indexSpec);
  if (specs.length === 0) throw new StoreError('BadValue', 'Must specify at least one index to create');
  const { engine } = context;
  return engine.change(() => {
    const numIndexesBefore = (engine.collection(namespace)?.indexes.size ?? 0) + 1;
    for (const spec of specs) engine.createIndex(namespace, spec);
    return {
      numIndexesBefore,
      numIndexesAfter:
        present(engine.collection(namespace), 'a collection with a new index').indexes.size + 1,
      ok: 1,
    };
  });
}

/** @returns the fields of an index with the direction of each; throws for an index that this store has not */
function directionsOf(key: Doc): IndexSpec['key'] {
  const directions = Object.entries(key).map(([path, direction]) => {
    if (direction !== 1 && direction !== -1) throw notImplemented('an index type other than 1 and -1');
    if (path.split('.').some((part) => part === '' || part.startsWith('$') || /^\d+$/.test(part)))
      throw new StoreError('CannotCreateIndex', 'an index path needs plain field names');
    return [path, direction] as const;
  });
  return Object.fromEntries(directions);
}

function indexSpec(raw: Doc): IndexSpec {
  for (const option of Object.keys(raw))
    if (!Object.hasOwn(INDEX_FIELDS, option)) throw notImplemented(`index option ${option}`);
  assertStatement(raw, INDEX_FIELDS, ['key', 'name']);
  const key = directionsOf(raw['key']);
  if (Object.keys(key).length === 0) throw new StoreError('CannotCreateIndex', 'index keys cannot be empty');
  return {
    name: raw['name'],
    key,
    unique: raw['unique'] === true,
    sparse: raw['sparse'] === true,
    ...partialOf(raw['partialFilterExpression']),
  };
}

function partialOf(expression: unknown): Pick<IndexSpec, 'partialFilterExpression'> {
  if (expression === undefined || expression === null) return {};
  assertSupportedFilter(expression);
  // What it cannot hold is refused before anything is built.
  new PartialFilter(expression);
  return { partialFilterExpression: expression };
}

export function listIndexes(context: CommandContext, command: Command): Answer {
  assertFields(command, { listIndexes: 'string', cursor: 'document' });
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
    ...(spec.partialFilterExpression && { partialFilterExpression: spec.partialFilterExpression }),
  }));
  return cursorReply(
    'firstBatch',
    [id, ...rest].map((row) => serialize(row)),
    0,
    namespace,
  );
}

export function dropIndexes(context: CommandContext, command: Command): Promise<Answer> {
  assertStatement(command, { dropIndexes: 'string', index: 'string' }, ['index']);
  const namespace = namespaceOf(command, 'dropIndexes');
  const { index } = command;
  return context.engine.change(() => {
    const collection = context.engine.collection(namespace);
    if (!collection) throw new StoreError('NamespaceNotFound', 'ns not found');
    const names = index === '*' ? [...collection.indexes.keys()] : [index];
    const nIndexesWas = collection.indexes.size + 1;
    for (const name of names) context.engine.dropIndex(namespace, name);
    return { nIndexesWas, ok: 1 };
  });
}

export function create(context: CommandContext, command: Command): Promise<Answer> {
  assertFields(command, { create: 'string' });
  const namespace = namespaceOf(command, 'create');
  return context.engine.change(() => {
    if (context.engine.collection(namespace))
      throw new StoreError('NamespaceExists', 'collection already exists');
    context.engine.ensureCollection(namespace);
    return { ok: 1 };
  });
}

export function drop(context: CommandContext, command: Command): Promise<Answer> {
  assertFields(command, { drop: 'string' });
  const namespace = namespaceOf(command, 'drop');
  return context.engine.change(() => {
    if (!context.engine.dropCollection(namespace)) throw new StoreError('NamespaceNotFound', 'ns not found');
    return { ns: namespace, ok: 1 };
  });
}

export function dropDatabase(context: CommandContext, command: Command): Promise<Answer> {
  assertFields(command, { dropDatabase: 'any' });
  const database = databaseOf(command);
  return context.engine.change(() => {
    for (const namespace of context.engine.namespaces(database)) context.engine.dropCollection(namespace);
    return { dropped: database, ok: 1 };
  });
}

export function listCollections(context: CommandContext, command: Command): Answer {
  assertFields(command, {
    listCollections: 'any',
    filter: 'document',
    nameOnly: 'boolean',
    cursor: 'document',
    authorizedCollections: 'boolean',
  });
  const database = databaseOf(command);
  const filter = command['filter'];
  const wanted = isPlainObject(filter) ? filter['name'] : undefined;
  const rows = context.engine
    .namespaces(database)
    .map((namespace) => namespace.slice(database.length + 1))
    .filter((name) => wanted === undefined || wanted === name)
    .map((name) => serialize({ name, type: 'collection' }));
  return cursorReply('firstBatch', rows, 0, `${database}.$cmd.listCollections`);
}

export function listDatabases(context: CommandContext, command: Command): Answer {
  assertFields(command, {
    listDatabases: 'any',
    nameOnly: 'boolean',
    filter: 'document',
    authorizedDatabases: 'boolean',
  });
  return { databases: context.engine.databases().map((name) => ({ name })), ok: 1 };
}

/** A store that can store nothing is not well: readiness asks by this. */
export async function ping({ engine }: CommandContext): Promise<Answer> {
  if (await engine.takesChanges()) return { ok: 1 };
  throw new StoreError('OutOfDiskSpace', 'the store takes no changes: the disk or STORE_MAX_MB is full');
}

export function serverStatus(context: CommandContext): Answer {
  return { ...context.engine.stats(), ok: 1 };
}

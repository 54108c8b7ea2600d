import { serialize } from 'bson';
import { Aggregator, Query } from 'mingo';
import type { Collection, Doc } from '../collection.js';
import { type OpenRows, Rows } from '../cursors.js';
import { notImplemented, StoreError } from '../errors.js';
import { valuesAt } from '../field-values.js';
import { encodeValue } from '../key-encoding.js';
import { fieldOf } from '../own-field.js';
import { assertSupportedPipeline, isPipelineStage } from '../query-operators.js';
import { parseSelection, select, type Selection } from '../select.js';
import { cursorReply } from '../wire.js';
import {
  type Answer,
  assertFields,
  assertStatement,
  type Command,
  type CommandContext,
  namespaceOf,
} from './context.js';

const FIRST_BATCH = 101;
const BATCH_BYTES = 4 << 20;

export function find(context: CommandContext, command: Command): Answer {
  assertFields(command, {
    find: 'string',
    filter: 'document',
    sort: 'document',
    skip: 'number',
    limit: 'number',
    projection: 'document',
    batchSize: 'number',
    singleBatch: 'boolean',
    collation: 'document',
    noCursorTimeout: 'boolean',
    allowDiskUse: 'boolean',
  });
  const namespace = namespaceOf(command, 'find');
  const selection = parseSelection(command);
  const collection = context.engine.collection(namespace);
  const rows = collection
    ? bodiesOf(collection, select(collection, selection), projector(command['projection']))
    : encodedRows([]);
  const single =
    command['singleBatch'] === true || (typeof command['limit'] === 'number' && command['limit'] < 0);
  return firstBatch(context, namespace, rows, command['batchSize'], single);
}

export function getMore(context: CommandContext, command: Command): Answer {
  assertFields(command, { getMore: 'any', collection: 'string', batchSize: 'number' });
  const namespace = namespaceOf(command, 'collection');
  const id = Number(command['getMore']);
  const rows = context.cursors.get(id, namespace);
  const documents = rows.take(batchSize(command['batchSize'], Infinity), BATCH_BYTES);
  if (!rows.atEnd()) return cursorReply('nextBatch', documents, id, namespace);
  context.cursors.close(id);
  return cursorReply('nextBatch', documents, 0, namespace);
}

export function killCursors(context: CommandContext, command: Command): Answer {
  assertStatement(command, { killCursors: 'string', cursors: 'array' }, ['cursors']);
  const ids = command['cursors'] as unknown[];
  const killed = ids.filter((id) => context.cursors.close(Number(id)));
  const cursorsNotFound = ids.filter((id) => !killed.includes(id));
  return { cursorsKilled: killed, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [], ok: 1 };
}

export function aggregate(context: CommandContext, command: Command): Answer {
  assertFields(command, {
    aggregate: 'any',
    pipeline: 'documents',
    cursor: 'document',
    allowDiskUse: 'boolean',
  });
  const pipeline = command['pipeline'];
  if (command['aggregate'] === 1) throw refusedForDatabase(pipeline);
  const namespace = namespaceOf(command, 'aggregate');
  assertSupportedPipeline(pipeline);
  const collection = context.engine.collection(namespace);
  const { selection, stages } = leadingSelection(pipeline);
  const input = collection ? documents(collection, parseSelection(selection)) : [];
  const output = stages.length === 0 ? [...input] : new Aggregator(stages).run(input as Doc[]);
  const encoded = output.map((doc) => serialize(doc));
  const cursor = (command['cursor'] ?? {}) as { batchSize?: unknown };
  return firstBatch(context, namespace, encodedRows(encoded), cursor.batchSize, false);
}

/** Which stages a selection can take over, in the order it applies them. */
const SELECTING = { $match: 'filter', $sort: 'sort', $skip: 'skip', $limit: 'limit' } as const;

/** @returns what an index can do of a pipeline, and the stages that are left. */
function leadingSelection(pipeline: readonly Doc[]): {
  selection: Parameters<typeof parseSelection>[0];
  stages: Doc[];
} {
  const selection: Record<string, unknown> = {};
  const stages = [...pipeline];
  for (const [stage, part] of Object.entries(SELECTING)) {
    const value = stages[0] && fieldOf(stages[0], stage);
    if (value === undefined) continue;
    // A limit of none is an error of its own.
    if (stage === '$limit' && value === 0) break;
    selection[part] = value;
    stages.shift();
  }
  return { selection, stages };
}

/** @returns why `{ aggregate: 1 }` is refused: the stages of collections have none, those of databases are not there. */
function refusedForDatabase(pipeline: unknown): StoreError {
  const stages = (Array.isArray(pipeline) ? pipeline : []).map((stage: Doc) => Object.keys(stage)[0] ?? '');
  const ofDatabase = stages.find((name) => !isPipelineStage(name));
  return ofDatabase === undefined
    ? new StoreError('InvalidNamespace', '{aggregate: 1} is not valid here; a collection is required')
    : notImplemented(`aggregation stage ${ofDatabase}`);
}

export function count(context: CommandContext, command: Command): Answer {
  assertFields(command, { count: 'string', query: 'document', limit: 'number', skip: 'number' });
  const collection = context.engine.collection(namespaceOf(command, 'count'));
  const { query: filter, ...rest } = command;
  const selection = parseSelection({ ...rest, filter });
  if (!collection) return { n: 0, ok: 1 };
  const all = Object.keys(selection.filter).length === 0 && selection.limit === 0 && selection.skip === 0;
  return { n: all ? collection.size : [...select(collection, selection)].length, ok: 1 };
}

export function distinct(context: CommandContext, command: Command): Answer {
  assertFields(command, { distinct: 'string', key: 'string', query: 'document' });
  const collection = context.engine.collection(namespaceOf(command, 'distinct'));
  const key = command['key'];
  if (typeof key !== 'string') throw new StoreError('TypeMismatch', 'distinct.key must be a string');
  const selection = parseSelection({ filter: command['query'] });
  const found = new Map<string, unknown>();
  for (const doc of collection ? documents(collection, selection) : []) {
    for (const value of valuesAt(doc, key.split('.')).values)
      if (value !== undefined) found.set(encodeValue(value), value);
  }
  return { values: [...found.keys()].sort().map((encoded) => found.get(encoded)), ok: 1 };
}

function* documents(collection: Collection, selection: Selection): Generator<Doc> {
  for (const handle of select(collection, selection)) yield collection.doc(handle);
}

function encodedRows(encoded: readonly Uint8Array[]): OpenRows {
  return new Rows(encoded, (row) => row);
}

type Project = (doc: Doc) => Uint8Array;

function projector(projection: unknown): Project | undefined {
  if (projection === undefined || Object.keys(projection as Doc).length === 0) return undefined;
  const names = plainNames(projection as Doc);
  if (names) return (doc) => serialize(onlyNamed(doc, names));
  const query = new Query({});
  return (doc) => {
    const [projected] = query.find<Doc>([doc], projection as never).all();
    return serialize(projected!);
  };
}

/** @returns the fields of a projection that names fields of the document itself to include; undefined for any other. */
function plainNames(projection: Doc): ReadonlySet<string> | undefined {
  const plain = Object.entries(projection).every(([path, wanted]) => wanted === 1 && !/[.$]/.test(path));
  return plain ? new Set(['_id', ...Object.keys(projection)]) : undefined;
}

function onlyNamed(doc: Doc, names: ReadonlySet<string>): Doc {
  return Object.fromEntries(Object.entries(doc).filter(([name]) => names.has(name)));
}

/**
 * Rows of a find. The first batch is read as the index is walked; what is left is kept as handles, so an index that
 * changes between two getMore calls cannot break the walk, and a record removed meanwhile is passed over.
 */
function bodiesOf(
  collection: Collection,
  handles: Generator<number>,
  project: Project | undefined,
): OpenRows {
  return new Rows(
    handles,
    (handle) => (project ? project(collection.doc(handle)) : collection.body(handle)),
    (handle) => collection.isLive(handle),
  );
}

function firstBatch(
  context: CommandContext,
  namespace: string,
  rows: OpenRows,
  size: unknown,
  single: boolean,
): Answer {
  const documents = rows.take(batchSize(size, FIRST_BATCH), BATCH_BYTES);
  if (rows.atEnd() || single) return cursorReply('firstBatch', documents, 0, namespace);
  rows.settle();
  return cursorReply('firstBatch', documents, context.cursors.open(namespace, rows), namespace);
}

function batchSize(size: unknown, otherwise: number): number {
  return typeof size === 'number' && size > 0 ? size : otherwise;
}

import { isDeepStrictEqual } from 'node:util';
import { serialize } from 'bson';
import { Aggregator, Query } from 'mingo';
import { present } from '../../present.js';
import type { Collection, Doc } from '../collection.js';
import { type OpenRows, Rows } from '../cursors.js';
import { notImplemented, StoreError } from '../errors.js';
import { valuesAt } from '../field-values.js';
import { encodeValue } from '../key-encoding.js';
import { fieldOf } from '../own-field.js';
import { gather, type Pace, PAUSE, type Pause, type Steps } from '../pace.js';
import { assertSupportedPipeline, isPipelineStage, isPlainObject } from '../query-operators.js';
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

export async function find(context: CommandContext, command: Command, pace: Pace): Promise<Answer> {
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
    ? bodiesOf(collection, select(collection, selection, pace), projector(command['projection']))
    : encodedRows([]);
  const single =
    command['singleBatch'] === true || (typeof command['limit'] === 'number' && command['limit'] < 0);
  return firstBatch({ context, namespace, pace }, rows, command['batchSize'], single);
}

export async function getMore(context: CommandContext, command: Command, pace: Pace): Promise<Answer> {
  assertFields(command, { getMore: 'any', collection: 'string', batchSize: 'number' });
  const namespace = namespaceOf(command, 'collection');
  const id = Number(command['getMore']);
  const cursor = context.cursors.get(id, namespace);
  const { rows } = cursor;
  pace.limitTo(cursor.leftMs);
  cursor.isUsed = true;
  try {
    const documents = await pace.walk(
      rows.take(batchSize(command['batchSize'], Infinity), BATCH_BYTES, pace),
    );
    if (!(await pace.walk(rows.atEnd()))) return cursorReply('nextBatch', documents, id, namespace);
    context.cursors.close(id);
    return cursorReply('nextBatch', documents, 0, namespace);
  } finally {
    cursor.isUsed = false;
    cursor.leftMs = pace.leftMs;
  }
}

export function killCursors(context: CommandContext, command: Command): Answer {
  assertStatement(command, { killCursors: 'string', cursors: 'array' }, ['cursors']);
  const ids = command['cursors'];
  const killed = ids.filter((id) => context.cursors.close(Number(id)));
  const cursorsNotFound = ids.filter((id) => !killed.includes(id));
  return { cursorsKilled: killed, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [], ok: 1 };
}

export async function aggregate(context: CommandContext, command: Command, pace: Pace): Promise<Answer> {
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
  const parsed = parseSelection(selection);
  const reading = { context, namespace, pace };
  const cursor = command['cursor'];
  const batchSize = isPlainObject(cursor) ? cursor['batchSize'] : undefined;
  if (collection && isCount(stages)) {
    const n = await pace.walk(counted(select(collection, parsed, pace)));
    return firstBatch(reading, encodedRows(n === 0 ? [] : [serialize({ _id: 1, n })]), batchSize, false);
  }
  const input = collection ? await pace.walk(gather(documents(collection, parsed, pace))) : [];
  const output = stages.length === 0 ? input : new Aggregator(stages).run<Doc>(inTime(input, pace));
  const rows = new Rows(output, (doc: Doc) => serialize(doc));
  return firstBatch(reading, rows, batchSize, false);
}

/** @returns whether all that is left to do is to count: what the driver sends for `countDocuments` */
function isCount(stages: readonly Doc[]): boolean {
  return stages.length === 1 && isDeepStrictEqual(stages[0], { $group: { _id: 1, n: { $sum: 1 } } });
}

/** Stages are run in one go: they end with the command's time, others wait for them. */
function* inTime(documents: readonly Doc[], pace: Pace): Generator<Doc> {
  for (const doc of documents) {
    pace.isDue();
    yield doc;
  }
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

export async function count(context: CommandContext, command: Command, pace: Pace): Promise<Answer> {
  assertFields(command, { count: 'string', query: 'document', limit: 'number', skip: 'number' });
  const collection = context.engine.collection(namespaceOf(command, 'count'));
  const { query: filter, ...rest } = command;
  const selection = parseSelection({ ...rest, filter });
  if (!collection) return { n: 0, ok: 1 };
  const all = Object.keys(selection.filter).length === 0 && selection.limit === 0 && selection.skip === 0;
  return { n: all ? collection.size : await pace.walk(counted(select(collection, selection, pace))), ok: 1 };
}

function* counted(handles: Iterable<number | Pause>): Steps<number> {
  let n = 0;
  for (const handle of handles)
    if (handle === PAUSE) yield PAUSE;
    else n++;
  return n;
}

export async function distinct(context: CommandContext, command: Command, pace: Pace): Promise<Answer> {
  assertFields(command, { distinct: 'string', key: 'string', query: 'document' });
  const collection = context.engine.collection(namespaceOf(command, 'distinct'));
  const key = command['key'];
  if (typeof key !== 'string') throw new StoreError('TypeMismatch', 'distinct.key must be a string');
  const selection = parseSelection({ filter: command['query'] });
  const docs = collection ? documents(collection, selection, pace) : [];
  const found = await pace.walk(valuesOf(docs, key.split('.')));
  return { values: [...found.keys()].sort().map((encoded) => found.get(encoded)), ok: 1 };
}

/** @returns the values at a path, by how they are encoded */
function* valuesOf(docs: Iterable<Doc | Pause>, path: readonly string[]): Steps<Map<string, unknown>> {
  const found = new Map<string, unknown>();
  for (const doc of docs)
    if (doc === PAUSE) yield PAUSE;
    else
      for (const value of valuesAt(doc, path).values)
        if (value !== undefined) found.set(encodeValue(value), value);
  return found;
}

function* documents(collection: Collection, selection: Selection, pace: Pace): Generator<Doc | Pause> {
  const { turn } = pace;
  for (const handle of select(collection, selection, pace))
    if (handle === PAUSE) yield PAUSE;
    else if (pace.turn === turn || collection.isLive(handle)) yield collection.doc(handle);
}

function encodedRows(encoded: readonly Uint8Array[]): OpenRows {
  return new Rows(encoded, (row) => row);
}

type Project = (doc: Doc) => Uint8Array;

function projector(projection: unknown): Project | undefined {
  if (!isPlainObject(projection) || Object.keys(projection).length === 0) return undefined;
  const names = plainNames(projection);
  if (names) return (doc) => serialize(onlyNamed(doc, names));
  const query = new Query({});
  return (doc) => {
    const [projected] = query.find<Doc>([doc], projection).all();
    return serialize(present(projected, 'a projected document'));
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
  handles: Generator<number | Pause>,
  project: Project | undefined,
): OpenRows {
  return new Rows(
    handles,
    (handle) => (project ? project(collection.doc(handle)) : collection.body(handle)),
    (handle) => collection.isLive(handle),
  );
}

/** What a first part is answered with. */
interface Reading {
  readonly context: CommandContext;
  readonly namespace: string;
  readonly pace: Pace;
}

async function firstBatch(
  { context, namespace, pace }: Reading,
  rows: OpenRows,
  size: unknown,
  single: boolean,
): Promise<Answer> {
  try {
    const documents = await pace.walk(rows.take(batchSize(size, FIRST_BATCH), BATCH_BYTES, pace));
    if (single || (await pace.walk(rows.atEnd()))) return cursorReply('firstBatch', documents, 0, namespace);
    await pace.walk(rows.settle());
    const id = context.cursors.open(namespace, rows, pace.leftMs);
    return cursorReply('firstBatch', documents, id, namespace);
  } finally {
    // Settled rows read from nothing.
    rows.close();
  }
}

function batchSize(size: unknown, otherwise: number): number {
  return typeof size === 'number' && size > 0 ? size : otherwise;
}

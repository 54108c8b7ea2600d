import { ObjectId } from 'bson';
import { Query } from 'mingo';
import type { Collection, Doc } from '../collection.js';
import { StoreError } from '../errors.js';
import { parseSelection, select, type Selection } from '../select.js';
import { applyUpdate, isReplacement, upsertBase } from '../update.js';
import {
  type Answer,
  assertFields,
  assertStatement,
  type Command,
  type CommandContext,
  namespaceOf,
} from './context.js';

interface WriteError {
  readonly index: number;
  readonly code: number;
  readonly errmsg: string;
}

/** How long a batch may keep other connections waiting. */
const SLICE_MS = 4;

/**
 * Runs one operation per item; an ordered batch stops at the first failure, as in MongoDB. Each operation is whole, the
 * batch is not: other connections are answered in between, as they are there. They may drop a collection: it is looked
 * up anew for each item.
 * @returns when all that was done is on disk
 */
async function runBatch(
  { engine }: CommandContext,
  items: readonly unknown[],
  ordered: boolean,
  run: (item: unknown, index: number) => void,
): Promise<WriteError[]> {
  const errors: WriteError[] = [];
  const written: Promise<void>[] = [];
  let next = 0;
  const slice = () => {
    const until = performance.now() + SLICE_MS;
    do {
      const error = failureOf(() => run(items[next], next));
      if (error) errors.push({ index: next, code: error.code, errmsg: error.message, ...error.details });
      next = error && ordered ? items.length : next + 1;
    } while (next < items.length && performance.now() < until);
  };
  while (next < items.length) {
    const { ran, durable } = engine.write(slice);
    written.push(durable);
    await ran;
  }
  await Promise.all(written);
  return errors;
}

/** @returns why an operation was refused; undefined when it was not. What is no refusal is thrown. */
function failureOf(run: () => void): StoreError | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof StoreError) return error;
    throw error;
  }
}

const withErrors = (errors: readonly WriteError[]) => (errors.length > 0 ? { writeErrors: errors } : {});

export async function insert(context: CommandContext, command: Command): Promise<Answer> {
  assertStatement(
    command,
    { insert: 'string', documents: 'documents', ordered: 'boolean', bypassDocumentValidation: 'boolean' },
    ['documents'],
  );
  const namespace = namespaceOf(command, 'insert');
  const documents = command['documents'] as Doc[];
  let n = 0;
  const errors = await runBatch(context, documents, command['ordered'] !== false, (doc) => {
    context.engine.ensureCollection(namespace).insert(withId(doc as Doc));
    n++;
  });
  return { n, ...withErrors(errors), ok: 1 };
}

/** `_id` comes first in the stored document, as in MongoDB. */
function withId(doc: Doc): Doc {
  const { _id = new ObjectId(), ...rest } = doc;
  return { _id, ...rest };
}

const UPDATE_FIELDS = { q: 'document', u: 'any', multi: 'boolean', upsert: 'boolean' } as const;

interface UpdateStatement {
  readonly q: Doc;
  readonly u: Doc;
  readonly multi?: boolean;
  readonly upsert?: boolean;
}

export async function update(context: CommandContext, command: Command): Promise<Answer> {
  assertStatement(
    command,
    { update: 'string', updates: 'documents', ordered: 'boolean', bypassDocumentValidation: 'boolean' },
    ['updates'],
  );
  const namespace = namespaceOf(command, 'update');
  let n = 0;
  let nModified = 0;
  const upserted: { index: number; _id: unknown }[] = [];
  const errors = await runBatch(
    context,
    command['updates'] as unknown[],
    command['ordered'] !== false,
    (item, index) => {
      assertStatement(item as Command, UPDATE_FIELDS, ['q', 'u']);
      const { q, u, multi, upsert } = item as UpdateStatement;
      const selection = parseSelection({ filter: q, limit: multi ? 0 : 1 });
      if (multi && isReplacement(u))
        throw new StoreError('FailedToParse', 'multi update is not supported for replacement');
      const collection = context.engine.ensureCollection(namespace);
      const handles = [...select(collection, selection)];
      for (const handle of handles) if (updateOne(collection, handle, u)) nModified++;
      n += handles.length;
      if (handles.length > 0 || !upsert) return;
      upserted.push({ index, _id: upsertOne(collection, q, u)['_id'] });
      n++;
    },
  );
  return { n, nModified, ...(upserted.length > 0 && { upserted }), ...withErrors(errors), ok: 1 };
}

function updateOne(collection: Collection, handle: number, update: Doc): Doc | undefined {
  const body = collection.body(handle);
  const before = collection.doc(handle);
  const updated = applyUpdate(before, update, false, body);
  if (updated) collection.replace(handle, before, updated.after, updated.body);
  return updated?.after;
}

function upsertOne(collection: Collection, filter: Doc, update: Doc): Doc {
  const base = upsertBase(filter);
  const start = isReplacement(update) ? { ...('_id' in base && { _id: base['_id'] }) } : base;
  // Null is an id as well.
  const [given] = [update, update['$setOnInsert'], update['$set']]
    .map((fields) => (fields as Doc | undefined)?.['_id'])
    .filter((id) => id !== undefined);
  const seeded = withId({ ...(given !== undefined && { _id: given }), ...start });
  const doc = applyUpdate(seeded, update, true)?.after ?? seeded;
  collection.insert(withId(doc));
  return doc;
}

interface DeleteStatement {
  readonly q: Doc;
  readonly limit: 0 | 1;
}

export async function remove(context: CommandContext, command: Command): Promise<Answer> {
  assertStatement(command, { delete: 'string', deletes: 'documents', ordered: 'boolean' }, ['deletes']);
  const namespace = namespaceOf(command, 'delete');
  let n = 0;
  const errors = await runBatch(
    context,
    command['deletes'] as unknown[],
    command['ordered'] !== false,
    (item) => {
      assertStatement(item as Command, { q: 'document', limit: 'number' }, ['q', 'limit']);
      const { q, limit } = item as DeleteStatement;
      const collection = context.engine.collection(namespace);
      const handles = collection ? [...select(collection, parseSelection({ filter: q, limit }))] : [];
      for (const handle of handles) collection!.remove(handle, collection!.doc(handle));
      n += handles.length;
    },
  );
  return { n, ...withErrors(errors), ok: 1 };
}

export async function findAndModify(context: CommandContext, command: Command): Promise<Answer> {
  assertFields(command, {
    findAndModify: 'string',
    query: 'document',
    sort: 'document',
    remove: 'boolean',
    update: 'any',
    new: 'boolean',
    upsert: 'boolean',
    fields: 'document',
    bypassDocumentValidation: 'boolean',
  });
  const namespace = namespaceOf(command, 'findAndModify');
  const selection = parseSelection({ filter: command['query'], sort: command['sort'], limit: 1 });
  const outcome = await context.engine.change(() => {
    const collection = context.engine.ensureCollection(namespace);
    return command['remove'] === true
      ? removeFound(collection, selection)
      : modifyFound(collection, selection, command);
  });
  const value = outcome.value && project(outcome.value, command['fields']);
  return { lastErrorObject: outcome.lastErrorObject, value: value ?? null, ok: 1 };
}

interface Modified {
  readonly value: Doc | undefined;
  readonly lastErrorObject: Record<string, unknown>;
}

function removeFound(collection: Collection, selection: Selection): Modified {
  const [handle] = select(collection, selection);
  if (handle === undefined) return { value: undefined, lastErrorObject: { n: 0 } };
  const doc = collection.doc(handle);
  collection.remove(handle, doc);
  return { value: doc, lastErrorObject: { n: 1 } };
}

function modifyFound(collection: Collection, selection: Selection, command: Command): Modified {
  const update = command['update'] as Doc;
  const wantsNew = command['new'] === true;
  const [handle] = select(collection, selection);
  if (handle !== undefined) {
    const before = collection.doc(handle);
    const after = updateOne(collection, handle, update) ?? before;
    return { value: wantsNew ? after : before, lastErrorObject: { n: 1, updatedExisting: true } };
  }
  if (command['upsert'] !== true)
    return { value: undefined, lastErrorObject: { n: 0, updatedExisting: false } };
  const inserted = upsertOne(collection, selection.filter, update);
  const lastErrorObject = { n: 1, updatedExisting: false, upserted: inserted['_id'] };
  return { value: wantsNew ? inserted : undefined, lastErrorObject };
}

function project(doc: Doc, fields: unknown): Doc {
  if (fields === undefined || Object.keys(fields as Doc).length === 0) return doc;
  return new Query({}).find<Doc>([doc], fields as never).all()[0]!;
}

import { ObjectId } from 'bson';
import { Query } from 'mingo';
import { present } from '../../present.js';
import type { Collection, Doc } from '../collection.js';
import { StoreError } from '../errors.js';
import type { Pace } from '../pace.js';
import { isPlainObject } from '../query-operators.js';
import { parseSelection } from '../select.js';
import { applyUpdate, assertUpdate, isReplacement, upsertBase } from '../update.js';
import { runBatch, runOne, type StatementFailure } from './batch.js';
import {
  type Answer,
  assertFields,
  assertStatement,
  type Command,
  type CommandContext,
  namespaceOf,
} from './context.js';

export async function insert(context: CommandContext, command: Command, pace: Pace): Promise<Answer> {
  assertStatement(
    command,
    { insert: 'string', documents: 'documents', ordered: 'boolean', bypassDocumentValidation: 'boolean' },
    ['documents'],
  );
  const namespace = namespaceOf(command, 'insert');
  const { engine } = context;
  let n = 0;
  const errors = await runBatch(
    { context, namespace, pace },
    command['documents'],
    isOrdered(command),
    (doc) => ({
      otherwise() {
        engine.ensureCollection(namespace).insert(withId(doc));
        n++;
      },
    }),
  );
  return { n, ...withErrors(errors), ok: 1 };
}

const isOrdered = (command: Command): boolean => command['ordered'] !== false;
const withErrors = (errors: readonly StatementFailure[]) =>
  errors.length > 0 ? { writeErrors: errors } : {};

/** `_id` comes first in the stored document, as in MongoDB. */
function withId(doc: Doc): Doc {
  const { _id = new ObjectId(), ...rest } = doc;
  return { _id, ...rest };
}

const UPDATE_FIELDS = { q: 'document', u: 'any', multi: 'boolean', upsert: 'boolean' } as const;

/** @returns an update as a document; throws for one that is none */
function updateIn(update: unknown): Doc {
  assertUpdate(update);
  return update;
}

export async function update(context: CommandContext, command: Command, pace: Pace): Promise<Answer> {
  assertStatement(
    command,
    { update: 'string', updates: 'documents', ordered: 'boolean', bypassDocumentValidation: 'boolean' },
    ['updates'],
  );
  const namespace = namespaceOf(command, 'update');
  const counts = { n: 0, nModified: 0 };
  const upserted: { index: number; _id: unknown }[] = [];
  const errors = await runBatch(
    { context, namespace, pace },
    command['updates'],
    isOrdered(command),
    (item: Command, index) => {
      assertStatement(item, UPDATE_FIELDS, ['q', 'u']);
      const { q, u } = item;
      const [multi, upsert] = [item['multi'], item['upsert']];
      const selection = parseSelection({ filter: q, limit: multi ? 0 : 1 });
      if (multi && isReplacement(u))
        throw new StoreError('FailedToParse', 'multi update is not supported for replacement');
      return {
        selection,
        change(collection, handle) {
          if (updateOne(collection, handle, updateIn(u))) counts.nModified++;
          counts.n++;
        },
        otherwise() {
          if (!upsert) return;
          const collection = context.engine.ensureCollection(namespace);
          upserted.push({ index, _id: upsertOne(collection, q, updateIn(u))['_id'] });
          counts.n++;
        },
      };
    },
  );
  return { ...counts, ...(upserted.length > 0 && { upserted }), ...withErrors(errors), ok: 1 };
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
    .map((fields) => (isPlainObject(fields) ? fields['_id'] : undefined))
    .filter((id) => id !== undefined);
  const seeded = withId({ ...(given !== undefined && { _id: given }), ...start });
  const doc = applyUpdate(seeded, update, true)?.after ?? seeded;
  collection.insert(withId(doc));
  return doc;
}

export async function remove(context: CommandContext, command: Command, pace: Pace): Promise<Answer> {
  assertStatement(command, { delete: 'string', deletes: 'documents', ordered: 'boolean' }, ['deletes']);
  const namespace = namespaceOf(command, 'delete');
  let n = 0;
  const errors = await runBatch(
    { context, namespace, pace },
    command['deletes'],
    isOrdered(command),
    (item: Command) => {
      assertStatement(item, { q: 'document', limit: 'number' }, ['q', 'limit']);
      const { q, limit } = item;
      return {
        selection: parseSelection({ filter: q, limit }),
        change(collection, handle) {
          collection.remove(handle, collection.doc(handle));
          n++;
        },
      };
    },
  );
  return { n, ...withErrors(errors), ok: 1 };
}

export async function findAndModify(context: CommandContext, command: Command, pace: Pace): Promise<Answer> {
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
  const { engine } = context;
  const removes = command['remove'] === true;
  const outcome: { found: Modified } = { found: nothingFound(removes) };
  await runOne(
    { context, namespace, pace },
    {
      selection,
      change(collection, handle) {
        outcome.found = removes ? removeFound(collection, handle) : modifyFound(collection, handle, command);
      },
      otherwise() {
        const collection = engine.ensureCollection(namespace);
        if (!removes && command['upsert'] === true)
          outcome.found = insertMissing(collection, selection.filter, command);
      },
    },
  );
  const { value, lastErrorObject } = outcome.found;
  return { lastErrorObject, value: value ? project(value, command['fields']) : null, ok: 1 };
}

interface Modified {
  readonly value: Doc | undefined;
  readonly lastErrorObject: Record<string, unknown>;
}

function nothingFound(removes: boolean): Modified {
  return { value: undefined, lastErrorObject: { n: 0, ...(!removes && { updatedExisting: false }) } };
}

function removeFound(collection: Collection, handle: number): Modified {
  const doc = collection.doc(handle);
  collection.remove(handle, doc);
  return { value: doc, lastErrorObject: { n: 1 } };
}

function modifyFound(collection: Collection, handle: number, command: Command): Modified {
  const before = collection.doc(handle);
  const after = updateOne(collection, handle, updateIn(command['update'])) ?? before;
  const value = command['new'] === true ? after : before;
  return { value, lastErrorObject: { n: 1, updatedExisting: true } };
}

function insertMissing(collection: Collection, filter: Doc, command: Command): Modified {
  const inserted = upsertOne(collection, filter, updateIn(command['update']));
  const lastErrorObject = { n: 1, updatedExisting: false, upserted: inserted['_id'] };
  return { value: command['new'] === true ? inserted : undefined, lastErrorObject };
}

function project(doc: Doc, fields: unknown): Doc {
  if (!isPlainObject(fields) || Object.keys(fields).length === 0) return doc;
  const [projected] = new Query({}).find<Doc>([doc], fields).all();
  return present(projected, 'a projected document');
}

import { deserialize, serialize } from 'bson';
import { update as mingoUpdate } from 'mingo/updater';
import { decode, type Doc } from './collection.js';
import { notImplemented, StoreError } from './errors.js';
import { encodeValue } from './key-encoding.js';
import { fieldOf, namesInherited, setField } from './own-field.js';
import { branchesOf, isOperatorObject, isPlainObject } from './query-operators.js';

const OPERATORS = new Set('$set $unset $inc $min $max $push $addToSet $pull $setOnInsert'.split(' '));

/** What an update says for each of its operators, as `isReplacement` has checked it. */
function fieldsOf(update: Doc): [operator: string, fields: Doc][] {
  return Object.entries(update).map(([operator, fields]) => [operator, documentIn(operator, fields)]);
}

function documentIn(operator: string, fields: unknown): Doc {
  if (!isPlainObject(fields)) throw new StoreError('FailedToParse', `${operator} needs a document`);
  return fields;
}

/** Throws for what is no update: a pipeline, or no document. */
export function assertUpdate(update: unknown): asserts update is Doc {
  if (Array.isArray(update)) throw notImplemented('an update pipeline');
  if (!isPlainObject(update)) throw new StoreError('FailedToParse', 'update must be a document');
}

/** @returns whether `update` replaces the document; throws for pipelines and unknown operators. */
export function isReplacement(update: unknown): boolean {
  assertUpdate(update);
  if (!isOperatorObject(update)) return true;
  for (const [operator, fields] of Object.entries(update)) {
    if (!OPERATORS.has(operator)) throw notImplemented(`update operator ${operator}`);
    documentIn(operator, fields);
  }
  assertNoConflicts(update);
  return false;
}

function assertNoConflicts(update: Doc): void {
  const paths = fieldsOf(update).flatMap(([, fields]) => Object.keys(fields));
  for (const path of paths) {
    if (path.split('.').some((part) => part.startsWith('$') || part === ''))
      throw notImplemented(`positional or empty path part in ${path}`);
    if (namesInherited(path)) throw notImplemented(`a field like ${path}`);
    const clashes = paths.filter((other) => other === path || other.startsWith(`${path}.`)).length > 1;
    if (clashes)
      throw new StoreError(
        'ConflictingUpdateOperators',
        `Updating the path '${path}' would create a conflict`,
      );
  }
}

/** A document after an update, and as it is to be stored. */
export interface Updated {
  readonly after: Doc;
  readonly body: Uint8Array;
}

/**
 * @param body the document as it is stored
 * @returns the document after the update, or undefined when nothing changes
 */
export function applyUpdate(
  before: Doc,
  update: Doc,
  inserting = false,
  body: Uint8Array = serialize(before),
): Updated | undefined {
  const after = isReplacement(update)
    ? { _id: before['_id'], ...update }
    : (setPlainly(before, update) ?? applyOperators(before, update, inserting));
  if (encodeValue(after['_id']) !== encodeValue(before['_id']))
    throw new StoreError('ImmutableField', "the (immutable) field '_id' was found to have been altered");
  const written = serialize(after);
  return Buffer.compare(body, written) === 0 ? undefined : { after, body: written };
}

/** @returns the outcome of a `$set` that names top-level fields alone, the commonest update; undefined for any other. */
function setPlainly(before: Doc, update: Doc): Doc | undefined {
  const { $set, ...others } = update;
  if (!isPlainObject($set) || Object.keys(others).length > 0) return undefined;
  if (Object.keys($set).some((path) => path === '_id' || path.includes('.'))) return undefined;
  return { ...before, ...$set };
}

function applyOperators(before: Doc, update: Doc, inserting: boolean): Doc {
  const { $setOnInsert, ...rest } = update;
  const effective: Doc = { ...rest };
  if (inserting && isPlainObject($setOnInsert))
    effective['$set'] = { ...$setOnInsert, ...(isPlainObject(rest['$set']) && rest['$set']) };
  assertSameId(before, effective);
  const after = decode(serialize(before));
  for (const [operator, fields] of fieldsOf(effective)) assertViable(after, operator, fields);
  // The modifier is copied through BSON so that stored values never alias the caller's objects.
  const modifier = deserialize(serialize(effective), { promoteBuffers: false });
  if (Object.keys(modifier).length > 0) mingoUpdate(after, modifier, [], {}, { cloneMode: 'deep' });
  return after;
}

/** Setting `_id` to the value it has is allowed and changes nothing; anything else is refused. */
function assertSameId(before: Doc, effective: Doc): void {
  for (const [operator, fields] of fieldsOf(effective)) {
    if (!('_id' in fields)) continue;
    const { _id, ...others } = fields;
    if (operator !== '$set' || encodeValue(_id) !== encodeValue(before['_id']))
      throw new StoreError('ImmutableField', "the (immutable) field '_id' was found to have been altered");
    effective[operator] = others;
  }
}

/** mingo passes silently over what MongoDB refuses with codes 14 and 28; refuse it here. */
function assertViable(doc: Doc, operator: string, fields: Doc): void {
  for (const [path, operand] of Object.entries(fields)) {
    const target = viableTarget(doc, path);
    if (operator === '$inc') assertNumber(path, target, operand);
    if (['$push', '$addToSet', '$pull'].includes(operator) && target !== undefined && !Array.isArray(target))
      throw new StoreError('BadValue', `The field '${path}' must be an array`);
  }
}

function assertNumber(path: string, target: unknown, operand: unknown): void {
  if (typeof operand !== 'number')
    throw new StoreError('TypeMismatch', `Cannot increment '${path}' by a non-number`);
  if (target !== undefined && typeof target !== 'number')
    throw new StoreError('TypeMismatch', `Cannot apply $inc to a value of non-numeric type at '${path}'`);
}

function viableTarget(doc: Doc, path: string): unknown {
  let at: unknown = doc;
  for (const part of path.split('.')) {
    if (at === undefined) return undefined;
    if (Array.isArray(at) && !/^\d+$/.test(part))
      throw new StoreError('PathNotViable', `Cannot create field '${part}' in an array element list`);
    if (typeof at !== 'object' || at === null || at instanceof Date)
      throw new StoreError('PathNotViable', `Cannot create field '${part}' in a plain value`);
    at = Object.hasOwn(at, part) ? Reflect.get(at, part) : undefined;
  }
  return at;
}

/** @returns the document an upsert starts from: the equality fields of the filter. */
export function upsertBase(filter: Doc): Doc {
  const base: Doc = {};
  for (const [path, value] of equalities(filter)) setPath(base, path.split('.'), value);
  return base;
}

function equalities(filter: Doc): [string, unknown][] {
  return Object.entries(filter).flatMap<[string, unknown]>(([key, value]) => {
    if (key === '$and') return branchesOf(value).flatMap(equalities);
    if (key.startsWith('$')) return [];
    if (!isOperatorObject(value)) return [[key, value]];
    return '$eq' in value ? [[key, value['$eq']]] : [];
  });
}

function setPath(target: Doc, path: readonly string[], value: unknown): void {
  const [head = '', ...rest] = path;
  if (rest.length === 0) return setField(target, head, value);
  const known = fieldOf(target, head);
  const inner = isPlainObject(known) ? known : {};
  setField(target, head, inner);
  setPath(inner, rest, value);
}

import { notImplemented, StoreError } from './errors.js';
import { namesInherited } from './own-field.js';

type Doc = Record<string, unknown>;

const LOGICAL = new Set(['$and', '$or', '$nor']);
const FIELD_OPERATORS = new Set(
  '$eq $ne $gt $gte $lt $lte $in $nin $exists $elemMatch $all $size $regex $options $not $type'.split(' '),
);
const PIPELINE_STAGES = new Set(
  '$match $group $sort $limit $skip $project $unwind $count $addFields $set $replaceRoot $sortByCount'.split(
    ' ',
  ),
);
const FORBIDDEN_EXPRESSIONS = new Set('$function $accumulator $where $lookup $out $merge $text'.split(' '));

/** @returns whether the value is a plain embedded document (not a Date, ObjectId, RegExp …). */
export function isPlainObject(value: unknown): value is Doc {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** @returns whether the value is `{ $op: … }`. */
export function isOperatorObject(value: unknown): value is Doc {
  return isPlainObject(value) && Object.keys(value)[0]?.startsWith('$') === true;
}

/** @returns the branches of a `$and`, `$or` or `$nor` of a filter that has passed `assertSupportedFilter`. */
export function branchesOf(branches: unknown): readonly Doc[] {
  // cast: assertSupportedFilter has looked at each of them
  return branches as readonly Doc[];
}

/** @returns the operand of a `$in` or `$nin` of a filter that has passed `assertSupportedFilter`. */
export function listOf(operand: unknown): readonly unknown[] {
  // cast: assertSupportedFilter has looked at it
  return operand as readonly unknown[];
}

/** Refuses every filter the engine would not answer exactly as MongoDB does. */
export function assertSupportedFilter(filter: unknown): asserts filter is Doc {
  if (!isPlainObject(filter)) throw new StoreError('TypeMismatch', 'filter must be a document');
  for (const [key, value] of Object.entries(filter)) {
    if (LOGICAL.has(key)) assertBranches(key, value);
    else if (key.startsWith('$')) throw new StoreError('BadValue', `unknown top level operator: ${key}`);
    else if (namesInherited(key)) throw notImplemented(`a field like ${key}`);
    else assertSupportedCondition(value);
  }
}

function assertBranches(operator: string, value: unknown): void {
  if (!Array.isArray(value) || value.length === 0)
    throw new StoreError('BadValue', `${operator} must be a nonempty array`);
  value.forEach(assertSupportedFilter);
}

function assertSupportedCondition(value: unknown): void {
  if (!isPlainObject(value)) return;
  if (!isOperatorObject(value)) throw notImplemented('equality with an embedded document');
  for (const [operator, operand] of Object.entries(value)) {
    if (!FIELD_OPERATORS.has(operator)) throw new StoreError('BadValue', `unknown operator: ${operator}`);
    if ((operator === '$in' || operator === '$nin' || operator === '$all') && !Array.isArray(operand))
      throw new StoreError('BadValue', `${operator} needs an array`);
    if (operator === '$not') assertSupportedCondition(operand);
    else if (operator === '$elemMatch') assertElemMatch(operand);
    else if (isPlainObject(operand)) throw notImplemented('comparison with an embedded document');
  }
}

function assertElemMatch(operand: unknown): void {
  const [first = ''] = isOperatorObject(operand) ? Object.keys(operand) : [];
  if (first !== '' && !LOGICAL.has(first)) assertSupportedCondition(operand);
  else assertSupportedFilter(operand);
}

/** @returns whether a stage works on the documents of a collection, and is supported. */
export function isPipelineStage(name: string): boolean {
  return PIPELINE_STAGES.has(name);
}

/** Refuses aggregation stages and expressions outside the list the project uses. */
export function assertSupportedPipeline(pipeline: unknown): asserts pipeline is Doc[] {
  if (!Array.isArray(pipeline)) throw new StoreError('TypeMismatch', 'pipeline must be an array');
  for (const stage of pipeline) {
    const [name, value] = (isPlainObject(stage) ? Object.entries(stage)[0] : undefined) ?? [];
    if (name === undefined || !PIPELINE_STAGES.has(name))
      throw notImplemented(`aggregation stage ${name ?? '(none)'}`);
    if (name === '$match') assertSupportedFilter(value);
    else assertExpressions(value);
  }
}

function assertExpressions(value: unknown): void {
  if (Array.isArray(value)) return value.forEach(assertExpressions);
  if (!isPlainObject(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    if (FORBIDDEN_EXPRESSIONS.has(key)) throw notImplemented(`expression ${key}`);
    assertExpressions(inner);
  }
}

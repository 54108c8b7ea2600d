import { Binary, ObjectId } from 'bson';
import { branchesOf, isOperatorObject, isPlainObject, listOf } from './query-operators.js';

type Doc = Record<string, unknown>;

/** One end of a range. */
export interface Bound {
  readonly value: unknown;
  readonly inclusive: boolean;
}

/** Values between two ends, or beyond one. */
export interface Range {
  readonly low?: Bound;
  readonly high?: Bound;
}

/**
 * What a filter says about one path, as far as an index can use it. Everything an index cannot use is left out: the
 * full filter is always tested on the document, so conditions only have to let through a superset.
 */
export interface Condition extends Range {
  readonly path: string;
  readonly points?: readonly unknown[];
  /** One of these holds (`$or`). */
  readonly ranges?: readonly Range[];
  /** Conditions with the same group hold on one and the same array element ($elemMatch). */
  readonly group: number | undefined;
}

const RANGE_OPERATORS = {
  $gt: { side: 'low', inclusive: false },
  $gte: { side: 'low', inclusive: true },
  $lt: { side: 'high', inclusive: false },
  $lte: { side: 'high', inclusive: true },
} as const;

function isRangeOperator(operator: string): operator is keyof typeof RANGE_OPERATORS {
  return Object.hasOwn(RANGE_OPERATORS, operator);
}

function isIndexable(value: unknown): boolean {
  return (
    value === null ||
    ['string', 'number', 'boolean'].includes(typeof value) ||
    value instanceof Date ||
    value instanceof ObjectId ||
    value instanceof Binary
  );
}

/**
 * @returns the index-usable conditions of a filter. Of `$or` what each branch says of the same path; `$nor`, `$not`, `$ne` …
 * contribute nothing.
 */
export function conditionsOf(filter: Doc): Condition[] {
  let groups = 0;
  const ofFilter = (part: Doc, prefix: string, group: number | undefined): Condition[] =>
    Object.entries(part).flatMap(([key, value]) => {
      if (key === '$and') return branchesOf(value).flatMap((branch) => ofFilter(branch, prefix, group));
      if (key === '$or')
        return ofBranches(branchesOf(value).map((branch) => ofFilter(branch, prefix, group)));
      return key.startsWith('$') ? [] : ofField(prefix + key, value, group);
    });
  const ofField = (path: string, value: unknown, group: number | undefined): Condition[] => {
    if (!isOperatorObject(value)) return isIndexable(value) ? [{ path, points: [value], group }] : [];
    const element = value['$elemMatch'];
    return [
      ...operatorConditions(path, value, group),
      ...(element === undefined ? [] : ofElement(path, element)),
    ];
  };
  const ofElement = (path: string, element: unknown): Condition[] => {
    const group = ++groups;
    if (!isPlainObject(element)) return [];
    const onFields = Object.keys(element).every((key) => !key.startsWith('$') || key === '$and');
    return onFields ? ofFilter(element, `${path}.`, group) : operatorConditions(path, element, group);
  };
  return ofFilter(filter, '', undefined);
}

function operatorConditions(path: string, operators: Doc, group: number | undefined): Condition[] {
  return Object.entries(operators).flatMap<Condition>(([operator, operand]) => {
    if (operator === '$eq') return isIndexable(operand) ? [{ path, points: [operand], group }] : [];
    if (operator === '$in') return inCondition(path, listOf(operand), group);
    // What is not there is filed as null.
    if (operator === '$exists' && !operand) return [{ path, points: [null], group }];
    const range = isRangeOperator(operator) ? RANGE_OPERATORS[operator] : undefined;
    if (range === undefined || operand === null || !isIndexable(operand)) return [];
    return [{ path, [range.side]: { value: operand, inclusive: range.inclusive }, group }];
  });
}

function inCondition(path: string, operand: readonly unknown[], group: number | undefined): Condition[] {
  return operand.every(isIndexable) ? [{ path, points: operand, group }] : [];
}

/** What holds whichever branch does: a path of which each of them says something. */
function ofBranches(branches: readonly (readonly Condition[])[]): Condition[] {
  const [first, ...others] = branches;
  if (first === undefined || others.length === 0) return [...(first ?? [])];
  const paths = new Set(first.filter(({ group }) => group === undefined).map(({ path }) => path));
  return [...paths].flatMap((path) => {
    const said = branches.map((branch) =>
      branch.filter((condition) => condition.path === path && condition.group === undefined),
    );
    return said.some((conditions) => conditions.length === 0) ? [] : [oneOf(path, said)];
  });
}

function oneOf(path: string, said: readonly (readonly Condition[])[]): Condition {
  const points = said.map((conditions) => conditions.find((condition) => condition.points)?.points);
  if (points.every((values) => values !== undefined))
    return { path, points: points.flat(), group: undefined };
  return { path, ranges: said.flatMap(rangesOf), group: undefined };
}

function rangesOf(conditions: readonly Condition[]): readonly Range[] {
  const exact = conditions.find((condition) => condition.points)?.points;
  if (exact)
    return exact.map((value) => ({ low: { value, inclusive: true }, high: { value, inclusive: true } }));
  const either = conditions.find((condition) => condition.ranges)?.ranges;
  return either ?? [joined(conditions)];
}

/** @returns the values within all of the ranges, as far as one end of each kind says it. */
export function joined(ranges: readonly Range[]): Range {
  return ranges.reduce<Range>((range, next) => {
    const low = range.low ?? next.low;
    const high = range.high ?? next.high;
    return { ...(low && { low }), ...(high && { high }) };
  }, {});
}

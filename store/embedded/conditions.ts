import { Binary, ObjectId } from 'bson';
import { isOperatorObject, isPlainObject } from './query-operators.js';

type Doc = Record<string, unknown>;

/**
 * What a filter says about one path, as far as an index can use it. Everything an index cannot use is left out: the
 * full filter is always tested on the document, so conditions only have to let through a superset.
 */
export interface Condition {
  readonly path: string;
  readonly points?: readonly unknown[];
  readonly low?: { readonly value: unknown; readonly inclusive: boolean };
  readonly high?: { readonly value: unknown; readonly inclusive: boolean };
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

/** @returns the index-usable conditions of a filter; `$or`, `$nor`, `$not`, `$ne` … contribute nothing. */
export function conditionsOf(filter: Doc): Condition[] {
  let groups = 0;
  const ofFilter = (part: Doc, prefix: string, group: number | undefined): Condition[] =>
    Object.entries(part).flatMap(([key, value]) => {
      if (key === '$and') return (value as Doc[]).flatMap((branch) => ofFilter(branch, prefix, group));
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
    if (operator === '$in') return inCondition(path, operand as unknown[], group);
    const range = isRangeOperator(operator) ? RANGE_OPERATORS[operator] : undefined;
    if (range === undefined || operand === null || !isIndexable(operand)) return [];
    return [{ path, [range.side]: { value: operand, inclusive: range.inclusive }, group }];
  });
}

function inCondition(path: string, operand: readonly unknown[], group: number | undefined): Condition[] {
  return operand.every(isIndexable) ? [{ path, points: operand, group }] : [];
}

import type { Condition } from './conditions.js';
import { notImplemented } from './errors.js';
import { valuesAt } from './field-values.js';
import { encodeValue } from './key-encoding.js';
import { isPlainObject } from './query-operators.js';

type Doc = Record<string, unknown>;

/** One condition of `partialFilterExpression`: a value among some, or above one. */
type Rule =
  | { readonly path: string; readonly among: ReadonlySet<string>; readonly above: undefined }
  | { readonly path: string; readonly among: undefined; readonly above: string };

/** Which records a partial index files. */
export class PartialFilter {
  readonly #rules: readonly Rule[];

  /** Throws NotImplemented for anything but `$in` and `$gt`. */
  constructor(expression: Doc) {
    this.#rules = Object.entries(expression).map(([path, condition]) => ruleOf(path, condition));
  }

  /** The fields of a document that decide. */
  get roots(): string[] {
    return this.#rules.map(({ path }) => path.split('.', 1).join());
  }

  /** @returns whether the index files a record. */
  files(doc: Doc): boolean {
    return this.#rules.every(({ path, among, above }) =>
      valuesAt(doc, path.split('.')).values.some((value) => {
        const key = encodeValue(value);
        return among ? among.has(key) : isAbove(key, above);
      }),
    );
  }

  /** @returns whether every record that meets the conditions is filed. */
  isImpliedBy(conditions: readonly Condition[]): boolean {
    return this.#rules.every((rule) => conditions.some((condition) => implies(condition, rule)));
  }
}

function ruleOf(path: string, condition: unknown): Rule {
  const [[operator, operand] = ['', undefined], ...more] = isPlainObject(condition)
    ? Object.entries(condition)
    : [];
  const isComparable = (value: unknown) =>
    ['string', 'number', 'boolean'].includes(typeof value) || (value === null && operator === '$in');
  if (![operand].flat().every(isComparable))
    throw notImplemented('a partialFilterExpression of anything but text, numbers, truth values and null');
  if (more.length === 0 && operator === '$in' && Array.isArray(operand))
    return { path, among: new Set(operand.map(encodeValue)), above: undefined };
  if (more.length === 0 && operator === '$gt') return { path, among: undefined, above: encodeValue(operand) };
  throw notImplemented('a partialFilterExpression of anything but $in and $gt');
}

function implies({ path, points, low }: Condition, rule: Rule): boolean {
  if (path !== rule.path) return false;
  const { among, above } = rule;
  if (among) return points?.every((value) => among.has(encodeValue(value))) === true;
  if (points) return points.every((value) => isAbove(encodeValue(value), above));
  return low?.inclusive === false && encodeValue(low.value) === above;
}

/** Of the same type, as the first letter of an encoded value says. */
const isAbove = (key: string, above: string): boolean => key > above && key[0] === above[0];

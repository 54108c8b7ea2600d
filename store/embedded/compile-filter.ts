import { valuesAt } from './field-values.js';
import { fieldOf } from './own-field.js';
import { branchesOf, isOperatorObject, isPlainObject, listOf } from './query-operators.js';

type Doc = Record<string, unknown>;
type Test = (doc: Doc) => boolean;
/** What one operator says of the values at a path; null counts as missing. */
type OnValue = (value: unknown) => boolean;

/** A filter is asked of every record that is examined: what only compares plain values is asked without an interpreter. */
interface Compiled {
  readonly test: Test;
  /** Whether the last answer is to be left to the interpreter: null and arrays have rules of their own. */
  readonly isUndecided: () => boolean;
}

class NotCompiled extends Error {}

/** @returns the filter as a function, or undefined when it says more than comparisons. */
export function compileFilter(filter: Doc): Compiled | undefined {
  const progress: Progress = { undecided: false };
  try {
    const inner = ofFilter(filter, progress);
    const test: Test = (doc) => {
      progress.undecided = false;
      return inner(doc);
    };
    return { test, isUndecided: () => progress.undecided };
  } catch (error) {
    if (error instanceof NotCompiled) return undefined;
    throw error;
  }
}

/** Whether the record at hand has met what is left to the interpreter. */
interface Progress {
  undecided: boolean;
}

function ofFilter(filter: Doc, progress: Progress): Test {
  const tests = Object.entries(filter).flatMap(([key, value]) =>
    key.startsWith('$') ? [ofBranches(key, branchesOf(value), progress)] : ofField(key, value, progress),
  );
  return (doc) => tests.every((test) => test(doc));
}

function ofBranches(operator: string, branches: readonly Doc[], progress: Progress): Test {
  const tests = branches.map((branch) => ofFilter(branch, progress));
  if (operator === '$and') return (doc) => tests.every((test) => test(doc));
  if (operator === '$or') return (doc) => tests.some((test) => test(doc));
  throw new NotCompiled();
}

function ofField(path: string, condition: unknown, progress: Progress): Test[] {
  const parts = path.split('.');
  if (parts.some((part) => /^\d+$/.test(part))) throw new NotCompiled();
  if (!isOperatorObject(condition))
    return [anyValue(parts, equals([condition]), condition === null, progress)];
  return Object.entries(condition).flatMap(([operator, operand]) => {
    if (operator === '$not') {
      const inner = ofField(path, operand, progress);
      if (!isOperatorObject(operand)) throw new NotCompiled();
      return [(doc: Doc) => !inner.every((test) => test(doc))];
    }
    return [ofOperator(parts, operator, operand, progress)];
  });
}

function ofOperator(parts: readonly string[], operator: string, operand: unknown, progress: Progress): Test {
  const list = operator === '$in' || operator === '$nin' ? listOf(operand) : [operand];
  const takesNull = list.includes(null);
  if (operator === '$eq' || operator === '$in') return anyValue(parts, equals(list), takesNull, progress);
  if (operator === '$ne' || operator === '$nin') {
    const equal = anyValue(parts, equals(list), takesNull, progress);
    return (doc) => !equal(doc);
  }
  return anyValue(parts, within(operator, operand), false, progress);
}

function equals(operands: readonly unknown[]): OnValue {
  const plain = new Set<unknown>();
  const times = new Set<number>();
  for (const operand of operands) {
    if (operand instanceof Date) times.add(operand.getTime());
    else if (operand === null || ['string', 'number', 'boolean'].includes(typeof operand)) plain.add(operand);
    else throw new NotCompiled();
  }
  return (value) => plain.has(value ?? null) || (value instanceof Date && times.has(value.getTime()));
}

const COMPARE: Readonly<Record<string, (a: number | string, b: number | string) => boolean>> = {
  $gt: (a, b) => a > b,
  $gte: (a, b) => a >= b,
  $lt: (a, b) => a < b,
  $lte: (a, b) => a <= b,
};

/** Values of another type than the operand's lie in no range of it. */
function within(operator: string, operand: unknown): OnValue {
  const compare = fieldOf(COMPARE, operator);
  if (!compare) throw new NotCompiled();
  if (operand instanceof Date) {
    const time = operand.getTime();
    return (value) => value instanceof Date && compare(value.getTime(), time);
  }
  if (typeof operand === 'string') return (value) => typeof value === 'string' && compare(value, operand);
  if (typeof operand === 'number') return (value) => typeof value === 'number' && compare(value, operand);
  throw new NotCompiled();
}

function anyValue(parts: readonly string[], holds: OnValue, takesNull: boolean, progress: Progress): Test {
  return (doc) => {
    let at: unknown = doc;
    for (const part of parts) {
      if (Array.isArray(at)) break;
      at = isPlainObject(at) ? fieldOf(at, part) : undefined;
    }
    if (!Array.isArray(at)) return holds(at);
    if (takesNull) progress.undecided = true;
    return valuesAt(doc, parts).values.some(holds);
  };
}

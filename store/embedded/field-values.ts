import { present } from '../present.js';
import { StoreError } from './errors.js';
import { fieldOf } from './own-field.js';
import { isPlainObject } from './query-operators.js';

type Doc = Record<string, unknown>;

/** The values a path reaches, MongoDB style: arrays on the way are walked, an array at the end counts per element. */
export interface PathValues {
  readonly values: readonly unknown[];
  readonly exists: boolean;
  /** Path of the first array met, or undefined when the path holds one plain value. */
  readonly arrayPath: string | undefined;
}

/** @returns every value at `path` of `doc`; a missing value is `undefined`. */
export function valuesAt(doc: unknown, path: readonly string[], from = 0): PathValues {
  if (Array.isArray(doc)) return fromArray(doc, path, from);
  const name = path[from];
  if (name === undefined) return { values: [doc], exists: doc !== undefined, arrayPath: undefined };
  if (!isPlainObject(doc)) return { values: [undefined], exists: false, arrayPath: undefined };
  return valuesAt(fieldOf(doc, name), path, from + 1);
}

function fromArray(array: readonly unknown[], path: readonly string[], from: number): PathValues {
  const arrayPath = path.slice(0, from).join('.');
  if (array.length === 0) return { values: [undefined], exists: from === path.length, arrayPath };
  if (from === path.length) return { values: array, exists: true, arrayPath };
  const inner = array.map((element) =>
    Array.isArray(element)
      ? { values: [undefined], exists: false, arrayPath }
      : valuesAt(element, path, from),
  );
  return {
    values: inner.flatMap((part) => part.values),
    exists: inner.some((part) => part.exists),
    arrayPath,
  };
}

/** One tuple of values per index entry of a document, and which of the fields were reached through an array. */
export interface IndexTuples {
  readonly tuples: readonly (readonly unknown[])[];
  readonly multikey: readonly boolean[];
  readonly anyExists: boolean;
}

/**
 * @returns the tuples under which a compound index files `doc`.
 * Fields of elements of the same array are kept together element by element; two different arrays are refused with
 * MongoDB's CannotIndexParallelArrays.
 */
export function indexTuples(doc: Doc, paths: readonly (readonly string[])[]): IndexTuples {
  const found = paths.map((path) => valuesAt(doc, path));
  const anyExists = found.some((field) => field.exists);
  const multikey = found.map((field) => field.arrayPath !== undefined);
  const arrays = new Set(found.flatMap((field) => (field.arrayPath === undefined ? [] : [field.arrayPath])));
  const [arrayPath] = arrays;
  if (arrayPath === undefined)
    return { tuples: [found.map((field) => field.values[0])], multikey, anyExists };
  if (arrays.size > 1) throw new StoreError('CannotIndexParallelArrays', 'cannot index parallel arrays');
  return { tuples: tuplesOfArray(doc, paths, found, arrayPath), multikey, anyExists };
}

function tuplesOfArray(
  doc: Doc,
  paths: readonly (readonly string[])[],
  found: readonly PathValues[],
  arrayPath: string,
): unknown[][] {
  const depth = arrayPath.split('.').length;
  const array = arrayAt(doc, arrayPath.split('.'));
  const elements = array.length === 0 ? [undefined] : array;
  return elements.flatMap((element) => {
    const columns = paths.map((path, i) => {
      const whole = present(found[i], 'the values at a path');
      return whole.arrayPath === undefined ? [whole.values[0]] : valuesAt(element, path, depth).values;
    });
    if (columns.filter((column) => column.length > 1).length > 1)
      throw new StoreError('CannotIndexParallelArrays', 'cannot index parallel arrays');
    return product(columns);
  });
}

function arrayAt(doc: unknown, path: readonly string[]): readonly unknown[] {
  const value = path.reduce<unknown>((at, name) => (isPlainObject(at) ? fieldOf(at, name) : undefined), doc);
  return Array.isArray(value) ? value : [];
}

function product(columns: readonly (readonly unknown[])[]): unknown[][] {
  return columns.reduce<unknown[][]>(
    (rows, column) => rows.flatMap((row) => column.map((value) => [...row, value])),
    [[]],
  );
}

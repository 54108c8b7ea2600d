import { present } from '../present.js';
import { type Bound, type Condition, joined, type Range } from './conditions.js';
import { encodeValue, HIGH, invert } from './key-encoding.js';
import type { OrderedIndex, PrefixedInterval } from './ordered-index.js';

const MAX_INTERVALS = 2000;

/** Where in an index the records lie that can meet a filter's conditions. */
export interface Bounds {
  /** In the order of the index; none overlaps another. */
  readonly intervals: readonly PrefixedInterval[];
  /** How many leading fields are bound to values, and which of them to exactly one. */
  readonly points: number;
  readonly single: readonly boolean[];
  /** How many leading fields are bound at all. */
  readonly used: number;
  /** Each interval is one combination of values: read side by side they give the order of the fields that follow. */
  readonly mergeable: boolean;
}

interface Prefixes {
  readonly keys: readonly string[];
  readonly single: readonly boolean[];
}

/** @returns what the conditions say about the leading fields of an index. */
export function boundsFor(index: OrderedIndex, conditions: readonly Condition[]): Bounds {
  let prefixes: Prefixes = { keys: [''], single: [] };
  let usedArrayGroup: { group: number | undefined } | undefined;
  for (let position = 0; position < index.fields.length; position++) {
    const candidates = usable(index, position, conditions, usedArrayGroup);
    const points = candidates.find((condition) => condition.points !== undefined);
    if (index.multikey[position] && candidates[0])
      usedArrayGroup ??= { group: (points ?? candidates[0]).group };
    if (points === undefined) return closeWithRange(index, position, prefixes, candidates);
    const keys = [
      ...new Set(
        present(points.points, 'the values of a condition').map((value) => index.component(position, value)),
      ),
    ];
    if (keys.length * prefixes.keys.length > MAX_INTERVALS) return close(prefixes);
    prefixes = {
      keys: prefixes.keys.flatMap((prefix) => keys.map((key) => prefix + key)).sort(),
      single: [...prefixes.single, keys.length === 1],
    };
  }
  return close(prefixes);
}

/** Conditions on an array field may join an earlier one on the same array only if both hold on one element. */
function usable(
  index: OrderedIndex,
  position: number,
  conditions: readonly Condition[],
  earlier: { group: number | undefined } | undefined,
): Condition[] {
  const { path } = index.field(position);
  return conditions.filter((condition) => {
    if (condition.path !== path) return false;
    if (index.spec.sparse && position === 0 && takesNull(condition)) return false;
    if (!index.multikey[position] || earlier === undefined) return true;
    return condition.group !== undefined && condition.group === earlier.group;
  });
}

/** A sparse index does not file what a null finds. */
function takesNull({ points, ranges }: Condition): boolean {
  return points?.includes(null) === true || ranges?.some(({ low }) => low?.value === null) === true;
}

function close({ keys, single }: Prefixes): Bounds {
  const intervals = keys.map((prefix) => ({ low: prefix, high: prefix + HIGH, fixed: prefix.length }));
  return { intervals, points: single.length, single, used: single.length, mergeable: true };
}

function closeWithRange(
  index: OrderedIndex,
  position: number,
  prefixes: Prefixes,
  candidates: readonly Condition[],
): Bounds {
  const ranges = rangesOf(candidates, index.multikey[position] === true);
  if (ranges.length === 0 || ranges.length * prefixes.keys.length > MAX_INTERVALS) return close(prefixes);
  const parts = withoutOverlap(ranges.map((range) => component(index, position, range)));
  const intervals = prefixes.keys.flatMap((prefix) =>
    parts.map(({ low, high }) => ({ low: prefix + low, high: prefix + high, fixed: prefix.length })),
  );
  const { single } = prefixes;
  return { intervals, points: single.length, single, used: position + 1, mergeable: parts.length === 1 };
}

/** On an array field two bounds may be met by two different elements, so they join only within one $elemMatch. */
function rangesOf(candidates: readonly Condition[], multikey: boolean): readonly Range[] {
  const [first, ...others] = candidates.filter((condition) => condition.low ?? condition.high);
  if (first === undefined) return multikey ? [] : (candidates.find(({ ranges }) => ranges)?.ranges ?? []);
  const joinable = others.filter(
    (other) => !multikey || (first.group !== undefined && other.group === first.group),
  );
  return [joined([first, ...joinable])];
}

interface Part {
  readonly low: string;
  readonly high: string;
}

/** A record is read once: what two branches of `$or` share is one interval. */
function withoutOverlap(parts: readonly Part[]): Part[] {
  const apart: Part[] = [];
  for (const part of [...parts].sort((a, b) => (a.low < b.low ? -1 : 1))) {
    const last = apart.at(-1);
    if (last === undefined || part.low > last.high) apart.push(part);
    else if (part.high > last.high) apart[apart.length - 1] = { low: last.low, high: part.high };
  }
  return apart;
}

/** A bound stands just before or just after every key of one value. */
interface Edge {
  readonly key: string;
  readonly after: boolean;
}

function component(index: OrderedIndex, position: number, range: Range): Part {
  const edge = ({ value }: Bound, after: boolean): Edge => ({ key: encodeValue(value), after });
  const low = range.low && edge(range.low, !range.low.inclusive);
  const high = range.high && edge(range.high, range.high.inclusive);
  const type = encodeValue(present(range.low ?? range.high, 'a bound of a range').value).charAt(0);
  if (index.field(position).direction === 1)
    return { low: low ? ascending(low) : type, high: high ? ascending(high) : nextType(type) };
  const inverted = invert(type);
  return { low: high ? descending(high) : inverted, high: low ? descending(low) : nextType(inverted) };
}

const ascending = (edge: Edge): string => edge.key + (edge.after ? HIGH : '');

/** In a descending field what stood just after a value stands just before it. */
const descending = (edge: Edge): string => invert(edge.key) + (edge.after ? '' : HIGH);

const nextType = (type: string): string => String.fromCharCode(type.charCodeAt(0) + 1);

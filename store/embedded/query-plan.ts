import { type Condition, conditionsOf } from './conditions.js';
import { encodeValue, HIGH, invert } from './key-encoding.js';
import type { Interval, OrderedIndex } from './ordered-index.js';

export type Sort = readonly (readonly [path: string, direction: 1 | -1])[];

/** How a query is answered: which intervals of which index, and whether they come out in the wanted order. */
export interface Plan {
  readonly index: OrderedIndex;
  readonly intervals: readonly Interval[];
  readonly sorted: boolean;
  readonly backwards: boolean;
}

const MAX_INTERVALS = 2000;
const COUNT_CAP = 1000;

/**
 * @returns the cheapest plan, or undefined when a full scan is the only way.
 * @param limit rows wanted, 0 for all; a plan in the wanted order is cheap when few rows are wanted
 */
export function choosePlan(
  indexes: Iterable<OrderedIndex>,
  filter: Record<string, unknown>,
  sort: Sort,
  limit: number,
): Plan | undefined {
  const conditions = conditionsOf(filter);
  const plans = [...indexes].flatMap((index) => planFor(index, conditions, sort) ?? []);
  if (plans.length < 2) return plans[0];
  const costs = plans.map((plan) => costOf(plan, sort, limit));
  return plans[costs.indexOf(Math.min(...costs))];
}

function costOf(plan: Plan, sort: Sort, limit: number): number {
  const count = plan.index.countUpTo(plan.intervals, COUNT_CAP);
  return plan.sorted && sort.length > 0 && limit > 0 ? Math.min(count, limit * 4) : count;
}

interface Bounds {
  readonly intervals: Interval[];
  /** How many leading fields are bound to exactly one value. */
  readonly fixed: number;
  readonly used: number;
}

function planFor(index: OrderedIndex, conditions: readonly Condition[], sort: Sort): Plan | undefined {
  const bounds = boundsFor(index, conditions);
  const order = sort.length === 0 ? undefined : orderOf(index, sort, bounds.fixed);
  const sorted = order !== undefined && bounds.intervals.length === 1;
  if (bounds.used === 0 && (!sorted || index.spec.sparse)) return undefined;
  return { index, intervals: bounds.intervals, sorted, backwards: sorted && order === 'backward' };
}

function boundsFor(index: OrderedIndex, conditions: readonly Condition[]): Bounds {
  let prefixes = [''];
  let fixed = 0;
  let usedArrayGroup: { group: number | undefined } | undefined;
  for (let position = 0; position < index.fields.length; position++) {
    const candidates = usable(index, position, conditions, usedArrayGroup);
    const points = candidates.find((condition) => condition.points !== undefined);
    if (index.multikey[position] && candidates[0])
      usedArrayGroup ??= { group: (points ?? candidates[0]).group };
    if (points === undefined) return closeWithRange(index, position, prefixes, candidates, fixed);
    const keys = [...new Set(points.points!.map((value) => index.component(position, value)))];
    if (keys.length * prefixes.length > MAX_INTERVALS) return close(prefixes, fixed, position);
    if (keys.length === 1 && fixed === position) fixed++;
    prefixes = prefixes.flatMap((prefix) => keys.map((key) => prefix + key)).sort();
  }
  return close(prefixes, fixed, index.fields.length);
}

/** Conditions on an array field may join an earlier one on the same array only if both hold on one element. */
function usable(
  index: OrderedIndex,
  position: number,
  conditions: readonly Condition[],
  earlier: { group: number | undefined } | undefined,
): Condition[] {
  const { path } = index.fields[position]!;
  return conditions.filter((condition) => {
    if (condition.path !== path) return false;
    if (index.spec.sparse && position === 0 && condition.points?.includes(null)) return false;
    if (!index.multikey[position] || earlier === undefined) return true;
    return condition.group !== undefined && condition.group === earlier.group;
  });
}

function close(prefixes: readonly string[], fixed: number, used: number): Bounds {
  return { intervals: prefixes.map((prefix) => ({ low: prefix, high: prefix + HIGH })), fixed, used };
}

function closeWithRange(
  index: OrderedIndex,
  position: number,
  prefixes: readonly string[],
  candidates: readonly Condition[],
  fixed: number,
): Bounds {
  const range = rangeOf(candidates, index.multikey[position]!);
  if (range === undefined) return close(prefixes, fixed, position);
  const { low, high } = component(index, position, range);
  const intervals = prefixes.map((prefix) => ({ low: prefix + low, high: prefix + high }));
  return { intervals, fixed, used: position + 1 };
}

type Range = Pick<Condition, 'low' | 'high'>;

/** On an array field two bounds may be met by two different elements, so they join only within one $elemMatch. */
function rangeOf(candidates: readonly Condition[], multikey: boolean): Range | undefined {
  const [first, ...others] = candidates.filter((condition) => condition.low ?? condition.high);
  if (first === undefined) return undefined;
  const joinable = others.filter(
    (other) => !multikey || (first.group !== undefined && other.group === first.group),
  );
  return joinable.reduce<Range>((range, next) => {
    const low = range.low ?? next.low;
    const high = range.high ?? next.high;
    return { ...(low && { low }), ...(high && { high }) };
  }, first);
}

/** A bound stands just before or just after every key of one value. */
type Edge = { readonly key: string; readonly after: boolean };

function component(index: OrderedIndex, position: number, range: Range): Interval {
  const low = range.low && { key: encodeValue(range.low.value), after: !range.low.inclusive };
  const high = range.high && { key: encodeValue(range.high.value), after: range.high.inclusive };
  const type = encodeValue((range.low ?? range.high)!.value)[0]!;
  if (index.fields[position]!.direction === 1)
    return { low: low ? ascending(low) : type, high: high ? ascending(high) : nextType(type) };
  const inverted = invert(type);
  return { low: high ? descending(high) : inverted, high: low ? descending(low) : nextType(inverted) };
}

const ascending = (edge: Edge): string => edge.key + (edge.after ? HIGH : '');

/** In a descending field what stood just after a value stands just before it. */
const descending = (edge: Edge): string => invert(edge.key) + (edge.after ? '' : HIGH);

const nextType = (type: string): string => String.fromCharCode(type.charCodeAt(0) + 1);

function orderOf(index: OrderedIndex, sort: Sort, fixed: number): 'forward' | 'backward' | undefined {
  const wanted = sort.filter(([path]) => !index.fields.slice(0, fixed).some((field) => field.path === path));
  let direction: number | undefined;
  for (const [i, [path, want]] of wanted.entries()) {
    const field = index.fields[fixed + i];
    if (field === undefined || field.path !== path || index.multikey[fixed + i]) return undefined;
    direction ??= field.direction * want;
    if (field.direction * want !== direction) return undefined;
  }
  if (index.fields.slice(0, fixed).some((_, i) => index.multikey[i])) return undefined;
  return direction === -1 ? 'backward' : 'forward';
}

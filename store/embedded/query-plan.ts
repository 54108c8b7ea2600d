import { present } from '../present.js';
import { conditionsOf } from './conditions.js';
import { type Bounds, boundsFor } from './index-bounds.js';
import type { OrderedIndex, PrefixedInterval } from './ordered-index.js';

export type Sort = readonly (readonly [path: string, direction: 1 | -1])[];

/** How a query is answered: which intervals of which index, and whether they come out in the wanted order. */
export interface Plan {
  readonly index: OrderedIndex;
  readonly intervals: readonly PrefixedInterval[];
  readonly sorted: boolean;
  readonly backwards: boolean;
  /** How many leading fields of the index the filter binds. */
  readonly used: number;
}

/** The plan to begin with, and one to go on with when it has examined a number of records and is not done. */
export interface PlanChoice {
  readonly plan: Plan;
  readonly otherwise?: { readonly plan: Plan; readonly after: number };
}

/** Entries are counted in two steps, the first of which often decides. */
const COUNT_CAPS = [32, 1000] as const;
/** Most intervals that are read side by side to come out in order; MongoDB's own bound. */
const MAX_MERGED = 200;

/**
 * @returns the cheapest plan, or undefined when a full scan is the only way.
 * @param limit rows wanted, 0 for all; a plan in the wanted order is cheap when few rows are wanted
 */
export function choosePlan(
  indexes: Iterable<OrderedIndex>,
  filter: Record<string, unknown>,
  sort: Sort,
  limit: number,
): PlanChoice | undefined {
  const conditions = conditionsOf(filter);
  const plans = [...indexes]
    .filter(({ partial }) => partial === undefined || partial.isImpliedBy(conditions))
    .flatMap((index) => planFor(index, boundsFor(index, conditions), sort) ?? []);
  if (plans.length < 2) return plans[0] && { plan: plans[0] };
  const counted = countEntries(plans);
  const cheapest = present(best(counted), 'the cheapest plan');
  const inOrder = best(counted.filter(({ plan }) => plan.sorted));
  // What is wanted in an order stops early only when it is read in that order.
  if (sort.length === 0 || limit === 0 || inOrder === undefined || cheapest.count <= limit)
    return { plan: cheapest.plan };
  if (inOrder === cheapest) return { plan: inOrder.plan };
  // How many records in order pass the rest of the filter is not known: no more are tried than the other way has.
  return { plan: inOrder.plan, otherwise: { plan: cheapest.plan, after: cheapest.count } };
}

interface Counted {
  readonly plan: Plan;
  readonly count: number;
}

function countEntries(plans: readonly Plan[]): Counted[] {
  const upTo = (cap: number): Counted[] =>
    plans.map((plan) => ({ plan, count: plan.index.countUpTo(plan.intervals, cap) }));
  const counted = upTo(COUNT_CAPS[0]);
  return counted.some(({ count }) => count < COUNT_CAPS[0]) ? counted : upTo(COUNT_CAPS[1]);
}

/** Fewest entries; of as many, those in order; of these, the one whose index says most, and one that files only some records first. */
function best(counted: readonly Counted[]): Counted | undefined {
  const rank = ({ plan, count }: Counted) =>
    [count, plan.sorted ? 0 : 1, -plan.used, plan.index.partial ? 0 : 1] as const;
  return [...counted].sort((a, b) => {
    const [left, right] = [rank(a), rank(b)];
    return left[0] - right[0] || left[1] - right[1] || left[2] - right[2] || left[3] - right[3];
  })[0];
}

function planFor(index: OrderedIndex, bounds: Bounds, sort: Sort): Plan | undefined {
  const order = sort.length === 0 ? undefined : orderOf(index, sort, bounds);
  const sorted = order !== undefined;
  if (bounds.used === 0 && (!sorted || index.spec.sparse)) return undefined;
  const { intervals, used } = bounds;
  return { index, intervals, sorted, backwards: order === 'backward', used };
}

/** Fields bound to single values do not matter for the order; intervals of several values are merged. */
function orderOf(index: OrderedIndex, sort: Sort, bounds: Bounds): 'forward' | 'backward' | undefined {
  const { points, single, intervals } = bounds;
  if (intervals.length > (bounds.mergeable ? MAX_MERGED : 1)) return undefined;
  const settled = index.fields.filter((_, i) => single[i] && !index.multikey[i]).map(({ path }) => path);
  const wanted = sort.filter(([path]) => !settled.includes(path));
  let direction: number | undefined;
  for (const [i, [path, want]] of wanted.entries()) {
    const field = index.fields[points + i];
    if (field === undefined || field.path !== path || index.multikey[points + i]) return undefined;
    direction ??= field.direction * want;
    if (field.direction * want !== direction) return undefined;
  }
  return direction === -1 ? 'backward' : 'forward';
}

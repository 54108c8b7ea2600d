/** A store filter over plain documents. */
export type StoreFilter = Record<string, unknown>;

/** A filter that no document passes. */
export const NOTHING: StoreFilter = { _id: { $in: [] } };

/** @returns the union of filters; of none, the filter that nothing passes. */
export function anyOf(filters: readonly StoreFilter[]): StoreFilter {
  const [first, ...others] = filters;
  if (first === undefined) return NOTHING;
  return others.length === 0 ? first : { $or: [...filters] };
}

/** @returns what passes all the filters: one filter as long as no two of them look at the same, so that an index can follow it. */
export function allOf(filters: readonly StoreFilter[]): StoreFilter {
  const names = filters.flatMap((filter) => Object.keys(filter));
  if (new Set(names).size < names.length) return { $and: [...filters] };
  return Object.fromEntries(filters.flatMap((filter) => Object.entries(filter)));
}

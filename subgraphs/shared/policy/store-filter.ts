/** A store filter over plain documents. */
export type StoreFilter = Record<string, unknown>;

/** A filter that no document passes. */
export const NOTHING: StoreFilter = { _id: { $in: [] } };

/** @returns the union of filters; of none, the filter that nothing passes. */
export function anyOf(filters: readonly StoreFilter[]): StoreFilter {
  if (filters.length === 0) return NOTHING;
  return filters.length === 1 ? filters[0]! : { $or: [...filters] };
}

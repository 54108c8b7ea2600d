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

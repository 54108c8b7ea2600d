/** What a guarded read came to. */
export type GuardResult<T> =
  { readonly permitted: true; readonly value: T } | { readonly permitted: false; readonly ruleCode: string };

import type { GovernedItemQuery } from '../../generated/operations.js';

/** A governed item as its page asks for it. */
export type Item = NonNullable<GovernedItemQuery['governedItem']>;

import type { AlertGroupsQuery } from '../../generated/operations.js';

/** An alert group as its page lists it. */
export type Group = NonNullable<AlertGroupsQuery['alertGroups']>[number];

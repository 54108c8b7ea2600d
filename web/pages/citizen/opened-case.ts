import type { CaseOpenedQuery } from '../../generated/operations.js';

/** A case as it is opened on its person’s page. */
export type OpenedCase = NonNullable<CaseOpenedQuery['case']>;

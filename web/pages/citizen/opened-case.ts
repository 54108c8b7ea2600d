import type { CombinedError } from 'urql';
import type { CaseOpenedQuery } from '../../generated/operations.js';

/** A case as it is opened on its person’s page. */
export type OpenedCase = NonNullable<CaseOpenedQuery['case']>;

/** The opened case as it was asked for. */
export interface OpenedCaseLook {
  /** Undefined until it is there; while another is asked for, the one before. */
  readonly found: OpenedCase | null | undefined;
  readonly fetching: boolean;
  readonly error: CombinedError | undefined;
  readonly retry: () => void;
}

import { useState } from 'react';
import type { CombinedError } from 'urql';
import type { ChangeOutcome } from '../../generated/operations.js';

/** An answer to a change, whatever the mutation is called. */
export interface ChangeResult {
  readonly error?: CombinedError | undefined;
  readonly outcome: ChangeOutcome | undefined;
}

export interface ChangeRunner {
  readonly error: CombinedError | undefined;
  readonly run: (act: Promise<ChangeResult>) => Promise<void>;
}

/** Runs a change and hands its outcome on; a failure is shown where it was asked for. */
export function useChange(onDone: (outcome: ChangeOutcome) => void): ChangeRunner {
  const [error, setError] = useState<CombinedError>();
  return {
    error,
    async run(act) {
      const result = await act;
      setError(result.error);
      if (result.outcome) onDone(result.outcome);
    },
  };
}

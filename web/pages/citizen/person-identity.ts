import { useEffect, useState } from 'react';
import type { CombinedError } from 'urql';
import { CitizenHeader, type CitizenHeaderQuery } from '../../generated/operations.js';
import { useLookUp } from './look-up.js';
import { errorOf, type First } from './person-part.js';

/** Longest wait for the first screen before the name is asked for by itself, in milliseconds: a part that hangs holds the answer. */
const PATIENCE_MS = 500;

/** Who the person is. */
interface Identity {
  /** Undefined until it is there; null when there is no such person within reach. */
  readonly citizen: CitizenHeaderQuery['citizen'] | undefined;
  readonly error: CombinedError | undefined;
  readonly retry: () => void;
}

/**
 * @param first the answer about the first screen, which says who it is
 * @param retry asks for the first screen anew
 * @returns who it is, from whichever answer comes first
 */
export function useIdentity(id: string, first: First<CitizenHeaderQuery>, retry: () => void): Identity {
  const isLate = useLate(first.fetching && !first.data);
  const [alone] = useLookUp(CitizenHeader, { id }, !isLate);
  const answer = first.data || !alone.data ? first : alone;
  return { citizen: answer.data?.citizen, error: errorOf(answer, undefined), retry };
}

/** @returns whether something has been waited for longer than it is worth */
function useLate(isWaiting: boolean): boolean {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    if (!isWaiting) return undefined;
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [isWaiting]);
  return isLate;
}

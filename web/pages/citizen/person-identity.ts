import type { CombinedError } from 'urql';
import { CitizenHeader, type CitizenHeaderQuery } from '../../generated/operations.js';
import { useLookUp } from './look-up.js';
import { useLate } from './late.js';
import { errorOf, type First } from './person-part.js';

/** The name is asked for by itself when the first screen takes longer, in milliseconds: a part that hangs holds the answer. */
const NAME_AFTER_MS = 500;

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
  const isLate = useLate(first.fetching && !first.data, NAME_AFTER_MS);
  const [alone] = useLookUp(CitizenHeader, { id }, !isLate);
  const answer = first.data || !alone.data ? first : alone;
  return { citizen: answer.data?.citizen, error: errorOf(answer, undefined), retry };
}

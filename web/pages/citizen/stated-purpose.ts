import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { useUserWord } from '../../session/session.js';
import { keptPurpose, keptWith, proposedBy, type Purpose } from './purposes.js';

/** Why the person is looked up: what the user has stated, and what the link that led here proposes. */
export interface StatedPurpose {
  readonly stated: Purpose | null;
  readonly proposed: Purpose | null;
  readonly state: (purpose: Purpose) => void;
}

export const PurposeContext = createContext<StatedPurpose>({
  stated: null,
  proposed: null,
  state: () => undefined,
});

/** @returns the purpose of the look-up this stands in. */
export const usePurpose = (): StatedPurpose => useContext(PurposeContext);

/**
 * Holds a person's purpose while the user is on that person's page, also from case to case and over a reload. Once it is stated
 * the address no longer proposes any.
 */
export function useStatedPurpose(): StatedPurpose {
  const user = useUserWord();
  const [search] = useSearchParams();
  const [path, go] = useLocation();
  const [stated, setStated] = useState(() => keptPurpose(history.state, user));
  const proposed = proposedBy(search);
  const address = `${path}?${search.toString()}`;
  useEffect(() => {
    if (stated !== null && user !== undefined)
      history.replaceState(keptWith(history.state, stated, user), '');
  }, [stated, user, address]);
  const state = useCallback(
    (purpose: Purpose) => {
      setStated(purpose);
      const rest = new URLSearchParams(search);
      rest.delete('purpose');
      const kept: unknown = history.state;
      go(rest.size === 0 ? path : `${path}?${rest.toString()}`, { replace: true, state: kept });
    },
    [search, path, go],
  );
  return useMemo(() => ({ stated, proposed, state }), [stated, proposed, state]);
}

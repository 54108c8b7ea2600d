import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from 'react';
import { Provider } from 'urql';
import { makeClient } from '../api/client.js';
import { openDrafts, reloadForAnotherUser } from './drafts.js';
import { onSignedIn } from './windows.js';

/** What the server says of the session; nothing of the user but a word that stays the same. */
export interface SessionInfo {
  readonly authority: string;
  readonly user: string;
  readonly idleEndsAt: string;
  readonly endsAt: string;
}

/** `ended` keeps who it was: whoever signs in again goes on, somebody else begins anew. */
export type SessionState =
  | { readonly at: 'asking' }
  | { readonly at: 'none' }
  | { readonly at: 'live'; readonly info: SessionInfo }
  | { readonly at: 'ended'; readonly info: SessionInfo };

export interface Session {
  readonly state: SessionState;
  /** Raised when somebody has signed in again in a window beside this one. */
  readonly renewals: number;
  readonly signInAgain: () => void;
  /** Asks anew how long the session lasts. */
  readonly look: () => Promise<void>;
}

const SessionContext = createContext<Session | undefined>(undefined);

/** @returns the session of the page. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('a part of the page stands outside the session');
  return session;
}

/** @returns the word that stays the same for who is, or was, signed in; undefined for nobody. */
export function useUserWord(): string | undefined {
  const { state } = useSession();
  return state.at === 'live' || state.at === 'ended' ? state.info.user : undefined;
}

async function askSession(): Promise<SessionInfo | undefined> {
  const ask = () => fetch('/session', { credentials: 'same-origin' });
  let response = await ask();
  if (response.status === 401) {
    const renewed = await fetch('/session/refresh', { method: 'POST', credentials: 'same-origin' });
    if (renewed.ok) response = await ask();
  }
  // cast: the gateway of this very release answers
  return response.ok ? ((await response.json()) as SessionInfo) : undefined;
}

/** Knows the session, and gives everything below a way to the gateway under it. */
export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [state, setState] = useState<SessionState>({ at: 'asking' });
  const [renewals, setRenewals] = useState(0);
  const known = useRef<SessionInfo>(undefined);

  const look = useCallback(async () => {
    try {
      const info = await askSession();
      const before = known.current;
      // Another user has nothing to do with what this page shows.
      if (before && info && info.user !== before.user) return reloadForAnotherUser();
      if (info) {
        known.current = info;
        openDrafts(info.user);
      }
      setState(info ? { at: 'live', info } : before ? { at: 'ended', info: before } : { at: 'none' });
    } catch {
      // Without a connection the session is what it was.
      setState((now) => (now.at === 'asking' ? { at: 'none' } : now));
    }
  }, []);
  useEffect(() => void look(), [look]);
  useEffect(
    () =>
      onSignedIn(() => {
        void look().then(() => setRenewals((count) => count + 1));
      }),
    [look],
  );
  const onEnded = useCallback(
    () => setState((now) => (now.at === 'live' ? { at: 'ended', info: now.info } : now)),
    [],
  );
  const client = useMemo(() => makeClient(onEnded), [onEnded]);
  const signInAgain = useCallback(() => {
    const query = new URLSearchParams({ cvr: known.current?.authority ?? '', return: '/session/renewed' });
    window.open(`/saml/login?${query.toString()}`, '_blank');
  }, []);
  const session = useMemo(
    () => ({ state, renewals, signInAgain, look }),
    [state, renewals, signInAgain, look],
  );
  return (
    <SessionContext value={session}>
      <Provider value={client}>{children}</Provider>
    </SessionContext>
  );
}

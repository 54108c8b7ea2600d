import { createContext, useContext, type ReactNode } from 'react';
import { useQuery } from 'urql';
import { Me, type MeQuery } from '../generated/operations.js';
import { useSession } from './session.js';

export type Caller = NonNullable<MeQuery['me']>;

const CallerContext = createContext<Caller | null>(null);

/** Asks once who is signed in and what the roles give; what a user has no role for is not offered. */
export function CallerProvider({ children }: { readonly children: ReactNode }) {
  const { state } = useSession();
  const isSignedIn = state.at === 'live' || state.at === 'ended';
  const [{ data }] = useQuery({ query: Me, pause: !isSignedIn });
  return <CallerContext value={data?.me ?? null}>{children}</CallerContext>;
}

/** @returns who is signed in; null until it is known. */
export const useCaller = (): Caller | null => useContext(CallerContext);

/** @returns whether the user has a system role. What is offered by it is decided by the server all the same. */
export function useHasRole(...roles: readonly string[]): boolean {
  return useCaller()?.grants.some(({ role }) => roles.includes(role)) ?? false;
}

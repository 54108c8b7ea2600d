import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { useSession } from '../../session/session.js';

const JumpSystemsContext = createContext<ReadonlySet<string>>(new Set());

/** Asks once for a person which systems the person's cases can be opened in. Nothing is offered until that is known. */
export function JumpSystems({ children }: { readonly children: ReactNode }) {
  const [systems, setSystems] = useState<ReadonlySet<string>>(new Set());
  const { renewals } = useSession();
  useEffect(() => {
    const asked = new AbortController();
    void ask(asked.signal).then((found) => {
      if (!asked.signal.aborted) setSystems(new Set(found));
    });
    return () => asked.abort();
  }, [renewals]);
  return <JumpSystemsContext value={systems}>{children}</JumpSystemsContext>;
}

/** @returns the systems that can be opened; none when nobody can say. */
async function ask(signal: AbortSignal): Promise<readonly string[]> {
  try {
    const response = await fetch('/jump/systems', { credentials: 'same-origin', signal });
    // cast: the gateway of this very release answers
    return response.ok ? ((await response.json()) as { systems: string[] }).systems : [];
  } catch {
    // Without a connection there is no way out either.
    return [];
  }
}

/** @returns whether cases of a system can be opened there from here. */
export const useCanOpenIn = (system: string | undefined): boolean => {
  const systems = useContext(JumpSystemsContext);
  return system !== undefined && systems.has(system);
};

import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';
import type { AlertEventType, AlertState } from '../../generated/operations.js';

export type Shown = 'open' | 'done';

export const STATES_OF: Readonly<Record<Shown, readonly AlertState[]>> = {
  open: ['NEW', 'IN_PROGRESS'],
  done: ['COMPLETED'],
};

/** What an inbox is narrowed to. */
export interface Narrowed {
  readonly shown: Shown;
  readonly mine: boolean;
  readonly groupId: string | null;
  readonly eventType: AlertEventType | null;
  readonly kle: string;
}

export const EVERYTHING: Narrowed = { shown: 'open', mine: false, groupId: null, eventType: null, kle: '' };

/** Where the user was in the inbox: what it was narrowed to, how far it was read, and the alert that stands in the panel. */
interface Place {
  readonly narrowed: Narrowed;
  readonly pages: number;
  readonly opened: string | null;
}

interface Memory extends Place {
  readonly remember: (place: Partial<Place>) => void;
}

const NOWHERE: Place = { narrowed: EVERYTHING, pages: 1, opened: null };
const MemoryContext = createContext<Memory>({ ...NOWHERE, remember: () => undefined });

export const useInboxMemory = (): Memory => useContext(MemoryContext);

/** Lets whoever opens a person from an alert come back to the same place; kept in the page's memory alone. */
export function InboxMemory({ children }: { readonly children: ReactNode }) {
  const [place, setPlace] = useState<Place>(NOWHERE);
  const memory = useMemo(
    () => ({ ...place, remember: (next: Partial<Place>) => setPlace((now) => ({ ...now, ...next })) }),
    [place],
  );
  return <MemoryContext value={memory}>{children}</MemoryContext>;
}

import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';

/** What was searched last: kept in the page's memory, never in an address, which a browser and a proxy would keep. */
export interface Searched {
  readonly text: string;
  readonly nationwide: boolean;
}

interface Memory extends Searched {
  readonly remember: (searched: Searched) => void;
}

const MemoryContext = createContext<Memory>({ text: '', nationwide: false, remember: () => undefined });

export const useSearchMemory = (): Memory => useContext(MemoryContext);

export function SearchMemory({ children }: { readonly children: ReactNode }) {
  const [searched, remember] = useState<Searched>({ text: '', nationwide: false });
  const memory = useMemo(() => ({ ...searched, remember }), [searched]);
  return <MemoryContext value={memory}>{children}</MemoryContext>;
}

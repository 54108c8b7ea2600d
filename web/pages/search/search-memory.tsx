import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import { LeftHits } from './left-hits.js';
import { understand, type NotUnderstood, type Understood } from './understand.js';

/** A search that has been asked for; the number tells one from the same one asked again. */
export interface Asked {
  readonly text: string;
  readonly understood: Understood;
  readonly nationwide: boolean;
  readonly number: number;
}

interface SearchMemoryValue {
  readonly asked: Asked | undefined;
  /** Why what was written last was not searched for. */
  readonly wrong: NotUnderstood | undefined;
  /** Whether the whole country is searched; offered to those who may. */
  readonly nationwide: boolean;
  readonly chooseNationwide: (nationwide: boolean) => void;
  readonly search: (text: string, nationwide?: boolean) => void;
  readonly hits: LeftHits;
}

/** What the browser's history keeps of a search: that there was one, and nothing of it. */
export interface SearchedState {
  readonly searched: true;
}

const MemoryContext = createContext<SearchMemoryValue>({
  asked: undefined,
  wrong: undefined,
  nationwide: false,
  chooseNationwide: () => undefined,
  search: () => undefined,
  hits: new LeftHits(),
});

/** @returns what was searched for last: kept in the page's memory, never in an address, which a browser and a proxy would keep. */
export const useSearchMemory = (): SearchMemoryValue => useContext(MemoryContext);

export function SearchMemory({ children }: { readonly children: ReactNode }) {
  const [asked, setAsked] = useState<Asked>();
  const [wrong, setWrong] = useState<NotUnderstood>();
  const [nationwide, chooseNationwide] = useState(false);
  const [hits] = useState(() => new LeftHits());
  const [path, go] = useLocation();
  const memory = useMemo((): SearchMemoryValue => {
    const search = (text: string, wide = nationwide) => {
      const understood = understand(text);
      const isWrong = typeof understood === 'string';
      setWrong(isWrong ? understood : undefined);
      hits.begin();
      // What was found before is not the answer to what stands in the field now.
      setAsked((before) =>
        isWrong
          ? undefined
          : {
              text,
              understood,
              nationwide: wide,
              number: Math.max(before?.number ?? 0, hits.wentOn) + 1,
            },
      );
      if (!isWrong) go('/', { replace: path === '/', state: { searched: true } satisfies SearchedState });
    };
    return { asked, wrong, nationwide, chooseNationwide, search, hits };
  }, [asked, wrong, nationwide, hits, path, go]);
  return <MemoryContext value={memory}>{children}</MemoryContext>;
}

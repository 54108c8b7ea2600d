import { useLocation, useSearchParams } from 'wouter';

/** Parts of a person's page, in the order of their keys. The first shows something of each. */
export const TABS = ['overview', 'cases', 'documents', 'benefits', 'timeline', 'family', 'alerts'] as const;
export type Tab = (typeof TABS)[number];

/** Records that open in the panel beside their list. */
const KINDS = ['case', 'document', 'grant', 'alert'] as const;
export type RecordKind = (typeof KINDS)[number];

/** A record that is open in the panel. Its id says nothing of anybody. */
export interface OpenRecord {
  readonly kind: RecordKind;
  readonly id: string;
}

interface Place {
  readonly tab: Tab;
  readonly open: OpenRecord | undefined;
  /** The id of the case that is open. */
  readonly openCase: string | undefined;
  /** @returns the address of the same page with another part of it, or another record open. */
  readonly to: (change: { readonly tab?: Tab; readonly open?: OpenRecord | null }) => string;
}

/** @returns where on the person's page the user is, as the address says it. */
export function usePlace(citizenId: string): Place {
  const [search] = useSearchParams();
  return placeIn(search, citizenId);
}

/** @returns what goes to another place on the person's page without a step in the browser's history. */
export function useReplace(): (address: string) => void {
  const [, go] = useLocation();
  // What the visit keeps in the history, such as its purpose, stays with it.
  return (address) => {
    const state: unknown = history.state;
    go(address, { replace: true, state });
  };
}

function placeIn(search: URLSearchParams, citizenId: string): Place {
  const tab = TABS.find((known) => known === search.get('tab')) ?? 'overview';
  const [open] = KINDS.flatMap((kind) => {
    const id = search.get(kind);
    return id === null ? [] : [{ kind, id }];
  });
  return {
    tab,
    open,
    openCase: open?.kind === 'case' ? open.id : undefined,
    to(change) {
      const next = new URLSearchParams(search);
      const shown = change.tab ?? tab;
      const record = change.open === undefined ? open : change.open;
      for (const key of ['tab', ...KINDS]) next.delete(key);
      if (shown !== 'overview') next.set('tab', shown);
      if (record) next.set(record.kind, record.id);
      return `/citizens/${citizenId}${next.size === 0 ? '' : `?${next.toString()}`}`;
    },
  };
}

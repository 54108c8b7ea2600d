import type { AuditLogQuery } from '../../generated/operations.js';

/** An entry of the log as its page asks for it. */
export type Entry = NonNullable<AuditLogQuery['auditLog']>['edges'][number]['node'];

/** What one user did about one person in one look-up or one visit, or in one request about nobody; the newest entry first. */
export interface LookUp {
  readonly id: string;
  readonly newest: Entry;
  readonly entries: readonly Entry[];
}

/** Entries further apart than this are two visits. */
const VISIT_MS = 15 * 60_000;

/**
 * @param entries of the log, the newest first
 * @returns them by look-up, the one with the newest entry first
 */
export function lookUpsOf(entries: readonly Entry[]): LookUp[] {
  const found: Entry[][] = [];
  const open = new Map<string, Entry[]>();
  for (const entry of entries) {
    const key = keyOf(entry);
    const visit = open.get(key);
    const last = visit?.at(-1);
    if (visit && last && (entry.lookupId !== null || isOneVisit(last, entry))) visit.push(entry);
    else {
      const begun = [entry];
      open.set(key, begun);
      found.push(begun);
    }
  }
  return found.flatMap((visit) => {
    const [newest] = visit;
    return newest ? [{ id: newest.id, newest, entries: visit }] : [];
  });
}

/** A look-up that the page named keeps together what it asked for, however long it stood open. */
function keyOf({ id, user, lookupId, citizenId, requestId }: Entry): string {
  return [user, lookupId, citizenId ?? requestId ?? id].join('|');
}

/** @returns how many records a look-up showed, those of its parts among them */
export function shownIn({ entries }: LookUp): number {
  const objects = entries.flatMap((entry) => [
    ...(entry.objects ?? []),
    ...(entry.parts ?? []).flatMap((part) => part.objects ?? []),
  ]);
  return new Set(objects).size;
}

function isOneVisit(later: Entry, earlier: Entry): boolean {
  return Date.parse(later.at ?? '') - Date.parse(earlier.at ?? '') <= VISIT_MS;
}

import type { CaseFacts } from '../policy/facts.js';

/** A case whose facts are about to change: copies of older ones are hidden until the new ones have arrived. */
export interface DoubtfulCase {
  readonly caseId: string;
  /** Registration of the case that is to come, or of its deletion. */
  readonly asOf: Date;
  /** The hand-over that announces it; null for a deletion that has happened. */
  readonly by: string | null;
}

/** Facts that open nothing: for a case of which nothing but a doubt is known. */
function unknownFacts(caseId: string): CaseFacts {
  return {
    caseId,
    ownerCvr: null,
    kle: null,
    sensitivity: null,
    unit: null,
    profile: null,
    hiddenFrom: [],
    parties: [],
    source: '',
  };
}

/**
 * Facts that arrive take the place of older ones. A doubt raised for a later registration stays until that has come, so
 * no order of arrivals shows a copy by facts the owner no longer has.
 */
export function takeFacts(known: CaseFacts | undefined, facts: CaseFacts): CaseFacts {
  if (known && isNewer(known, facts)) return known;
  const staleFor = known?.staleFor ?? null;
  return staleFor !== null && staleFor > timeOf(facts)
    ? { ...facts, stale: true, staleFor, staleBy: known?.staleBy ?? null }
    : { ...facts, stale: false, staleFor: null, staleBy: null };
}

/** A doubt hides a copy unless its facts are as late as the doubt. */
export function takeDoubt(known: CaseFacts | undefined, { caseId, asOf, by }: DoubtfulCase): CaseFacts {
  if (known?.asOf && known.asOf >= asOf) return known;
  if (known?.staleFor && known.staleFor > asOf) return known;
  return { ...(known ?? unknownFacts(caseId)), stale: true, staleFor: asOf, staleBy: by };
}

/** A doubt whose hand-over was left before its owner stored anything is withdrawn, and no other is. */
export function withdrawDoubt(known: CaseFacts | undefined, caseId: string, by: string): CaseFacts {
  if (known?.staleBy !== by) return known ?? unknownFacts(caseId);
  return { ...known, stale: false, staleFor: null, staleBy: null };
}

function timeOf({ asOf }: CaseFacts): Date {
  return asOf ?? new Date(0);
}

function isNewer(a: CaseFacts, b: CaseFacts): boolean {
  const [timeA, timeB] = [timeOf(a).getTime(), timeOf(b).getTime()];
  return timeA > timeB || (timeA === timeB && (a.rev ?? 0) > (b.rev ?? 0));
}

import type { CaseFacts } from '../policy/facts.js';
import { compareTimes, isLater, type RegistrationTime, registrationTime } from './registration-time.js';

/** A case whose facts are about to change: copies of older ones are hidden until the new ones have arrived. */
export interface StaleCase {
  readonly caseId: string;
  /** Registration of the case that is to come, or of its deletion. */
  readonly asOf: Date;
  /** Nanoseconds after `asOf`; left out for none. */
  readonly asOfNs?: number;
  /** The hand-over that announces it; null for a deletion that has happened. */
  readonly by: string | null;
}

/** Facts that open nothing: for a case of which only a stale mark is known. */
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
 * Facts that arrive take the place of older ones. A mark (`stale`) set for a later registration stays until that has arrived, so
 * no order of arrivals shows a copy by facts the owner no longer has.
 */
export function takeFacts(known: CaseFacts | undefined, facts: CaseFacts): CaseFacts {
  if (known && isNewer(known, facts)) return known;
  const awaited = known && awaitedBy(known);
  return awaited && isLater(awaited, timeOfFacts(facts))
    ? { ...facts, stale: true, ...staleFor(awaited), staleBy: known.staleBy ?? null }
    : { ...facts, stale: false, staleFor: null, staleBy: null };
}

/** Marks a copy stale, which hides it, unless its facts are as late as the announced registration. */
export function takeStaleMark(known: CaseFacts | undefined, stale: StaleCase): CaseFacts {
  const time = timeOfFacts(stale);
  if (known?.asOf && !isLater(time, timeOfFacts(known))) return known;
  const awaited = known && awaitedBy(known);
  if (known && awaited && isLater(awaited, time)) return known;
  return {
    ...withoutStaleMark(known ?? unknownFacts(stale.caseId)),
    stale: true,
    ...staleFor(time),
    staleBy: stale.by,
  };
}

/** Withdraws the mark that a hand-over set and left before its owner stored anything; other marks stay. */
export function withdrawStaleMark(
  known: CaseFacts | undefined,
  caseId: string,
  by: string | undefined,
): CaseFacts {
  if (by === undefined || known?.staleBy !== by) return known ?? unknownFacts(caseId);
  return { ...withoutStaleMark(known), stale: false, staleFor: null, staleBy: null };
}

/** @returns a registration's time as facts and stale marks carry it. */
export function asOf(time: RegistrationTime): Pick<StaleCase, 'asOf' | 'asOfNs'> {
  const { registeredAt, registeredNs } = registrationTime(time);
  return { asOf: registeredAt, ...(registeredNs && { asOfNs: registeredNs }) };
}

/** @returns the registration that facts come from; the earliest of all when nobody has said. */
export function timeOfFacts({ asOf: at, asOfNs }: Pick<CaseFacts, 'asOf' | 'asOfNs'>): RegistrationTime {
  return registrationTime({ registeredAt: at ?? new Date(0), registeredNs: asOfNs ?? 0 });
}

/** @returns the registration that a stale mark waits for. */
function awaitedBy({ staleFor: at, staleForNs }: CaseFacts): RegistrationTime | undefined {
  return at ? registrationTime({ registeredAt: at, registeredNs: staleForNs ?? 0 }) : undefined;
}

function staleFor({
  registeredAt,
  registeredNs,
}: RegistrationTime): Pick<CaseFacts, 'staleFor' | 'staleForNs'> {
  return { staleFor: registeredAt, ...(registeredNs && { staleForNs: registeredNs }) };
}

function withoutStaleMark({ staleForNs: _, ...facts }: CaseFacts): CaseFacts {
  return facts;
}

function isNewer(a: CaseFacts, b: CaseFacts): boolean {
  const order = compareTimes(timeOfFacts(a), timeOfFacts(b));
  return order > 0 || (order === 0 && (a.rev ?? 0) > (b.rev ?? 0));
}

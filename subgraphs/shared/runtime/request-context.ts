import type { Guard } from '../guard/guard.js';
import type { IdentityClaims } from '../identity/caller.js';
import type { CursorCodec, CursorScope } from '../paging/cursor.js';
import type { References } from '../reference/reference-copy.js';
import type { SectionReader } from '../sections/section.js';

/** What every resolver has: built anew for each request, so nothing of one caller is left for the next. */
export interface RequestContext {
  readonly claims: IdentityClaims;
  readonly guard: Guard;
  readonly cursors: CursorCodec;
  readonly references: References;
  readonly sections: SectionReader;
  readonly now: () => Date;
  /** Today in UTC, YYYY-MM-DD. */
  readonly today: string;
}

/** @returns the scope of a list's cursors for this caller. */
export function cursorScope(context: RequestContext, ...list: readonly unknown[]): CursorScope {
  const { subject, cvr } = context.claims.caller;
  return { subject, cvr, list };
}

/** Systems whose records are not delivered under an agreement: the register and Overblik itself. */
const OWN_SYSTEMS: ReadonlyMap<string, string> = new Map([
  ['CPR', 'Det Centrale Personregister'],
  ['OVERBLIK', 'Overblik'],
]);

/** @returns a record's source system with the name its agreement gives it. */
export function sourceSystem(context: RequestContext, code: string): { code: string; name: string } {
  const agreement = context.claims.caller.agreements.find((candidate) => candidate.source === code);
  return { code, name: agreement?.name ?? OWN_SYSTEMS.get(code) ?? code };
}

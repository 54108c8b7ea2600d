import { monthsBefore } from '../days/calendar.js';
import { ownValue } from '../names/own-value.js';
import { clauseOf, waysIn } from './clauses.js';
import type { AccessFacts, Requester } from './facts.js';
import type { GrantRule } from './grant-rules.js';
import { type Agreement, type Grant, grantsOf } from './grants.js';
import { marksFilter, passesMarks } from './marks.js';
import { RECORD_RULES } from './rules.js';
import { allOf, anyOf, NOTHING, type StoreFilter } from './store-filter.js';

/** A control case as decisions see it. */
export interface ControlCaseFacts {
  readonly access: AccessFacts;
  /** Control themes of the case; a case without one is no control case. */
  readonly controlThemes: readonly string[];
  readonly state: string;
  /** Day the control was dropped, YYYY-MM-DD; null when it was not. */
  readonly droppedOn: string | null;
}

/** How control cases may be seen (UDK act section 11a; docs/field.md, Law). */
export type ControlMode = 'CONSENT' | 'NO_CONSENT';

/** Purposes that open control cases, by code, and the mode each gives. */
export const CONTROL_PURPOSES = {
  /** Application case, with the citizen's prior consent: that an active control case exists. */
  'UDK-11A-CONSENT': 'CONSENT',
  /** Sections 6, 7 and 9–11, without consent: also theme, step, and whether dropped within six months. */
  'UDK-11A-CONTROL': 'NO_CONSENT',
} as const satisfies Record<string, ControlMode>;

/** How long a dropped control case is still shown, in months. */
const DROPPED_MONTHS = 6;

/** The rules for a control case: an agreement covers it, whichever authority owns it. */
const CONTROL_CASE_RULES: readonly GrantRule[] = [
  RECORD_RULES[200],
  { ...RECORD_RULES[300], limit: () => ({ fact: 'ownerCvr', noneOf: [] }) },
  RECORD_RULES[400],
  RECORD_RULES[500],
];

export interface ControlCaseAccess {
  /** Null without a purpose that opens control cases: nothing is shown then. */
  readonly mode: ControlMode | null;
  readonly matches: (record: ControlCaseFacts) => boolean;
  readonly filter: () => StoreFilter;
}

/** @returns the mode a stated purpose gives, or null. */
export function controlMode(purpose: string | null): ControlMode | null {
  return purpose === null ? null : (ownValue<ControlMode>(CONTROL_PURPOSES, purpose) ?? null);
}

/**
 * Control cases of any authority, as far as the caller's authority has an agreement with their source. Consent shows
 * active ones only; without consent also those dropped within six months (ADR 009).
 */
export function compileControlCaseAccess(
  grants: readonly Grant[],
  agreements: readonly Agreement[],
  requester: Requester,
  { purpose, today }: { readonly purpose: string | null; readonly today: string },
): ControlCaseAccess {
  const mode = controlMode(purpose);
  const open =
    mode === null
      ? []
      : waysIn(
          CONTROL_CASE_RULES,
          grantsOf(grants, ['control-case-read']),
          agreements.filter(({ kinds }) => kinds.includes('cases')),
          { cvr: requester.cvr, lifted: [] },
        ).map(clauseOf);
  const since = monthsBefore(today, DROPPED_MONTHS);
  const isCurrent = ({ state, droppedOn }: ControlCaseFacts): boolean =>
    state !== 'CLOSED' || (mode === 'NO_CONSENT' && droppedOn !== null && droppedOn >= since);
  return {
    mode,
    matches: (record) =>
      record.controlThemes.length > 0 &&
      isCurrent(record) &&
      passesMarks(record.access, requester) &&
      open.some((clause) => clause.matches(record.access)),
    filter: () => {
      if (open.length === 0) return NOTHING;
      const current: StoreFilter[] = [{ state: { $ne: 'CLOSED' } }];
      if (mode === 'NO_CONSENT') current.push({ droppedOn: { $gte: since } });
      return allOf([
        { isControl: true },
        marksFilter('access.', requester),
        { $and: [{ $or: current }, anyOf(open.map((clause) => clause.filter('access.')))] },
      ]);
    },
  };
}

import { monthsBefore } from '../days/calendar.js';
import { ownValue } from '../names/own-value.js';
import type { AccessFacts, Requester } from './facts.js';
import { type Agreement, type Grant, grantsOf, prefixesOf } from './grants.js';
import { kleConditions, kleMatches } from './kle.js';
import { marksFilter, passesMarks } from './marks.js';
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
  const cvrs = new Set(grantsOf(grants, ['control-case-read']).map((grant) => grant.cvr));
  const open =
    mode === null
      ? []
      : agreements.filter((agreement) => cvrs.has(agreement.cvr) && agreement.kinds.includes('cases'));
  const since = monthsBefore(today, DROPPED_MONTHS);
  const isCurrent = ({ state, droppedOn }: ControlCaseFacts): boolean =>
    state !== 'CLOSED' || (mode === 'NO_CONSENT' && droppedOn !== null && droppedOn >= since);
  return {
    mode,
    matches: (record) =>
      record.controlThemes.length > 0 &&
      isCurrent(record) &&
      passesMarks(record.access, requester) &&
      open.some((agreement) => agreementCovers(agreement, record.access)),
    filter: () => {
      if (open.length === 0) return NOTHING;
      const current: StoreFilter[] = [{ state: { $ne: 'CLOSED' } }];
      if (mode === 'NO_CONSENT') current.push({ droppedOn: { $gte: since } });
      return allOf([
        { isControl: true },
        marksFilter('access.', requester),
        { $and: [{ $or: current }, anyOf(open.map(agreementFilter))] },
      ]);
    },
  };
}

function agreementCovers({ source, kle, sensitivity }: Agreement, facts: AccessFacts): boolean {
  return (
    facts.source === source &&
    facts.ownerCvr !== null &&
    facts.sensitivity !== null &&
    facts.sensitivity <= sensitivity &&
    kleMatches(facts.kle, prefixesOf(kle))
  );
}

function agreementFilter({ source, kle, sensitivity }: Agreement): StoreFilter {
  const conditions = kleConditions(prefixesOf(kle)).map((condition) => ({ 'access.kle': condition }));
  return {
    'access.source': source,
    'access.ownerCvr': { $ne: null },
    'access.sensitivity': { $lte: sensitivity },
    ...anyOf(conditions),
  };
}

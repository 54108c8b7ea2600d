import type { AuditFact, AuditPart } from './entry.js';

/**
 * Makes one fact of a look-up: what one opening of a person showed beside the person becomes its parts. Refusals, failures,
 * searches and whatever else a controller looks for by its kind stay facts of their own.
 * @param facts what one request recorded, in order
 * @returns the facts to write, in order; none is left out
 */
export function foldParts(facts: readonly AuditFact[]): AuditFact[] {
  const openings = new Map<string, Opening>();
  for (const fact of facts) {
    const key = isOpening(fact) ? keyOf(fact) : undefined;
    if (key !== undefined && !openings.has(key)) openings.set(key, { fact, shown: [] });
  }
  const first = new Map([...openings.values()].map((opening) => [opening.fact, opening]));
  const others = facts.filter((fact) => {
    const opening = isPart(fact) ? openings.get(keyOf(fact)) : undefined;
    opening?.shown.push(fact);
    return !opening;
  });
  return others.map((fact) => {
    const opening = first.get(fact);
    return opening && opening.shown.length > 0 ? withParts(opening) : fact;
  });
}

interface Opening {
  readonly fact: AuditFact;
  readonly shown: AuditFact[];
}

/** @returns whether a person was opened. */
export const isOpening = ({ event, decision, citizenId }: AuditFact) =>
  event === 'opened' && decision === 'PERMIT' && citizenId !== null;

const isPart = ({ event, decision, citizenId, criteria }: AuditFact) =>
  event === 'section-read' && decision === 'PERMIT' && citizenId !== null && criteria.length === 0;

/** Facts of one request differ in no other field that says who looked, and why. */
const keyOf = ({ cvr, user, unit, operation, purpose, lookupId, requestId, citizenId }: AuditFact) =>
  JSON.stringify([cvr, user, unit, operation, purpose, lookupId, requestId, citizenId]);

function withParts({ fact, shown }: Opening): AuditFact {
  const permissions = distinct(shown.map(({ permission }) => permission));
  return {
    ...fact,
    alarms: distinct([fact, ...shown].flatMap(({ alarms }) => alarms)),
    parts: permissions.map((permission) =>
      partOf(
        permission,
        shown.filter((each) => each.permission === permission),
      ),
    ),
  };
}

function partOf(permission: string, shown: readonly AuditFact[]): AuditPart {
  return {
    permission,
    objects: distinct(shown.flatMap(({ objects }) => objects)),
    kle: distinct(shown.flatMap(({ kle }) => kle)),
    rights: distinct(shown.flatMap(({ rights }) => rights)),
  };
}

const distinct = (values: readonly string[]): string[] => [...new Set(values)];

import { compileAlertAccess } from '../../shared/policy/alert-access.js';
import type { ListeningCaller } from '../../shared/ingest/events.js';
import type { AlertCollections } from '../source/collections.js';

/** Most changed alerts looked at; beyond, everybody is told to look. */
const MAX_CHANGED = 500;

/**
 * Says to whose inbox something has happened: decided by the very predicate that shows alerts, so that nobody learns of
 * a change to what she may not see.
 * @returns keys of the callers concerned
 */
export async function callersConcerned(
  { alerts }: AlertCollections,
  since: Date,
  callers: readonly ListeningCaller[],
  today: string,
): Promise<string[]> {
  const changed = await alerts
    .find({ changedAt: { $gt: since } })
    .limit(MAX_CHANGED)
    .toArray();
  if (changed.length === 0) return [];
  if (changed.length === MAX_CHANGED) return callers.map(({ key }) => key);
  return callers
    .filter(({ caller }) => {
      const access = compileAlertAccess(caller.grants, caller.agreements, { ...caller, today });
      return changed.some((alert) => access.matches(alert));
    })
    .map(({ key }) => key);
}

import { compileAlertAccess } from '../../shared/policy/alert-access.js';
import { isSectionOff } from '../../shared/policy/sections.js';
import type { ListeningCaller } from '../../shared/records/events.js';
import type { AlertCollections } from '../source/collections.js';

/**
 * Says to whose inbox something has happened: decided by the very predicate that shows alerts, so that nobody learns of
 * a change to what the caller may not see.
 * @returns keys of the callers concerned
 */
export async function callersConcerned(
  { alerts }: AlertCollections,
  since: Date,
  callers: readonly ListeningCaller[],
  today: string,
): Promise<string[]> {
  const waiting = new Map(
    callers
      .filter(({ caller }) => !isSectionOff('alert-read', caller.sectionsOff))
      .map(({ key, caller }) => [
        key,
        compileAlertAccess(caller.grants, caller.agreements, { ...caller, today }),
      ]),
  );
  const concerned: string[] = [];
  for await (const alert of alerts.find({ changedAt: { $gt: since } })) {
    for (const [key, access] of waiting) {
      if (!access.matches(alert)) continue;
      concerned.push(key);
      waiting.delete(key);
    }
    if (waiting.size === 0) break;
  }
  return concerned;
}

import { type Grant, prefixesOf } from './grants.js';
import { isKleNumber, isKlePattern, klePrefix } from './kle.js';

/** What of an alert group an administrator's constraints are about. */
export interface AdministeredGroup {
  /** KLE patterns of the events it takes. */
  readonly kle: readonly string[];
  /** KLE number its alerts are filed under when an event has none. */
  readonly topic: string;
  /** Units that receive, the receiving users' own among them; null for a user without one. */
  readonly units: readonly (string | null)[];
}

/**
 * Whether one grant of `alert-administer` covers all of a group: everything it takes lies under the grant's KLE, and everybody who
 * receives belongs to its units. Constraints of two grants are never mixed (docs/field.md, Privilege lists). A grant limited to systems covers none: a
 * group takes events of every system.
 * @param grants the caller's grants of `alert-administer` in the own authority
 */
export function coversGroup(grants: readonly Grant[], { kle, topic, units }: AdministeredGroup): boolean {
  return grants.some((grant) => {
    const allowed = prefixesOf(grant.kle ?? []);
    const { units: own } = grant;
    const isUnder = (prefix: string) => allowed.some((pattern) => prefix.startsWith(pattern));
    return (
      grant.systems === undefined &&
      isKleNumber(topic) &&
      isUnder(topic) &&
      kle.every((pattern) => isKlePattern(pattern) && isUnder(klePrefix(pattern))) &&
      (own === undefined || units.every((unit) => unit !== null && own.includes(unit)))
    );
  });
}

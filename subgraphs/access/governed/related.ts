import type { WatchedPerson, WatchReason } from '../../shared/identity/caller.js';
import type { LiftRecord, RelatedRule, SettingsContent, UserRecord } from '../source/records.js';

/** Persons close to a caller, as the organisation and the register know them. */
export interface RelatedPersons {
  readonly own: string | null;
  readonly kin: readonly string[];
  readonly colleagues: readonly string[];
}

/** @returns the persons close to a user. */
export function relatedPersons(
  user: UserRecord | null,
  tokenPersonId: string | null,
  unit: readonly UserRecord[],
): RelatedPersons {
  const own = tokenPersonId ?? user?.personId ?? null;
  const colleagues = unit.flatMap(({ personId }) => personId ?? []).filter((person) => person !== own);
  return { own, kin: user?.kin ?? [], colleagues };
}

/**
 * @returns whose records are refused, and whose look-up raises an alarm. A refused look-up raises one too, and so does
 * every look-up under a lift (docs/field.md, The log).
 */
export function ruleOnRelated(
  { own, kin, colleagues }: RelatedPersons,
  settings: Pick<SettingsContent, 'ownRecord' | 'kin' | 'colleagues'>,
  lifts: readonly LiftRecord[],
): { barred: string[]; watched: WatchedPerson[] } {
  const groups: [persons: readonly string[], why: WatchReason, rule: RelatedRule][] = [
    [own === null ? [] : [own], 'OWN_RECORD', settings.ownRecord],
    [kin, 'KIN', settings.kin],
    [colleagues, 'COLLEAGUE', settings.colleagues],
  ];
  const lifted = lifts.map((lift): WatchedPerson => ({ person: lift.citizenId, why: 'BREAK_GLASS' }));
  return {
    barred: [...new Set(groups.flatMap(([persons, , rule]) => (rule === 'REFUSE' ? persons : [])))],
    watched: [...groups.flatMap(([persons, why]) => persons.map((person) => ({ person, why }))), ...lifted],
  };
}

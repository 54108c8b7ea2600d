import { GraphQLError } from 'graphql';
import type { AuditEvent, AuditFact } from '../audit/entry.js';
import type { AuditWriter } from '../audit/writer.js';
import { danishDay } from '../days/danish-day.js';
import { codedError } from '../errors/coded-error.js';
import type { IdentityClaims, WatchReason } from '../identity/caller.js';
import { grantsOf } from '../policy/grants.js';
import { isPermission, type Permission, PERMISSION_ROLES } from '../policy/permissions.js';
import { isSectionOff } from '../policy/sections.js';
import { WIDER_RULES } from '../policy/wider-rules.js';
import { compiledAccess } from './compiled-access.js';
import type { GuardResult } from './guard-result.js';
import { objectsByPerson, type PartiesOfObject } from './parties-of.js';
import { type AccessFor, COMPILE, Permit } from './permit.js';

/** What an access is about, as far as it is known before loading. */
export interface AccessSubject {
  readonly event: AuditEvent;
  readonly citizenId?: string;
  /** Whom records that are already at hand are about; an entry without a person of its own is written under them. */
  readonly parties?: readonly PartiesOfObject[];
  /** Ids asked for, recorded when nothing of them may be shown. */
  readonly asked?: readonly string[];
  readonly criteria?: AuditFact['criteria'];
  /** Raises this alarm whoever it is about. */
  readonly alarm?: WatchReason;
}

/** What a change is about. */
export interface ChangeSubject<P extends Permission> extends AccessSubject {
  /** Finds whom the records to be changed are about, before anything is changed: the attempt is written under each of them. */
  readonly findParties?: (permit: Permit<P>) => Promise<readonly PartiesOfObject[]>;
}

/** What was shown, for the log: ids and KLE numbers, never content. */
export interface Shown {
  readonly objects: readonly string[];
  readonly kle?: readonly (string | null)[];
  /** Persons the shown records are about: one on the watch list raises an alarm. */
  readonly about?: readonly string[];
  /** Whom the shown records are about; an entry that was not opened for one person is written under each of them. */
  readonly parties?: readonly PartiesOfObject[];
  /** One entry per person when several were shown. */
  readonly citizenIds?: readonly string[];
}

export interface GuardOptions {
  readonly claims: IdentityClaims;
  /** Where changes are recorded; durable before they take effect. */
  readonly audit: Pick<AuditWriter, 'append'>;
  /** Where reads are recorded; durable before the answer leaves. */
  readonly readAudit: Pick<AuditWriter, 'append'>;
  readonly now: () => Date;
  /** Called for technical errors; nothing of them reaches the caller. */
  readonly onError: (error: unknown) => void;
}

/**
 * The one way to personal data: decides before loading, loads under a permit, and records permit, refusal and failure.
 * The record is durable before the data is handed out; if it cannot be written the read fails.
 */
export class Guard {
  readonly claims: IdentityClaims;
  readonly #audit: Pick<AuditWriter, 'append'>;
  readonly #readAudit: Pick<AuditWriter, 'append'>;
  readonly #now: () => Date;
  readonly #onError: (error: unknown) => void;
  readonly #permits = new Map<Permission, unknown>();

  constructor({ claims, audit, readAudit, now, onError }: GuardOptions) {
    this.claims = claims;
    this.#audit = audit;
    this.#readAudit = readAudit;
    this.#now = now;
    this.#onError = onError;
  }

  /** @returns whether the caller holds any grant that satisfies the permission. Decides nothing about a record. */
  holds(permission: Permission): boolean {
    return this.refusal(permission) === undefined;
  }

  /** @returns the code of the rule that refuses the permission as a whole, or undefined. */
  refusal(permission: Permission): string | undefined {
    if (!isPermission(permission)) throw new TypeError('a guard needs a named permission');
    const { kind, caller } = this.claims;
    if (permission === 'gateway-internal') return kind === 'gateway' ? undefined : WIDER_RULES.NO_ROLE.code;
    // A simulated identity opens simulations and nothing else; a caller's own opens everything but those.
    const fits = isOfSimulations(permission) ? kind === 'simulate' : kind === 'caller';
    if (!fits || grantsOf(caller.grants, PERMISSION_ROLES[permission]).length === 0)
      return WIDER_RULES.NO_ROLE.code;
    return isSectionOff(permission, caller.sectionsOff) ? WIDER_RULES.SECTION_OFF.code : undefined;
  }

  /** @returns what the caller's grants give for a permission: the decision alone, no way to any data. */
  access<P extends Permission>(permission: P): AccessFor<P> {
    return this.#permit(permission).access;
  }

  /** @returns whether the caller may enter a section; a refusal is recorded. Nothing is loaded. */
  async mayEnter(permission: Permission, subject: AccessSubject): Promise<boolean> {
    const refusal = this.refusal(permission);
    if (refusal === undefined) return true;
    await this.#record(permission, 'REFUSE', subject, refusal);
    return false;
  }

  /**
   * Loads under the guard.
   * @param load gets the permit; everything it returns has passed the permit's access
   * @param shown what of the value goes into the log
   */
  async read<P extends Permission, T>(
    permission: P,
    subject: AccessSubject,
    load: (permit: Permit<P>) => Promise<T>,
    shown: (value: T) => Shown,
  ): Promise<GuardResult<T>> {
    const refusal = this.refusal(permission);
    if (refusal !== undefined) {
      await this.#record(permission, 'REFUSE', subject, refusal);
      return { permitted: false, ruleCode: refusal };
    }
    const value = await this.#load(permission, subject, load);
    await this.#record(permission, 'PERMIT', subject, null, shown(value));
    return { permitted: true, value };
  }

  /**
   * Loads one thing that is shown or not. Nothing found, for whatever reason, is recorded as a refusal with the id that
   * was asked for; "hidden" and "unknown" are the same to the caller and take the same steps.
   */
  async readOne<P extends Permission, T>(
    permission: P,
    subject: AccessSubject,
    load: (permit: Permit<P>) => Promise<T | null>,
    shown: (value: T) => Shown,
  ): Promise<T | null> {
    const refusal = this.refusal(permission);
    if (refusal !== undefined) {
      await this.#record(permission, 'REFUSE', subject, refusal);
      return null;
    }
    const value = await this.#load(permission, subject, load);
    if (value === null) await this.#record(permission, 'REFUSE', subject, WIDER_RULES.NOT_WITHIN_RIGHTS.code);
    else await this.#record(permission, 'PERMIT', subject, null, shown(value));
    return value;
  }

  /**
   * Changes something. The attempt is recorded before it takes effect, so no change is without a record; a refusal or a
   * failure is recorded after it.
   * @returns what the change returns; throws NOT_PERMITTED without the right
   */
  async change<P extends Permission, T>(
    permission: P,
    { findParties, ...given }: ChangeSubject<P>,
    act: (permit: Permit<P>) => Promise<T>,
  ): Promise<T> {
    const refusal = this.refusal(permission);
    if (refusal !== undefined) {
      await this.#recordChange(permission, 'REFUSE', given, refusal);
      throw codedError('NOT_PERMITTED');
    }
    const parties = findParties ? await this.#load(permission, given, findParties) : given.parties;
    const subject: AccessSubject = { ...given, ...(parties && { parties }) };
    await this.#recordChange(permission, 'PERMIT', subject, null);
    try {
      return await act(this.#permit(permission));
    } catch (error) {
      const code = error instanceof GraphQLError ? String(error.extensions['code']) : null;
      await this.#recordChange(permission, code === null ? 'FAILURE' : 'REFUSE', subject, code);
      if (code !== null) throw error;
      this.#onError(error);
      throw codedError('PART_UNAVAILABLE');
    }
  }

  async #load<P extends Permission, T>(
    permission: P,
    subject: AccessSubject,
    load: (permit: Permit<P>) => Promise<T>,
  ): Promise<T> {
    try {
      return await load(this.#permit(permission));
    } catch (error) {
      await this.#record(permission, 'FAILURE', subject, null);
      if (error instanceof GraphQLError) throw error;
      // A thrown error is never a permit; what it says stays inside.
      this.#onError(error);
      throw codedError('PART_UNAVAILABLE');
    }
  }

  #permit<P extends Permission>(permission: P): Permit<P> {
    // cast: under a permission lies the permit that was issued for it
    const known = this.#permits.get(permission) as Permit<P> | undefined;
    if (known) return known;
    const today = danishDay(this.#now());
    const permit = Permit.issue(
      permission,
      compiledAccess(permission, this.claims, today, COMPILE[permission]),
    );
    this.#permits.set(permission, permit);
    return permit;
  }

  async #record(
    permission: Permission,
    decision: AuditFact['decision'],
    subject: AccessSubject,
    ruleCode: string | null,
    shown?: Shown,
  ): Promise<void> {
    if (this.claims.kind === 'gateway') return;
    await this.#readAudit.append(this.#facts(permission, decision, subject, ruleCode, shown));
  }

  async #recordChange(
    permission: Permission,
    decision: AuditFact['decision'],
    subject: AccessSubject,
    ruleCode: string | null,
  ): Promise<void> {
    if (this.claims.kind === 'gateway') return;
    await this.#audit.append(this.#facts(permission, decision, subject, ruleCode));
  }

  #facts(
    permission: Permission,
    decision: AuditFact['decision'],
    subject: AccessSubject,
    ruleCode: string | null,
    shown: Partial<Shown> = {},
  ): AuditFact[] {
    const persons = personsOf(subject, shown);
    const [onlyPerson] = persons.size === 1 ? persons.keys() : [];
    const opened = [subject.citizenId, onlyPerson].filter((id) => id !== undefined);
    const entry: AuditFact = {
      ...this.#request(permission),
      event: subject.event,
      decision,
      ruleCode,
      objects: shown.objects ?? subject.asked ?? [],
      kle: [...new Set((shown.kle ?? []).filter((kle) => kle !== null))],
      criteria: subject.criteria ?? [],
      citizenId: opened[0] ?? null,
      alarms: this.#alarms(subject.alarm, [...opened, ...(shown.about ?? [])]),
    };
    const under = (citizenId: string, objects: readonly string[]): AuditFact => ({
      ...entry,
      objects,
      criteria: [],
      citizenId,
      alarms: this.#alarms(subject.alarm, [citizenId]),
    });
    // A look at several persons' records is found under each of them, with the objects that are about that person.
    const byPerson = persons.size < 2 ? [] : [...persons].map(([id, objects]) => under(id, objects));
    // Each person shown by a search or list has a separate entry: appearing in a list is not being opened.
    const listed = (shown.citizenIds ?? []).map((id) => ({ ...under(id, [id]), event: 'listed' as const }));
    return [entry, ...byPerson, ...listed];
  }

  /** @returns who asks, by what right and in which request: the same in every entry of an access. */
  #request(permission: Permission) {
    const { caller, operationName, purpose, lookupId, requestId } = this.claims;
    const rights = grantsOf(caller.grants, PERMISSION_ROLES[permission]).map(({ role }) => role);
    return {
      at: this.#now(),
      cvr: caller.cvr,
      user: caller.subject,
      unit: caller.unit,
      permission,
      rights: [...new Set(rights)],
      operation: operationName,
      purpose,
      lookupId,
      requestId,
    };
  }

  /** @returns why a look-up of these persons should be looked at. */
  #alarms(alarm: WatchReason | undefined, persons: readonly string[]): string[] {
    const { watched } = this.claims.caller;
    const reasons = watched.filter(({ person }) => persons.includes(person)).map(({ why }) => why);
    return [...new Set([...(alarm ? [alarm] : []), ...reasons])];
  }
}

/** @returns the persons an entry is written under when it was not opened for one of them, with the objects about each. */
function personsOf(subject: AccessSubject, shown: Partial<Shown>): ReadonlyMap<string, readonly string[]> {
  return subject.citizenId === undefined
    ? objectsByPerson(shown.parties ?? subject.parties ?? [])
    : new Map<string, readonly string[]>();
}

function isOfSimulations(permission: Permission): boolean {
  return permission === 'access-simulate' || permission === 'access-preview';
}

import { LRUCache } from 'lru-cache';
import { danishDay } from '../../shared/days/danish-day.js';
import { daysFrom } from '../../shared/days/days-from.js';
import type { Handovers } from '../../shared/in-step/handovers.js';
import type { EarlyMessage, TakenEvent } from '../../shared/ports/shapes.js';
import type { IncomingEvent } from '../../shared/records/events.js';
import { compileGroups, type GroupMatcher, type Match } from '../matching/match.js';
import type { AlertCollections } from '../source/collections.js';
import { idOfParts } from '../source/id-of-parts.js';
import type { AlertRecord } from '../source/records.js';

/** Authorities whose groups are kept compiled, and how long. */
const COMPILED = { max: 200, ttl: 10 * 60_000 };
/** How long a message is remembered, and how long one waits for whom it is about. */
const MEMORY_DAYS = 90;

/** Matches messages against the alert groups of an authority and stores the alerts they make, once. */
export class EventIntake {
  readonly #compiled = new LRUCache<string, { readonly version: number; readonly match: GroupMatcher }>(
    COMPILED,
  );

  constructor(
    readonly collections: AlertCollections,
    readonly handovers: Handovers,
  ) {}

  /** @returns the alerts that are there because of the event, to be handed over; `known` when it was handled before. */
  async take(event: IncomingEvent): Promise<TakenEvent> {
    const _id = `${event.cvr}|${event.messageId}`;
    if (await this.collections.messages.findOne({ _id }, { projection: { _id: 1 } }))
      return { known: true, alertIds: [], caseIds: [], handover: null };
    const match = await this.#matcher(event.cvr);
    const alerts = match(event).flatMap((matched) => alertsOf(event, matched));
    const ids = alerts.map((alert) => alert._id);
    const handover = ids.length === 0 ? null : await this.handovers.begin(ids);
    await this.#store(alerts);
    return { known: false, alertIds: ids, caseIds: alerts.flatMap(({ caseId }) => caseId ?? []), handover };
  }

  /** Notes that an event has been handled in full; only now is it a duplicate when it comes again. */
  async handled(cvr: string, messageId: string, at: Date): Promise<void> {
    await this.collections.messages.updateOne(
      { _id: `${cvr}|${messageId}` },
      { $setOnInsert: { messageId, at } },
      { upsert: true },
    );
  }

  /** @returns whether a message has been handled for any authority: whose it was is unknown once its person is gone */
  async isHandled(messageId: string): Promise<boolean> {
    return (await this.collections.messages.findOne({ messageId }, { projection: { _id: 1 } })) !== null;
  }

  /** Keeps a message that came before whom it is about; once, however often it is sent. */
  async keepEarly({ id: _id, ...fields }: EarlyMessage): Promise<void> {
    await this.collections.early.updateOne({ _id }, { $setOnInsert: fields }, { upsert: true });
  }

  /** @returns early messages by id, beginning after one. */
  async early(after: string | null, limit: number): Promise<EarlyMessage[]> {
    const found = await this.collections.early
      .find(after === null ? {} : { _id: { $gt: after } })
      .sort({ _id: 1 })
      .limit(limit)
      .toArray();
    return found.map(({ _id: id, ...fields }) => ({ id, ...fields }));
  }

  async settleEarly(id: string): Promise<void> {
    await this.collections.early.deleteOne({ _id: id });
  }

  /** Takes away completed alerts whose time is over, and forgets messages that are too old to come again or to be taken up. */
  async cleanUp(now: Date): Promise<number> {
    const today = danishDay(now);
    const old = { at: { $lt: daysFrom(now, -MEMORY_DAYS) } };
    await this.collections.messages.deleteMany(old);
    await this.collections.early.deleteMany(old);
    const { deletedCount } = await this.collections.alerts.deleteMany({
      deleteAfter: { $lte: today },
      state: 'COMPLETED',
    });
    return deletedCount;
  }

  async #matcher(cvr: string): Promise<GroupMatcher> {
    // The version is read before the groups, so that a change in between is seen the next time.
    const version = (await this.collections.groupVersions.findOne({ _id: cvr }))?.version ?? 0;
    const known = this.#compiled.get(cvr);
    if (known?.version === version) return known.match;
    const match = compileGroups(await this.collections.groups.find({ cvr }).toArray());
    this.#compiled.set(cvr, { version, match });
    return match;
  }

  async #store(alerts: readonly AlertRecord[]): Promise<void> {
    if (alerts.length === 0) return;
    await this.collections.alerts.bulkWrite(
      alerts.map(({ _id, ...fields }) => ({
        updateOne: { filter: { _id }, update: { $setOnInsert: fields }, upsert: true },
      })),
    );
  }
}

/** One alert per receiver, with an id that the same message gives again. */
function alertsOf(event: IncomingEvent, { group, concerned }: Match): AlertRecord[] {
  const { person, relation, caseId } = concerned;
  const changedAt = new Date();
  return group.receivers.map((receiver) => ({
    _id: idOfParts(event.cvr, event.messageId, group._id, relation, person.id, receiver.kind, receiver.id),
    registeredAt: event.registeredAt,
    rev: 1,
    eventType: event.eventType,
    eventCode: event.eventCode,
    title: event.title,
    state: 'NEW',
    receivedAt: event.receivedAt,
    groupId: group._id,
    groupName: group.name,
    receiver,
    assignee: null,
    completedAt: null,
    changedAt,
    deleteAfter: null,
    parties: [{ key: person.key, id: person.id }],
    partyIds: [person.id],
    caseId,
    hasCase: caseId !== null,
    access: {
      ownerCvr: event.cvr,
      kle: event.kle ?? group.topic,
      sensitivity: event.sensitivity,
      unit: receiver.kind === 'UNIT' ? receiver.id : null,
      // Nobody but the receivers: the profile is part of every decision, whatever the grants are.
      profile: [receiver.id],
      hiddenFrom: [],
      parties: [person.id],
      source: event.source,
      validFrom: null,
      validTo: null,
    },
    caseFacts: null,
  }));
}

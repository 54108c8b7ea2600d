import type { DeliveringSystem } from '../../gateway/auth/system.js';
import { danishDay } from '../../subgraphs/shared/days/danish-day.js';
import type { SubgraphPorts } from '../../subgraphs/shared/ports/ports.js';
import type { IncomingEvent } from '../../subgraphs/shared/records/events.js';
import { REGISTER_EVENTS } from '../../subgraphs/shared/records/register-events.js';
import { handOver } from '../in-step/hand-over.js';
import { coveredBy, kleOf, mayConcern } from './covered.js';
import { type Envelope, rankOfClass } from './envelope.js';
import { type EventFacts, eventOf } from './event-of.js';
import type { RejectedMessage } from './read-envelope.js';
import { isEarly, type MessageSurroundings, surroundings } from './surroundings.js';

/**
 * What became of a message. `waiting`: whom it is about has not arrived yet; it is kept and taken up then. `ignored`: no agreement
 * covers it, or nobody is alerted to what it tells.
 */
export type MessageResult =
  | { readonly result: 'taken' | 'duplicate'; readonly alerts: number }
  | { readonly result: 'waiting' }
  | { readonly result: 'ignored'; readonly rule: string }
  | RejectedMessage;

export interface MessageParts {
  readonly ports: SubgraphPorts;
  readonly now: () => Date;
}

/**
 * Takes a message of a system: matched for every authority it concerns, bounded by the system's agreement with that
 * authority, handled once. When this resolves, everything it led to is stored.
 */
export async function takeMessage(
  { ports, now }: MessageParts,
  system: DeliveringSystem,
  envelope: Envelope,
): Promise<MessageResult> {
  const facts = eventOf(envelope, REGISTER_EVENTS);
  if (!facts) return { result: 'ignored', rule: 'an event that somebody can be alerted to' };
  const at = now();
  const around = await surroundings(ports, envelope, danishDay(at));
  if (isEarly(around) && mayConcern(system, envelope)) {
    // Whom it was about has been removed since: it comes again, and nobody is coming.
    if (await ports.alerts.isHandled(envelope.messageId)) return { result: 'duplicate', alerts: 0 };
    await ports.alerts.keepEarly({
      id: `${system.id}|${envelope.messageId}`,
      systemId: system.id,
      keys: around.unknown,
      caseId: around.caseId,
      text: JSON.stringify(envelope),
      at,
    });
    return { result: 'waiting' };
  }
  const covered = coveredBy(system, envelope, around);
  if (covered.length === 0)
    return {
      result: 'ignored',
      rule: 'an agreement on sender, kind, area and sensitivity with an authority it concerns',
    };
  const message = { system, envelope, facts, around };
  let alerts = 0;
  let known = true;
  for (const cvr of covered) {
    const taken = await takeFor(ports, eventFor(message, cvr, at), at);
    known &&= taken.known;
    alerts += taken.alerts;
  }
  return { result: known ? 'duplicate' : 'taken', alerts };
}

async function takeFor(
  ports: SubgraphPorts,
  event: IncomingEvent,
  at: Date,
): Promise<{ known: boolean; alerts: number }> {
  const taken = await ports.alerts.event(event);
  if (taken.known) return { known: true, alerts: 0 };
  const { handover, caseIds: cases, alertIds: only } = taken;
  if (handover !== null) {
    const { ties } = await ports.alerts.standing(only);
    await handOver(ports, { owner: ports.alerts, noted: [handover], cases, to: ports.alerts, only, ties });
  }
  await ports.alerts.handled(event.cvr, event.messageId, at);
  return { known: false, alerts: only.length };
}

/** A message that has been read, and what it tells. */
interface ReadMessage {
  readonly system: DeliveringSystem;
  readonly envelope: Envelope;
  readonly facts: EventFacts;
  readonly around: MessageSurroundings;
}

function eventFor({ system, envelope, facts, around }: ReadMessage, cvr: string, at: Date): IncomingEvent {
  const { subjects, spouses, household, secondary, caseId } = around;
  return {
    ...facts,
    messageId: envelope.messageId,
    source: system.code,
    cvr,
    kle: kleOf(envelope),
    sensitivity: rankOfClass(envelope.deliveryData.securityClass),
    caseId,
    registeredAt: envelope.filterData.objectRegistration.registeredAt,
    receivedAt: at,
    on: danishDay(at),
    subjects,
    spouses,
    household,
    secondary,
  };
}

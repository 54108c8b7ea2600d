import type { DeliveringSystem } from '../../gateway/auth/system.js';
import { danishDay } from '../../subgraphs/shared/days/danish-day.js';
import { brokenRule } from '../../subgraphs/shared/errors/issue-words.js';
import { prefixesOf, type RecordKind } from '../../subgraphs/shared/policy/grants.js';
import { kleMatches } from '../../subgraphs/shared/policy/kle.js';
import { rankOf } from '../../subgraphs/shared/policy/sensitivity.js';
import type { IngestPorts } from '../../subgraphs/shared/ports/ingest-port.js';
import type { CaseSides } from '../../subgraphs/shared/ports/ingest-shapes.js';
import type { IncomingEvent, PersonFacts } from '../../subgraphs/shared/records/events.js';
import type { MessageType } from '../../subgraphs/shared/records/message-types.js';
import { partyKey } from '../../subgraphs/shared/records/parties.js';
import { REGISTER_EVENTS } from '../../subgraphs/shared/records/register-events.js';
import { type Envelope, envelopeShape, rankOfClass } from './envelope.js';
import { eventOf, type ToldEvent, typeOf } from './event-of.js';

/**
 * What became of a message. `waiting`: whom it is about has not arrived yet; it is kept and taken up then. `ignored`: no agreement
 * covers it, or nobody is alerted to what it tells.
 */
export type MessageResult =
  | { readonly result: 'taken' | 'duplicate'; readonly alerts: number }
  | { readonly result: 'waiting' }
  | { readonly result: 'ignored'; readonly rule: string }
  | { readonly result: 'rejected'; readonly field: string; readonly rule: string };

export interface MessageParts {
  readonly ports: IngestPorts;
  readonly now: () => Date;
}

/** How far a sender's clock may be ahead. */
const SKEW_MS = 5 * 60_000;
/** Longest message that is read. */
export const MAX_MESSAGE_BYTES = 256 << 10;

/** @returns the envelope of a message; or which field breaks which rule, never the value. */
export function readEnvelope(
  text: string,
  now: Date,
): { readonly envelope: Envelope } | Extract<MessageResult, { result: 'rejected' }> {
  const rejected = (field: string, rule: string) => ({ result: 'rejected' as const, field, rule });
  if (Buffer.byteLength(text) > MAX_MESSAGE_BYTES) return rejected('', 'at most 256 kB');
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return rejected('', 'JSON');
  }
  const parsed = envelopeShape.safeParse(raw);
  if (!parsed.success) {
    const { field, rule } = brokenRule(parsed.error.issues[0]!);
    return rejected(field, rule);
  }
  if (parsed.data.filterData.objectRegistration.registeredAt.getTime() > now.getTime() + SKEW_MS)
    return rejected('filterData.objectRegistration.registeredAt', 'not in the future');
  return { envelope: parsed.data };
}

/**
 * Takes a message of a system: matched for every authority it concerns, bounded by the system's agreement with that
 * authority, dealt with once. When this resolves, everything it led to is stored.
 */
export async function takeMessage(
  { ports, now }: MessageParts,
  system: DeliveringSystem,
  envelope: Envelope,
): Promise<MessageResult> {
  const told = eventOf(envelope, REGISTER_EVENTS);
  if (!told) return { result: 'ignored', rule: 'an event that somebody can be alerted to' };
  const at = now();
  const around = await surroundings(ports, envelope, danishDay(at));
  if (isEarly(around) && mayConcern(system, envelope)) {
    // Whom it was about has been removed since: it comes again, and nobody is coming.
    if (await ports.alerts.isDealtWith(envelope.messageId)) return { result: 'duplicate', alerts: 0 };
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
  const covered = authoritiesOf(envelope, around).filter((cvr) => covers(system, cvr, envelope));
  if (covered.length === 0)
    return {
      result: 'ignored',
      rule: 'an agreement on sender, kind, area and sensitivity with an authority it concerns',
    };
  let alerts = 0;
  let known = true;
  for (const cvr of covered) {
    const told1 = await takeFor(ports, eventFor(envelope, told, system, cvr, around, at), at);
    known &&= told1.known;
    alerts += told1.alerts;
  }
  return { result: known ? 'duplicate' : 'taken', alerts };
}

/** Nobody it is about is known, person or company, and somebody may yet come: whom it names, the case, or a party of the case. */
function isEarly({ isKnown, unknown, awaitsCase }: Around): boolean {
  return !isKnown && (unknown.length > 0 || awaitsCase);
}

/** @returns whether a case, or a party of it, may yet come; a case that is there without a primary party has none coming */
export function awaits(sides: readonly CaseSides[]): boolean {
  return sides.length === 0 || sides.some(({ awaitsParty }) => awaitsParty);
}

/** Whether the sender's agreements cover the message for any authority it might concern once that is known. */
function mayConcern(system: DeliveringSystem, envelope: Envelope): boolean {
  const { allowedReceivers, objectRegistration } = envelope.filterData;
  const candidates =
    typeOf(envelope) === 'PERSON'
      ? (allowedReceivers ?? system.deliveries.map(({ cvr }) => cvr))
      : [objectRegistration.responsibleAuthority, ...(allowedReceivers ?? [])];
  return candidates.some((cvr) => covers(system, cvr, envelope));
}

async function takeFor(
  ports: IngestPorts,
  event: IncomingEvent,
  at: Date,
): Promise<{ known: boolean; alerts: number }> {
  const taken = await ports.alerts.event(event);
  if (taken.known) return { known: true, alerts: 0 };
  if (taken.handover !== null) {
    await ports.alerts.caseFacts(await ports.cases.factsOf([...new Set(taken.caseIds)]), taken.alertIds);
    await ports.citizens.ties((await ports.alerts.standing(taken.alertIds)).ties);
    await ports.alerts.finish(taken.handover);
  }
  await ports.alerts.dealtWith(event.cvr, event.messageId, at);
  return { known: false, alerts: taken.alertIds.length };
}

/** Everybody a message is about, and whom it concerns with them. */
interface Around {
  readonly subjects: readonly PersonFacts[];
  readonly spouses: readonly PersonFacts[];
  readonly household: readonly PersonFacts[];
  readonly secondary: readonly { readonly person: PersonFacts; readonly caseId: string }[];
  readonly caseId: string | null;
  /** Whether the case it is about, or a party of that, may yet come. */
  readonly awaitsCase: boolean;
  /** Whether anybody it is about is known: persons, or companies, to whom nobody is alerted. */
  readonly isKnown: boolean;
  /** Numbers of persons it names that are not known. */
  readonly unknown: readonly string[];
  /** Municipalities the persons live in, and those they lived in. */
  readonly currentHomes: readonly string[];
  readonly homes: readonly string[];
}

async function surroundings(ports: IngestPorts, envelope: Envelope, today: string): Promise<Around> {
  const { objectRegistration, relatedObjects } = envelope.filterData;
  const { objectId } = objectRegistration;
  const type = typeOf(envelope);
  const related = relatedObjects.find(({ type: kind }) => kind === 'CASE')?.id ?? null;
  const caseId = type === 'CASE' ? objectId : related;
  const named = [
    ...(type === 'PERSON' ? [objectId] : []),
    ...relatedObjects.filter((relatedObject) => relatedObject.type === 'PERSON').map(({ id }) => id),
  ];
  const keys = named.map(partyKey);
  const resolved = await ports.citizens.resolve(keys);
  const unknown = keys.filter((key) => !resolved.has(key));
  const sides = caseId === null ? [] : await ports.cases.sides({ caseId });
  const primary = [...new Set([...resolved.values(), ...sides.flatMap((side) => side.primary)])];
  const { persons, spouses, household, homes, currentHomes } = await ports.citizens.surroundings(
    primary,
    today,
  );
  const others =
    type === 'PERSON'
      ? await throughCases(ports, primary)
      : sides.flatMap((side) => side.secondary.map((id) => ({ id, caseId: side.caseId })));
  const facts = new Map(
    (
      await ports.citizens.surroundings(
        others.map(({ id }) => id),
        today,
      )
    ).persons.map((person) => [person.id, person]),
  );
  const secondary = others.flatMap(({ id, caseId: through }) => {
    const person = facts.get(id);
    return person ? [{ person, caseId: through }] : [];
  });
  return {
    subjects: persons,
    spouses,
    household,
    secondary,
    caseId,
    awaitsCase: caseId !== null && awaits(sides),
    isKnown: primary.length > 0,
    unknown,
    homes,
    currentHomes,
  };
}

/** A person's own event concerns the primary parties of the cases he is secondary party of. */
async function throughCases(
  ports: IngestPorts,
  ids: readonly string[],
): Promise<{ id: string; caseId: string }[]> {
  const cases = await Promise.all(ids.map((secondary) => ports.cases.sides({ secondary })));
  return cases.flat().flatMap(({ caseId, primary }) => primary.map((id) => ({ id, caseId })));
}

/** A person's event concerns where he lives; a case's or grant's, the authority responsible for it. */
function authoritiesOf(envelope: Envelope, { homes, currentHomes }: Around): string[] {
  const { allowedReceivers, objectRegistration } = envelope.filterData;
  const named = allowedReceivers ?? [];
  if (typeOf(envelope) !== 'PERSON') {
    const own = objectRegistration.responsibleAuthority;
    const asked = named.length === 0 ? [own] : named;
    return [...new Set(asked.filter((cvr) => cvr === own || homes.includes(cvr)))];
  }
  // Whoever has moved away concerns the municipality he left only when the register names it.
  const left = homes.filter((cvr) => named.includes(cvr));
  const lives = named.length === 0 ? currentHomes : currentHomes.filter((cvr) => named.includes(cvr));
  return [...new Set([...lives, ...left])];
}

/** What a system must deliver to an authority to tell it of: of persons, cases and grants only who delivers them. */
const TOLD_BY: Readonly<Record<MessageType, RecordKind>> = {
  PERSON: 'persons',
  CASE: 'cases',
  GRANT: 'benefits',
  GENERAL: 'alerts',
};

/** Sender, type, area and sensitivity must be covered by the sender's agreement with the authority. */
function covers({ deliveries }: DeliveringSystem, cvr: string, envelope: Envelope): boolean {
  const kle = kleOf(envelope);
  const type = typeOf(envelope);
  return deliveries.some(
    (agreed) =>
      agreed.cvr === cvr &&
      agreed.kinds.includes('alerts') &&
      agreed.kinds.includes(TOLD_BY[type]) &&
      rankOfClass(envelope.deliveryData.securityClass) <= rankOf(agreed.sensitivity) &&
      (kle === null || kleMatches(kle, prefixesOf(agreed.kle))),
  );
}

function kleOf({ filterData }: Envelope): string | null {
  return filterData.objectRegistration.task?.slice('urn:oio:kle:'.length) ?? null;
}

function eventFor(
  envelope: Envelope,
  told: ToldEvent,
  system: DeliveringSystem,
  cvr: string,
  around: Around,
  at: Date,
): IncomingEvent {
  const { subjects, spouses, household, secondary, caseId } = around;
  return {
    ...told,
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

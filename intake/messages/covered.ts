import type { DeliveringSystem } from '../../gateway/auth/system.js';
import { prefixesOf, type RecordKind } from '../../subgraphs/shared/policy/grants.js';
import { kleMatches } from '../../subgraphs/shared/policy/kle.js';
import { rankOf } from '../../subgraphs/shared/policy/sensitivity.js';
import type { MessageType } from '../../subgraphs/shared/records/message-types.js';
import { type Envelope, rankOfClass } from './envelope.js';
import { typeOf } from './event-of.js';
import type { MessageSurroundings } from './surroundings.js';

/** @returns the authorities a message concerns with which its sender's agreements cover it. */
export function coveredBy(
  system: DeliveringSystem,
  envelope: Envelope,
  around: MessageSurroundings,
): string[] {
  return authoritiesOf(envelope, around).filter((cvr) => covers(system, cvr, envelope));
}

/** Whether the sender's agreements cover the message for any authority it might concern once that is known. */
export function mayConcern(system: DeliveringSystem, envelope: Envelope): boolean {
  const { allowedReceivers, objectRegistration } = envelope.filterData;
  const candidates =
    typeOf(envelope) === 'PERSON'
      ? (allowedReceivers ?? system.deliveries.map(({ cvr }) => cvr))
      : [objectRegistration.responsibleAuthority, ...(allowedReceivers ?? [])];
  return candidates.some((cvr) => covers(system, cvr, envelope));
}

/** @returns the KLE number of what a message is about; null when it names none. */
export function kleOf({ filterData }: Envelope): string | null {
  return filterData.objectRegistration.task?.slice('urn:oio:kle:'.length) ?? null;
}

/** A person's event concerns the municipality of residence; a case's or grant's, the authority responsible for it. */
function authoritiesOf(envelope: Envelope, { homes, currentHomes }: MessageSurroundings): string[] {
  const { allowedReceivers, objectRegistration } = envelope.filterData;
  const named = allowedReceivers ?? [];
  if (typeOf(envelope) !== 'PERSON') {
    const own = objectRegistration.responsibleAuthority;
    const asked = named.length === 0 ? [own] : named;
    return [...new Set(asked.filter((cvr) => cvr === own || homes.includes(cvr)))];
  }
  // A person who has moved away concerns the former municipality only when the register names it.
  const left = homes.filter((cvr) => named.includes(cvr));
  const lives = named.length === 0 ? currentHomes : currentHomes.filter((cvr) => named.includes(cvr));
  return [...new Set([...lives, ...left])];
}

/** What a system must deliver to an authority to tell it of: of persons, cases and grants only who delivers them. */
const KIND_OF: Readonly<Record<MessageType, RecordKind>> = {
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
      agreed.kinds.includes(KIND_OF[type]) &&
      rankOfClass(envelope.deliveryData.securityClass) <= rankOf(agreed.sensitivity) &&
      (kle === null || kleMatches(kle, prefixesOf(agreed.kle))),
  );
}

import type { Caller } from '../identity/caller.js';
import type { SensitivityRank } from '../policy/sensitivity.js';

export type EventType =
  'CASE_ARISEN' | 'CASE_CLOSED' | 'GRANT_ACTIVE' | 'GRANT_PASSIVE' | 'REGISTER_EVENT' | 'GENERAL';

/** What matching needs to know of a person. */
export interface PersonFacts {
  readonly id: string;
  readonly key: string;
  readonly birthDate: string;
}

/** A message that was accepted for one authority, with everybody it concerns looked up. */
export interface IncomingEvent {
  readonly messageId: string;
  /** Code of the source system that tells. */
  readonly source: string;
  /** The authority whose alert groups are asked. */
  readonly cvr: string;
  readonly eventType: EventType;
  readonly eventCode: string | null;
  readonly kle: string | null;
  readonly sensitivity: SensitivityRank;
  readonly title: string;
  /** The case behind it. */
  readonly caseId: string | null;
  readonly registeredAt: Date;
  readonly receivedAt: Date;
  /** Day of receipt, YYYY-MM-DD. */
  readonly on: string;
  readonly subjects: readonly PersonFacts[];
  readonly spouses: readonly PersonFacts[];
  readonly household: readonly PersonFacts[];
  /** Parties on the other side of a case, and that case. */
  readonly secondary: readonly { readonly person: PersonFacts; readonly caseId: string }[];
}

/** A caller who listens for changes of the inbox, by what decides what the caller may see. */
export interface ListeningCaller {
  readonly key: string;
  /** The caller's rights as the gateway resolved them. */
  readonly caller: Caller;
}

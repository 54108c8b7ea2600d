import type { JWK } from 'jose';
import type { StaleCase } from '../in-step/case-facts.js';
import type { IngestOutcome } from '../in-step/registered.js';
import type { RegistrationTime } from '../in-step/registration-time.js';
import type { Tie, TieKind } from '../policy/citizen-reach.js';
import type { CaseFacts } from '../policy/facts.js';
import type { PersonFacts } from '../records/events.js';
import type { MovedParties } from '../records/parties.js';

/** A record's ties to persons, for the subgraph that owns persons. */
export interface TieInput extends RegistrationTime {
  readonly kind: TieKind;
  readonly recordId: string;
  /** Numbers of the parties; none takes earlier ties away. */
  readonly keys: readonly string[];
  readonly ties: readonly Tie[];
}

/** A batch its owner has taken; what it means for others is still to be handed over. */
export interface TakenBatch {
  readonly outcomes: readonly IngestOutcome[];
  /** To be finished when everybody has it. */
  readonly handover: string;
}

/** What an owner's records mean for others, as they are stored now; for finishing what a crash broke off. */
export interface StandingRecords {
  /** Ties of those that are there, and of those that are gone: none. */
  readonly ties: readonly TieInput[];
  /** Cases the records hang on. */
  readonly caseIds: readonly string[];
}

export interface TakenParties extends TakenBatch {
  /** Whom the numbers of the batch lead to now. */
  readonly moved: MovedParties;
}

/** A case batch that is about to be stored. */
export interface AnnouncedCases {
  readonly handover: string;
  /** Cases that are shown by other facts once the batch is stored: their copies are hidden first. */
  readonly staleCases: readonly StaleCase[];
}

/** What a batch of cases led to. */
export interface StoredCases {
  readonly outcomes: readonly IngestOutcome[];
  /** Present facts of those that were taken. */
  readonly facts: readonly CaseFacts[];
}

/** Copies to be shown again that a hand-over hid, where its owner has stored nothing after all. */
export interface Withdrawal {
  readonly caseIds: readonly string[];
  /** The hand-over. */
  readonly by: string;
}

/** Which copies get facts; all that hang on the cases when nothing is said. */
export interface FactsAim {
  /** Ids of the only records that get them. */
  readonly only?: readonly string[];
  readonly withdrawal?: Withdrawal;
}

/** A journal note on its way to the source its case lives in. */
export interface WaitingNote {
  readonly id: string;
  readonly caseId: string;
  readonly title: string;
  readonly text: string;
  /** Id of the user who wrote it, at the identity provider of the authority. */
  readonly author: string;
  readonly authority: string;
  readonly writtenAt: Date;
}

/** What became of a note at its source: taken, as its own note, or refused and why. */
export interface NoteReceipt {
  readonly id: string;
  readonly outcome: 'TAKEN' | 'REFUSED';
  readonly reason: string | null;
}

/** What a message led to. */
export interface TakenEvent {
  /** It had been handled before. */
  readonly known: boolean;
  readonly alertIds: readonly string[];
  readonly caseIds: readonly string[];
  readonly handover: string | null;
}

/** A message that came before whom or what it is about. */
export interface EarlyMessage {
  /** `<IT-system UUID>|<message id>` */
  readonly id: string;
  readonly systemId: string;
  /** Numbers of persons that were not known. */
  readonly keys: readonly string[];
  readonly caseId: string | null;
  /** The envelope as it was read. */
  readonly text: string;
  readonly at: Date;
}

/** A user of the organisation as delivered. */
export interface UserInput {
  readonly cvr: string;
  readonly subject: string;
  /** Null when the organisation delivers none. */
  readonly name: string | null;
  readonly unit: string | null;
  readonly jobFunctionRoles: readonly string[];
  readonly personId: string | null;
}

export interface DeliveredUser extends UserInput, RegistrationTime {}

/** An IT system that will call, with its public keys. */
export interface SystemInput {
  /** IT-system UUID. */
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly keys: readonly JWK[];
  /** Whether it fetches the journal notes that are written on its cases. */
  readonly takesNotes: boolean;
}

/** A record that was rejected: as it was sent, and why. */
export interface RejectInput {
  readonly recordId: string | null;
  readonly text: string;
  readonly field: string;
  readonly rule: string;
}

/** A reject as its source gets to see it again. */
export interface KeptReject {
  readonly id: string;
  readonly at: Date;
  readonly recordId: string | null;
  readonly field: string;
  readonly rule: string;
  readonly record: string;
}

/** Persons closest to a citizen, by id. */
export interface KinFacts {
  readonly citizenId: string;
  readonly kin: readonly string[];
}

/** Persons, their spouses and everyone else at their addresses, and the municipalities concerned. */
export interface Surroundings {
  readonly persons: readonly PersonFacts[];
  readonly spouses: readonly PersonFacts[];
  readonly household: readonly PersonFacts[];
  /** Municipalities they live or lived in. */
  readonly homes: readonly string[];
  readonly currentHomes: readonly string[];
}

/** Parties of a case, by id. */
export interface CaseSides {
  readonly caseId: string;
  /** Whether a party of it has not arrived yet. */
  readonly awaitsParty: boolean;
  readonly primary: readonly string[];
  readonly secondary: readonly string[];
}

/** Something under change control that begins approved. */
export interface ApprovedContent {
  readonly cvr: string;
  readonly key: string;
}

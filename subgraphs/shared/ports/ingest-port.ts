import type { JWK } from 'jose';
import type { Db } from 'mongodb';
import type { CaseFacts } from '../policy/facts.js';
import type { Tie, TieKind } from '../policy/citizen-reach.js';
import { referenceCollection, type ReferenceRecord } from '../reference/reference-copy.js';
import { takeReferences } from '../reference/take-references.js';
import { freshnessCollection, type DeliveryNote, type Freshness } from '../sections/freshness.js';
import { takeDeliveryNote } from '../sections/freshness-copy.js';
import type { DoorsPort } from './sessions.js';
import type { Caller } from '../identity/caller.js';
import type { DoubtfulCase } from '../in-step/case-facts.js';
import type { IncomingEvent, ListeningCaller, PersonFacts } from '../records/events.js';
import type { RegistrationTime } from '../in-step/registration-time.js';
import type { Handover } from '../in-step/handovers.js';
import type { MovedParties, ResolvedParties } from '../records/parties.js';
import type { FeedRecordOf } from '../records/records.js';
import type { IngestOutcome } from '../in-step/registered.js';

export type { ReferenceRecord };

/** A record's ties to persons, for the subgraph that owns persons. */
export interface TieInput extends RegistrationTime {
  readonly kind: TieKind;
  readonly recordId: string;
  /** Numbers of the parties; none takes earlier ties away. */
  readonly keys: readonly string[];
  readonly ties: readonly Tie[];
}

/** What every subgraph takes beside its own records. */
export interface CommonIngest {
  /** @returns what became of each; a registration older than the one known changes nothing */
  reference(records: readonly ReferenceRecord[]): Promise<IngestOutcome[]>;
  /** Notes a delivery of one source for one municipality. */
  delivered(note: DeliveryNote): Promise<void>;
  /** @returns the latest deliveries of every source for every authority. */
  freshness(): Promise<Freshness[]>;
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

/** A subgraph whose records others keep copies of, or are tied to persons. */
export interface HandingOver {
  finish(handover: string): Promise<void>;
  unfinished(before: Date): Promise<Handover[]>;
}

/** Subgraphs whose records have parties. */
export interface PartiedIngest {
  /** @returns the records whose parties changed. */
  parties(moved: MovedParties): Promise<string[]>;
  /** Takes away what its source has deleted. */
  removals(records: readonly FeedRecordOf<'removal'>[]): Promise<TakenBatch>;
}

export interface TakenParties extends TakenBatch {
  /** Whom the numbers of the batch lead to now. */
  readonly moved: MovedParties;
}

export interface CitizensIngest extends CommonIngest, HandingOver {
  persons(records: readonly FeedRecordOf<'person'>[]): Promise<TakenParties>;
  companies(records: readonly FeedRecordOf<'company'>[]): Promise<TakenParties>;
  remarks(records: readonly FeedRecordOf<'remark'>[]): Promise<IngestOutcome[]>;
  resolve(keys: readonly string[]): Promise<ResolvedParties>;
  /** Leads what this subgraph keeps under numbers to whom they mean now. @returns whom that is */
  moved(keys: readonly string[]): Promise<MovedParties>;
  ties(ties: readonly TieInput[]): Promise<void>;
  /** @returns whether a lift by break-glass could open a person to a caller at all. @param today `yyyy-mm-dd` in Denmark */
  liftable(citizenId: string, caller: Caller, today: string): Promise<boolean>;
  /** @returns what matching needs to know of persons, and whom it concerns with them. @param today `yyyy-mm-dd` in Denmark */
  surroundings(ids: readonly string[], today: string): Promise<Surroundings>;
  /** @returns spouse, parents and children of persons, as far as they are known. */
  kinOf(ids: readonly string[]): Promise<KinFacts[]>;
  removals(records: readonly FeedRecordOf<'removal'>[]): Promise<TakenParties>;
  /** Forgets persons that users opened, or kept as favourites, too long ago. @returns how many */
  forgetOwnPersons(now: Date): Promise<number>;
}

/** A case batch that is about to be stored. */
export interface AnnouncedCases {
  readonly handover: string;
  /** Cases that are shown by other facts once the batch is stored: their copies are hidden first. */
  readonly doubts: readonly DoubtfulCase[];
}

export interface CasesIngest extends CommonIngest, HandingOver, PartiedIngest {
  /** Tells what a batch will change, before anything does. */
  announce(
    records: readonly FeedRecordOf<'case' | 'removal'>[],
    parties: ResolvedParties,
  ): Promise<AnnouncedCases>;
  cases(
    records: readonly FeedRecordOf<'case'>[],
    parties: ResolvedParties,
  ): Promise<{ readonly outcomes: readonly IngestOutcome[]; readonly facts: readonly CaseFacts[] }>;
  notes(records: readonly FeedRecordOf<'note'>[]): Promise<IngestOutcome[]>;
  /** @returns the cases that name some numbers as parties. */
  ofParties(keys: readonly string[]): Promise<string[]>;
  /** @returns the present access facts of cases, for the subgraphs that keep copies. */
  factsOf(caseIds: readonly string[]): Promise<CaseFacts[]>;
  /** @returns the two sides of a case, or of the cases a person is secondary party of. */
  sides(by: { readonly caseId: string } | { readonly secondary: string }): Promise<CaseSides[]>;
  standing(ids: readonly string[]): Promise<StandingRecords & { readonly gone: readonly DoubtfulCase[] }>;
  /** @returns the notes that wait for a source, oldest first. @param owners authorities it has agreements with */
  waitingNotes(source: string, owners: readonly string[], limit: number): Promise<WaitingNote[]>;
  /** Takes a source's word on notes it fetched. @returns the ids of those that were waiting for it */
  noteReceipts(source: string, receipts: readonly NoteReceipt[], at: Date): Promise<string[]>;
  /** Lets go of notes the source had or refused before a time. @returns how many */
  forgetNotes(before: Date): Promise<number>;
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
  /** It had been dealt with before. */
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

/** Subgraphs that keep copies of case facts. */
export interface CopyingIngest extends CommonIngest, HandingOver, PartiedIngest {
  /** Applies facts where they are newer. @param ids only to these records */
  caseFacts(facts: readonly CaseFacts[], ids?: readonly string[]): Promise<void>;
  /** Hides copies whose case is about to change. */
  doubt(doubts: readonly DoubtfulCase[]): Promise<void>;
  /** Shows copies again that a hand-over hid which came to nothing. */
  withdraw(caseIds: readonly string[], handover: string): Promise<void>;
  standing(ids: readonly string[]): Promise<StandingRecords>;
}

export interface DocumentsIngest extends CopyingIngest {
  documents(records: readonly FeedRecordOf<'document'>[], parties: ResolvedParties): Promise<TakenBatch>;
}

export interface BenefitsIngest extends CopyingIngest {
  grants(records: readonly FeedRecordOf<'grant'>[], parties: ResolvedParties): Promise<TakenBatch>;
  payments(records: readonly FeedRecordOf<'payment'>[]): Promise<IngestOutcome[]>;
}

export interface AlertsIngest extends CopyingIngest {
  alerts(records: readonly FeedRecordOf<'alert'>[], parties: ResolvedParties): Promise<TakenBatch>;
  /** Makes alerts of a message; `dealtWith` follows when they have been handed over. */
  event(event: IncomingEvent): Promise<TakenEvent>;
  dealtWith(cvr: string, messageId: string, at: Date): Promise<void>;
  /** @returns whether a message has been dealt with for any authority. */
  isDealtWith(messageId: string): Promise<boolean>;
  /** Keeps a message until whom it is about has arrived. */
  keepEarly(message: EarlyMessage): Promise<void>;
  /** @returns kept messages by id. @param after id of the last one had */
  early(after: string | null, limit: number): Promise<EarlyMessage[]>;
  settleEarly(id: string): Promise<void>;
  /** @returns how many alerts were cleaned up */
  cleanUp(now: Date): Promise<number>;
  /** @returns to whose inbox something has happened since */
  concerned(since: Date, callers: readonly ListeningCaller[], today: string): Promise<string[]>;
}

/** A user of the organisation as delivered. */
export interface UserInput {
  readonly cvr: string;
  readonly subject: string;
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

export interface AccessIngest extends CommonIngest, DoorsPort {
  users(records: readonly UserInput[]): Promise<void>;
  /** Takes users a source system delivers. @returns what became of each */
  deliveredUsers(records: readonly DeliveredUser[]): Promise<IngestOutcome[]>;
  /** Registers IT systems with their public keys; one known already is replaced. */
  systems(records: readonly SystemInput[]): Promise<void>;
  /** @returns those of the persons who are users of an authority. */
  personsAmongUsers(ids: readonly string[]): Promise<string[]>;
  /** Takes the kin of users, for the rule on kin. */
  kin(facts: readonly KinFacts[]): Promise<void>;
  /** @returns those of the KLE numbers that the classification has. */
  topics(numbers: readonly string[]): Promise<string[]>;
  /** Notes a delivery's own number. @returns how many of the source's numbered deliveries have not arrived */
  numbered(source: string, sequence: number): Promise<number>;
  /** Keeps rejected records, and lets go of those whose record has been taken since. */
  rejects(
    source: string,
    rejected: readonly RejectInput[],
    taken: readonly string[],
    at: Date,
  ): Promise<void>;
  /** @returns rejects of a source, oldest first. @param after id of the last one had */
  rejectsOf(source: string, after: string | null, limit: number): Promise<KeptReject[]>;
  rejectOf(source: string, id: string): Promise<KeptReject | null>;
  /** Lets go of rejects kept before a time. @returns how many */
  forgetRejects(before: Date): Promise<number>;
  /** @returns the reject that was let go of, if there was one. */
  settleReject(source: string, id: string): Promise<string[]>;
}

export interface IngestPorts {
  readonly citizens: CitizensIngest;
  readonly cases: CasesIngest;
  readonly documents: DocumentsIngest;
  readonly benefits: BenefitsIngest;
  readonly alerts: AlertsIngest;
  readonly access: AccessIngest;
}

/** @returns the part of ingest that is the same in every subgraph. */
export function commonIngest(database: Db): CommonIngest {
  const references = referenceCollection(database);
  const freshness = freshnessCollection(database);
  return {
    reference: (records) => takeReferences(references, records),
    delivered: (note) => takeDeliveryNote(database, note),
    freshness: () => freshness.find().sort({ _id: 1 }).toArray(),
  };
}

import type { Db } from 'mongodb';
import type { Caller } from '../identity/caller.js';
import type { StaleCase } from '../in-step/case-facts.js';
import type { Handover } from '../in-step/handovers.js';
import type { IngestOutcome } from '../in-step/registered.js';
import type { CaseFacts } from '../policy/facts.js';
import type { IncomingEvent, ListeningCaller } from '../records/events.js';
import type { MovedParties, ResolvedParties } from '../records/parties.js';
import type { FeedRecordOf } from '../records/records.js';
import { referenceCollection, type ReferenceRecord } from '../reference/reference-copy.js';
import { takeReferences } from '../reference/take-references.js';
import { type DeliveryNote, type Freshness, freshnessCollection } from '../sections/freshness.js';
import { takeDeliveryNote } from '../sections/freshness-copy.js';
import type {
  AnnouncedCases,
  CaseSides,
  DeliveredUser,
  EarlyMessage,
  FactsAim,
  KeptReject,
  KinFacts,
  NoteReceipt,
  RejectInput,
  StandingRecords,
  StoredCases,
  Surroundings,
  SystemInput,
  TakenBatch,
  TakenEvent,
  TakenParties,
  TieInput,
  UserInput,
  WaitingNote,
} from './ingest-shapes.js';
import type { SessionsPort } from './sessions.js';

export type { ReferenceRecord };

/** What every subgraph takes beside its own records. */
export interface CommonIngest {
  /** @returns what became of each; a registration older than the one known changes nothing */
  reference(records: readonly ReferenceRecord[]): Promise<IngestOutcome[]>;
  /** Notes a delivery of one source for one municipality. */
  delivered(note: DeliveryNote): Promise<void>;
  /** @returns the latest deliveries of every source for every authority. */
  freshness(): Promise<Freshness[]>;
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

export interface CasesIngest extends CommonIngest, HandingOver, PartiedIngest {
  /** Begins with a batch. @returns what it led to; null for a batch that waits until copies are hidden, for `cases` to store */
  take(
    records: readonly FeedRecordOf<'case'>[],
    parties: ResolvedParties,
  ): Promise<AnnouncedCases & { readonly stored: StoredCases | null }>;
  cases(records: readonly FeedRecordOf<'case'>[], parties: ResolvedParties): Promise<StoredCases>;
  /** Tells what deletions will change, before anything does. */
  announceRemovals(removals: readonly FeedRecordOf<'removal'>[]): Promise<AnnouncedCases>;
  notes(records: readonly FeedRecordOf<'note'>[]): Promise<IngestOutcome[]>;
  /** @returns the cases that name some numbers as parties. */
  ofParties(keys: readonly string[]): Promise<string[]>;
  /** @returns the present access facts of cases, for the subgraphs that keep copies. */
  factsOf(caseIds: readonly string[]): Promise<CaseFacts[]>;
  /** @returns the two sides of a case, or of the cases a person is secondary party of. */
  sides(by: { readonly caseId: string } | { readonly secondary: string }): Promise<CaseSides[]>;
  standing(ids: readonly string[]): Promise<StandingRecords & { readonly gone: readonly StaleCase[] }>;
  /** @returns the notes that wait for a source, oldest first. @param owners authorities it has agreements with */
  waitingNotes(source: string, owners: readonly string[], limit: number): Promise<WaitingNote[]>;
  /** Takes a source's word on notes it fetched. @returns the ids of those that were waiting for it */
  noteReceipts(source: string, receipts: readonly NoteReceipt[], at: Date): Promise<string[]>;
  /** Lets go of notes the source had or refused before a time. @returns how many */
  forgetNotes(before: Date): Promise<number>;
}

/** Subgraphs that keep copies of case facts. */
export interface CopyingIngest extends CommonIngest, HandingOver, PartiedIngest {
  /** Applies facts where they are newer, and then shows what was hidden for nothing. */
  caseFacts(facts: readonly CaseFacts[], aim: FactsAim): Promise<void>;
  /** Hides copies whose case is about to change. */
  markStale(staleCases: readonly StaleCase[]): Promise<void>;
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
  /** Makes alerts of a message; `handled` follows when they have been handed over. */
  event(event: IncomingEvent): Promise<TakenEvent>;
  handled(cvr: string, messageId: string, at: Date): Promise<void>;
  /** @returns whether a message has been handled for any authority. */
  isHandled(messageId: string): Promise<boolean>;
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

export interface AccessIngest extends CommonIngest, SessionsPort {
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

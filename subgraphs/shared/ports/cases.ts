import type { StaleCase } from '../in-step/case-facts.js';
import type { IngestOutcome } from '../in-step/registered.js';
import type { CaseFacts } from '../policy/facts.js';
import type { ResolvedParties } from '../records/parties.js';
import type { FeedRecordOf } from '../records/records.js';
import type { CommonPort, HandingOver, PartiedPort } from './common.js';
import type {
  AnnouncedCases,
  CaseSides,
  NoteReceipt,
  StandingRecords,
  StoredCases,
  WaitingNote,
} from './shapes.js';

export interface CasesPort extends CommonPort, HandingOver, PartiedPort {
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

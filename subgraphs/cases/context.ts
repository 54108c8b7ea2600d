import type DataLoader from 'dataloader';
import type { RequestContext } from '../shared/runtime/request-context.js';
import type { CaseSource } from './source/case-source.js';
import type { HandedNoteSource } from './source/handed-note-source.js';
import type { CaseRecord, NoteRecord } from './source/records.js';
import type { CaseSimulationSource } from './source/simulation-source.js';

export interface Context extends RequestContext {
  readonly simulation: CaseSimulationSource;
  readonly source: CaseSource;
  readonly handedNotes: HandedNoteSource;
  /** Cases referred to by other subgraphs, loaded in one batch per request. */
  readonly referred: DataLoader<string, CaseRecord | null>;
  /** Notes of the cases on a page, loaded in one batch. */
  readonly notes: DataLoader<CaseRecord, readonly NoteRecord[] | null, string>;
}

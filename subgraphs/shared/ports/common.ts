import type { Db } from 'mongodb';
import type { StaleCase } from '../in-step/case-facts.js';
import type { Handover } from '../in-step/handovers.js';
import type { IngestOutcome } from '../in-step/registered.js';
import type { CaseFacts } from '../policy/facts.js';
import type { MovedParties } from '../records/parties.js';
import type { FeedRecordOf } from '../records/records.js';
import { referenceCollection, type ReferenceRecord } from '../reference/reference-copy.js';
import { takeReferences } from '../reference/take-references.js';
import { type DeliveryNote, type Freshness, freshnessCollection } from '../sections/freshness.js';
import { takeDeliveryNote } from '../sections/freshness-copy.js';
import type { FactsAim, StandingRecords, TakenBatch } from './shapes.js';

export type { ReferenceRecord };

/** What every subgraph takes beside its own records. */
export interface CommonPort {
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
export interface PartiedPort {
  /** @returns the records whose parties changed. */
  parties(moved: MovedParties): Promise<string[]>;
  /** Takes away what its source has deleted. */
  removals(records: readonly FeedRecordOf<'removal'>[]): Promise<TakenBatch>;
}

/** Subgraphs that keep copies of case facts. */
export interface CopyingPort extends CommonPort, HandingOver, PartiedPort {
  /** Applies facts where they are newer, and then shows what was hidden for nothing. */
  caseFacts(facts: readonly CaseFacts[], aim: FactsAim): Promise<void>;
  /** Hides copies whose case is about to change. */
  markStale(staleCases: readonly StaleCase[]): Promise<void>;
  standing(ids: readonly string[]): Promise<StandingRecords>;
}

/** @returns the part of ingest that is the same in every subgraph. */
export function commonIngest(database: Db): CommonPort {
  const references = referenceCollection(database);
  const freshness = freshnessCollection(database);
  return {
    reference: (records) => takeReferences(references, records),
    delivered: (note) => takeDeliveryNote(database, note),
    freshness: () => freshness.find().sort({ _id: 1 }).toArray(),
  };
}

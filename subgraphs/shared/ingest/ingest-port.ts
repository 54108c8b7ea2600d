import type { JWK } from 'jose';
import type { Collection, Db } from 'mongodb';
import type { CaseFacts } from '../policy/facts.js';
import type { Tie, TieKind } from '../policy/citizen-reach.js';
import { referenceCollection, type ReferenceRecord } from '../reference/reference-copy.js';
import { freshnessCollection, noteDelivery } from '../sections/freshness.js';
import type { FeedRecordOf } from './records.js';
import type { IngestOutcome } from './store-registrations.js';

/** Persons by personal number, current or former. */
export type ResolvedPersons = ReadonlyMap<string, string>;

/** A record's tie to persons, for the subgraph that owns persons. */
export interface TieInput {
  readonly kind: TieKind;
  readonly recordId: string;
  readonly registeredAt: Date;
  readonly citizenIds: readonly string[];
  readonly tie: Tie;
}

/** What every subgraph takes beside its own records. */
export interface CommonIngest {
  reference(records: readonly ReferenceRecord[]): Promise<void>;
  /** Notes a delivery of one source for one municipality. */
  delivered(source: string, cvr: string, at: Date, records: number): Promise<void>;
}

export interface CitizensIngest extends CommonIngest {
  persons(records: readonly FeedRecordOf<'person'>[]): Promise<IngestOutcome[]>;
  remarks(records: readonly FeedRecordOf<'remark'>[], persons: ResolvedPersons): Promise<IngestOutcome[]>;
  resolve(cprs: readonly string[]): Promise<ResolvedPersons>;
  ties(ties: readonly TieInput[]): Promise<void>;
  /** @returns spouse, parents and children of persons, as far as they are known. */
  kinOf(ids: readonly string[]): Promise<KinFacts[]>;
}

export interface CasesIngest extends CommonIngest {
  cases(records: readonly FeedRecordOf<'case'>[], persons: ResolvedPersons): Promise<IngestOutcome[]>;
  notes(records: readonly FeedRecordOf<'note'>[]): Promise<IngestOutcome[]>;
  /** @returns the present access facts of cases, for the subgraphs that keep copies. */
  factsOf(caseIds: readonly string[]): Promise<CaseFacts[]>;
}

/** Subgraphs that keep copies of case facts. */
export interface FactsIngest {
  caseFacts(facts: readonly CaseFacts[]): Promise<void>;
}

export interface DocumentsIngest extends CommonIngest, FactsIngest {
  documents(
    records: readonly FeedRecordOf<'document'>[],
    persons: ResolvedPersons,
    facts: ReadonlyMap<string, CaseFacts>,
  ): Promise<IngestOutcome[]>;
}

export interface BenefitsIngest extends CommonIngest, FactsIngest {
  grants(
    records: readonly FeedRecordOf<'grant'>[],
    persons: ResolvedPersons,
    facts: ReadonlyMap<string, CaseFacts>,
  ): Promise<IngestOutcome[]>;
  payments(records: readonly FeedRecordOf<'payment'>[]): Promise<IngestOutcome[]>;
}

export interface AlertsIngest extends CommonIngest, FactsIngest {
  alerts(
    records: readonly FeedRecordOf<'alert'>[],
    persons: ResolvedPersons,
    facts: ReadonlyMap<string, CaseFacts>,
  ): Promise<IngestOutcome[]>;
}

/** A user of the organisation as delivered. */
export interface UserInput {
  readonly cvr: string;
  readonly subject: string;
  readonly unit: string | null;
  readonly jobFunctionRoles: readonly string[];
  readonly personId: string | null;
}

/** An IT system that will call, with its public keys. */
export interface SystemInput {
  /** IT-system UUID. */
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly keys: readonly JWK[];
}

/** Persons closest to a citizen, by id. */
export interface KinFacts {
  readonly citizenId: string;
  readonly kin: readonly string[];
}

/** Something under change control that begins approved. */
export interface ApprovedContent {
  readonly cvr: string;
  readonly key: string;
}

export interface AccessIngest extends CommonIngest {
  users(records: readonly UserInput[]): Promise<void>;
  /** Registers IT systems with their public keys; one known already is replaced. */
  systems(records: readonly SystemInput[]): Promise<void>;
  /** @returns those of the persons who are users of an authority. */
  personsAmongUsers(ids: readonly string[]): Promise<string[]>;
  /** Takes the kin of users, for the rule on kin. */
  kin(facts: readonly KinFacts[]): Promise<void>;
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
  const references: Collection<ReferenceRecord> = referenceCollection(database);
  const freshness = freshnessCollection(database);
  return {
    async reference(records) {
      if (records.length === 0) return;
      await references.bulkWrite(
        records.map(({ _id, ...fields }) => ({
          updateOne: { filter: { _id } as never, update: { $set: fields as never }, upsert: true },
        })),
      );
    },
    delivered: (source, cvr, at, records) => noteDelivery(freshness, source, cvr, at, records),
  };
}

/** @returns the personal number of a party reference `urn:oio:cpr-nr:…`. */
export function cprOfUrn(urn: string): string {
  return urn.slice(-10);
}

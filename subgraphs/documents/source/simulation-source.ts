import type { Filter } from 'mongodb';
import type { Permit } from '../../shared/guard/permit.js';
import type { DocumentFacts } from '../../shared/policy/document-access.js';
import type { OfPersons } from '../../shared/simulation/reads.js';
import type { DocumentCollections } from './collections.js';
import type { DocumentRecord } from './records.js';

/** A document as simulations see it: what decides, nothing of what it says. */
export interface SimulatedDocument extends DocumentFacts {
  readonly _id: string;
}

type SimulatePermit = Permit<'access-simulate'>;
type PreviewPermit = Permit<'access-preview'>;

const FACTS = { access: 1, caseFacts: 1, filedOnCase: 1 } as const;
const MAX_OF_PERSONS = 5000;

/** Reads facts of the actor's own authority's documents for simulations; never content. */
export class DocumentSimulationSource {
  constructor(readonly collections: DocumentCollections) {}

  /** Records of the persons with the lowest ids: these are random, so they draw a sample, and an index serves it. */
  sample({ access: { ownCvr } }: PreviewPermit, limit: number): Promise<SimulatedDocument[]> {
    return this.#find({ partyIds: { $gt: '' }, 'access.ownerCvr': ownCvr }, limit);
  }

  ofPersons({ access: { ownCvr } }: PreviewPermit, ids: readonly string[]): Promise<SimulatedDocument[]> {
    return this.#find({ partyIds: { $in: [...ids] }, 'access.ownerCvr': ownCvr }, MAX_OF_PERSONS);
  }

  byId({ access: { ownCvr } }: SimulatePermit, id: string): Promise<OfPersons<SimulatedDocument> | null> {
    const projection = { ...FACTS, partyIds: 1 };
    return this.collections.documents.findOne<OfPersons<SimulatedDocument>>(
      { _id: id, 'access.ownerCvr': ownCvr },
      { projection },
    );
  }

  /** @returns how many of a person's documents the simulated caller would be shown. */
  count({ access: { ownCvr, after } }: SimulatePermit, citizenId: string): Promise<number> {
    const narrow = { partyIds: citizenId, 'access.ownerCvr': ownCvr };
    return this.collections.documents.countDocuments({ $and: [narrow, after.documents.filter()] });
  }

  #find(filter: Filter<DocumentRecord>, limit: number): Promise<SimulatedDocument[]> {
    const { documents } = this.collections;
    return documents.find<SimulatedDocument>(filter, { projection: FACTS }).limit(limit).toArray();
  }
}

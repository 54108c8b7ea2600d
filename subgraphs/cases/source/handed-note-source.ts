import type { PartiesOfObject } from '../../shared/guard/parties-of.js';
import type { Permit } from '../../shared/guard/permit.js';
import type { CaseCollections } from './collections.js';
import type { CaseRecord, HandedNoteRecord } from './records.js';

/** Most notes of one case, and of one author, that are listed. */
const MAX_OF_CASE = 50;
const MAX_OWN = 100;
/** Most notes of one author that may wait at a time. */
export const MAX_WAITING = 200;

/** Journal notes written here, until their source has them. Every method takes a permit. */
export class HandedNoteSource {
  constructor(readonly collections: Pick<CaseCollections, 'cases' | 'handedNotes'>) {}

  /** @returns a case a note may be written on by this caller; null for any other. */
  async writable(permit: Permit<'note-write'>, caseId: string): Promise<CaseRecord | null> {
    const { write, read } = permit.access;
    return this.collections.cases.findOne({
      $and: [{ _id: caseId }, write.filter('access.'), read.filter('access.')],
    });
  }

  async add(_permit: Permit<'note-write'>, note: HandedNoteRecord): Promise<void> {
    await this.collections.handedNotes.insertOne(note);
  }

  /**
   * @param id the only note asked for; all of them when not given
   * @returns the caller's own notes that have not arrived, newest first
   */
  own({ access: { own } }: Permit<'note-write'>, id?: string): Promise<HandedNoteRecord[]> {
    const ofId = id === undefined ? {} : { _id: id };
    return this.collections.handedNotes
      .find({ ...ofId, subject: own.subject, cvr: own.cvr, delivery: { $in: ['WAITING', 'REFUSED'] } })
      .sort({ writtenAt: -1, _id: 1 })
      .limit(MAX_OWN)
      .toArray();
  }

  /** @returns for the log: the persons of the cases that notes are written on, and nothing else of the cases. */
  async partiesOf(notes: readonly HandedNoteRecord[]): Promise<PartiesOfObject[]> {
    if (notes.length === 0) return [];
    const cases = await this.collections.cases
      .find({ _id: { $in: notes.map(({ caseId }) => caseId) } }, { projection: { partyIds: 1 } })
      .toArray();
    const persons = new Map(cases.map(({ _id, partyIds }) => [_id, partyIds]));
    return notes.map(({ _id: object, caseId }) => ({ object, persons: persons.get(caseId) ?? [] }));
  }

  countWaiting({ access: { own } }: Permit<'note-write'>): Promise<number> {
    return this.collections.handedNotes.countDocuments({
      subject: own.subject,
      cvr: own.cvr,
      delivery: 'WAITING',
    });
  }

  /** Takes away an own note that its source does not have. @returns whether there was one */
  async discard({ access: { own } }: Permit<'note-write'>, id: string): Promise<boolean> {
    const { deletedCount } = await this.collections.handedNotes.deleteOne({
      _id: id,
      subject: own.subject,
      cvr: own.cvr,
      delivery: { $in: ['WAITING', 'REFUSED'] },
    });
    return deletedCount === 1;
  }

  /** @returns what has been written on a case whose notes the caller may read, newest first. */
  async ofCase(permit: Permit<'note-read'>, record: CaseRecord): Promise<HandedNoteRecord[]> {
    if (!permit.access.matches(record.access)) return [];
    const found = await this.collections.handedNotes
      .find({ caseId: record._id })
      .sort({ writtenAt: -1, _id: 1 })
      .limit(MAX_OF_CASE)
      .toArray();
    // Handed over under the case's owner and system of then: another owner's notes are not the case's now.
    const { ownerCvr, source } = record.access;
    return found.filter((note) => note.cvr === ownerCvr && note.source === source);
  }
}

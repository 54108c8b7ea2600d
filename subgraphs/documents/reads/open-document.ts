import { partiesOf } from '../../shared/guard/parties-of.js';
import { requireUuid } from '../../shared/scalars/scalars.js';
import type { Context } from '../context.js';
import type { DocumentRecord } from '../source/records.js';

/** Opens one document's metadata. Hidden and unknown are both null. */
export function openDocument(context: Context, rawId: string): Promise<DocumentRecord | null> {
  const id = requireUuid('id', rawId);
  return context.guard.readOne(
    'document-read',
    { event: 'opened', asked: [id] },
    async (permit) => (await context.source.findByIds(permit, [id]))[0] ?? null,
    (record) => ({
      objects: [id],
      kle: [record.access.kle],
      about: record.partyIds,
      parties: partiesOf([record]),
    }),
  );
}

/** A document as it was registered at a time, under the rights of now. */
export function registeredAsOf(
  context: Context,
  record: DocumentRecord,
  at: Date,
): Promise<DocumentRecord | null> {
  const { _id: id } = record;
  return context.guard.readOne(
    'document-read',
    { event: 'section-read', asked: [id], parties: partiesOf([record]) },
    (permit) => context.source.registeredAsOf(permit, record, at),
    (past) => ({ objects: [id], kle: [past.access.kle], about: record.partyIds }),
  );
}

/** @returns the cases a document is filed on that the caller may see, by the facts the document carries. */
export function visibleCases(context: Context, record: DocumentRecord): { id: string }[] {
  const { cases } = context.guard.access('document-read');
  return record.caseFacts.filter((facts) => cases.matches(facts)).map((facts) => ({ id: facts.caseId }));
}

import type { RequestContext } from '../../shared/runtime/request-context.js';
import { requireUuid } from '../../shared/scalars/scalars.js';
import type { Context } from '../context.js';
import type { DocumentSource } from '../source/document-source.js';
import type { DocumentRecord } from '../source/records.js';

/** Opens one document's metadata. Hidden and unknown are both null. */
export function openDocument(context: Context, rawId: string): Promise<DocumentRecord | null> {
  const id = requireUuid('id', rawId);
  return context.guard.readOne(
    'document-read',
    { event: 'opened', asked: [id] },
    async (permit) => (await context.source.findByIds(permit, [id]))[0] ?? null,
    (record) => ({ objects: [id], kle: [record.access.kle] }),
  );
}

/** Loads documents referred to by key, in one batch, in the order of the ids; null where hidden or unknown. */
export async function loadReferred(
  context: RequestContext,
  source: DocumentSource,
  ids: readonly string[],
): Promise<(DocumentRecord | null)[]> {
  const result = await context.guard.read(
    'document-read',
    { event: 'section-read', asked: ids },
    (permit) => source.findByIds(permit, ids),
    (records) => ({ objects: records.map((record) => record._id) }),
  );
  const byId = new Map((result.permitted ? result.value : []).map((record) => [record._id, record]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** @returns the cases a document is filed on that the caller may see, by the facts the document carries. */
export function visibleCases(context: Context, record: DocumentRecord): { id: string }[] {
  const { cases } = context.guard.access('document-read');
  return record.caseFacts.filter((facts) => cases.matches(facts)).map((facts) => ({ id: facts.caseId }));
}

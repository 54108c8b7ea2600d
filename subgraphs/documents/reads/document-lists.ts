import { partiesOf } from '../../shared/guard/parties-of.js';
import type { PageArguments } from '../../shared/paging/page.js';
import { cursorScope } from '../../shared/runtime/request-context.js';
import { type GuardedList, type GuardedPage, readPage } from '../../shared/sections/guarded-list.js';
import { isReadable, openSection } from '../../shared/sections/section.js';
import type { Context } from '../context.js';
import type { DocumentSectionModel } from '../models.js';
import { DOCUMENT_ORDER, type DocumentSource } from '../source/document-source.js';
import type { DocumentRecord } from '../source/records.js';

const documentList = (source: DocumentSource): GuardedList<'document-read', DocumentRecord> => ({
  permission: 'document-read',
  order: DOCUMENT_ORDER,
  positionOf: (row) => [row.letterDate, row._id],
  shown: (rows) => ({
    objects: rows.map((row) => row._id),
    kle: rows.map((row) => row.access.kle),
    parties: partiesOf(rows),
  }),
  rows: (permit, narrow, limit) => source.list(permit, narrow, limit),
  count: (permit, narrow) => source.count(permit, narrow),
  first: (permit, narrow, limit) => source.first(permit, narrow, limit),
});

/** Opens the document section of a person. */
export async function documentSection(context: Context, citizenId: string): Promise<DocumentSectionModel> {
  const subject = { event: 'section-read', citizenId } as const;
  const head = await openSection(context.sections, {
    section: 'documents',
    permission: 'document-read',
    kind: 'documents',
    subject,
  });
  return { ...head, citizenId };
}

/** A page of a person's documents. */
export async function readDocuments(
  context: Context,
  section: DocumentSectionModel,
  page: PageArguments,
): Promise<GuardedPage<DocumentRecord> | null> {
  if (!isReadable(section)) return null;
  const { citizenId } = section;
  return readPage(context, documentList(context.source), {
    subject: { event: 'section-read', citizenId },
    narrow: { partyIds: citizenId },
    few: true,
    page,
    scope: cursorScope(context, 'documents', citizenId),
  });
}

/** A page of the documents filed on a case. */
export function readCaseDocuments(
  context: Context,
  caseId: string,
  page: PageArguments,
): Promise<GuardedPage<DocumentRecord> | null> {
  return readPage(context, documentList(context.source), {
    subject: { event: 'section-read', asked: [caseId] },
    narrow: {
      caseIds: caseId,
      caseFacts: { $elemMatch: { $and: [{ caseId }, context.guard.access('case-read').filter('')] } },
    },
    page,
    scope: cursorScope(context, 'case-documents', caseId),
  });
}

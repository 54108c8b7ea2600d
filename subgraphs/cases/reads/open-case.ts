import { partiesOf } from '../../shared/guard/parties-of.js';
import type { RequestContext } from '../../shared/runtime/request-context.js';
import { requireUuid } from '../../shared/scalars/scalars.js';
import type { Context } from '../context.js';
import type { CaseSource } from '../source/case-source.js';
import type { CaseRecord, NoteRecord } from '../source/records.js';

/** Opens one case. Hidden and unknown are both null. */
export function openCase(context: Context, rawId: string): Promise<CaseRecord | null> {
  const id = requireUuid('id', rawId);
  return context.guard.readOne(
    'case-read',
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

/** Notes of several cases in one batch; null for all when the caller has no right to notes. */
export async function loadNotes(
  context: RequestContext,
  source: CaseSource,
  cases: readonly CaseRecord[],
): Promise<(readonly NoteRecord[] | null)[]> {
  const result = await context.guard.read(
    'note-read',
    { event: 'section-read', asked: cases.map((caseRecord) => caseRecord._id), parties: partiesOf(cases) },
    (permit) => source.notes(permit, cases),
    (notes) => ({ objects: notes.map((note) => note._id) }),
  );
  if (!result.permitted) return cases.map(() => null);
  return cases.map((caseRecord) => result.value.filter((note) => note.caseId === caseRecord._id));
}

/**
 * A case as it was registered at a time: state at time T, under the rights of now. The title that an alternative title hides today was
 * the same title then: the alternative stands in its place at every time.
 */
export async function registeredAsOf(
  context: Context,
  record: CaseRecord,
  at: Date,
): Promise<CaseRecord | null> {
  const { _id: id } = record;
  const past = await context.guard.readOne(
    'case-read',
    { event: 'section-read', asked: [id], parties: partiesOf([record]) },
    (permit) => context.source.registeredAsOf(permit, record, at),
    (state) => ({ objects: [id], kle: [state.access.kle], about: record.partyIds }),
  );
  return past && { ...past, alternativeTitle: record.alternativeTitle ?? past.alternativeTitle };
}

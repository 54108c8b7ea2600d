import { partiesOf } from '../../shared/guard/parties-of.js';
import type { Context } from '../context.js';
import type { CaseRecord, HandedNoteRecord } from '../source/records.js';

/** What has been written here on a case; null without the right to read its notes. */
export async function handedNotes(context: Context, record: CaseRecord): Promise<HandedNoteRecord[] | null> {
  const result = await context.guard.read(
    'note-read',
    { event: 'section-read', asked: [record._id], parties: partiesOf([record]) },
    (permit) => context.handedNotes.ofCase(permit, record),
    (notes) => ({ objects: notes.map(({ _id }) => _id), about: record.partyIds }),
  );
  return result.permitted ? result.value : null;
}

/** The caller's own notes that have not arrived; null without the right to write any. */
export async function notesUnderWay(context: Context): Promise<HandedNoteRecord[] | null> {
  const result = await context.guard.read(
    'note-write',
    { event: 'section-read' },
    async (permit) => {
      const notes = await context.handedNotes.own(permit);
      return { notes, parties: await context.handedNotes.partiesOf(notes) };
    },
    ({ notes, parties }) => ({ objects: notes.map(({ _id }) => _id), parties }),
  );
  return result.permitted ? result.value.notes : null;
}

/** @returns whether the caller may write a note on the case and its system takes one; null without the right. */
export function takesNotes({ guard, claims }: Context, { access }: CaseRecord): boolean | null {
  if (!guard.holds('note-write')) return null;
  const { write, read } = guard.access('note-write');
  const taken = claims.caller.noteReceivers.includes(access.source);
  return taken && write.matches(access) && read.matches(access);
}

import { randomUUID } from 'node:crypto';
import type { NoteInput } from '../../../schema/generated/cases.js';
import { present } from '../../shared/certain/present.js';
import { badInput, codedError } from '../../shared/errors/coded-error.js';
import type { Permit } from '../../shared/guard/permit.js';
import { checkText, checkWellFormed } from '../../shared/scalars/check-text.js';
import { cleanText, isBlank } from '../../shared/scalars/clean-text.js';
import { requireUuid } from '../../shared/scalars/scalars.js';
import type { Context } from '../context.js';
import { MAX_WAITING } from '../source/handed-note-source.js';
import type { HandedNoteRecord } from '../source/records.js';

/** Longest text a source is handed. */
const MAX_TEXT_BYTES = 100 * 1024;

/**
 * Writes a note on a case for the case's source system to fetch. @throws NOTE_NOT_TAKEN when that takes none,
 * PERSON_CHANGED when the case is not the shown person's, BAD_INPUT naming field and rule
 */
export function writeNote(context: Context, input: NoteInput): Promise<HandedNoteRecord> {
  const caseId = requireUuid('input.caseId', input.caseId);
  const citizenId = requireUuid('input.citizenId', input.citizenId);
  const { subject, noteReceivers } = context.claims.caller;
  return context.guard.change(
    'note-write',
    { event: 'note-written', citizenId, asked: [caseId] },
    async (permit) => {
      const title = checkText('input.title', input.title, 1, 255);
      const text = checkNoteText(input.text);
      const record = await context.handedNotes.writable(permit, caseId);
      if (!record) throw badInput('input.caseId', 'a case you may write notes on');
      if (!record.partyIds.includes(citizenId)) throw codedError('PERSON_CHANGED');
      const { source, ownerCvr } = record.access;
      if (!noteReceivers.includes(source)) throw codedError('NOTE_NOT_TAKEN');
      if ((await context.handedNotes.countWaiting(permit)) >= MAX_WAITING)
        throw badInput('input', `at most ${MAX_WAITING} notes waiting for their source systems`);
      const note: HandedNoteRecord = {
        _id: randomUUID(),
        caseId,
        source,
        cvr: present(ownerCvr, 'the owner of a case that takes notes'),
        subject,
        writtenAt: context.now(),
        delivery: 'WAITING',
        settledAt: null,
        refusal: null,
        title,
        text,
      };
      await context.handedNotes.add(permit, note);
      return note;
    },
  );
}

/** Takes back an own note that has not arrived. What its source has must be deleted there (docs/field.md, Cases, documents and notes). */
export function discardNote(context: Context, rawId: string): Promise<boolean> {
  const id = requireUuid('id', rawId);
  const findParties = async (permit: Permit<'note-write'>) =>
    context.handedNotes.partiesOf(await context.handedNotes.own(permit, id));
  return context.guard.change('note-write', { event: 'note-written', asked: [id], findParties }, (permit) =>
    context.handedNotes.discard(permit, id),
  );
}

function checkNoteText(text: string): string {
  checkWellFormed('input.text', text, { lines: true });
  const trimmed = cleanText(text).trim();
  if (isBlank(trimmed)) throw badInput('input.text', 'not blank');
  if (Buffer.byteLength(trimmed) > MAX_TEXT_BYTES)
    throw badInput('input.text', 'at most 100 kB; file a longer one as a document in the source system');
  return trimmed;
}

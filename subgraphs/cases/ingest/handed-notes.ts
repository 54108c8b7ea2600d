import { present } from '../../shared/certain/present.js';
import type { CasesPort } from '../../shared/ports/cases.js';
import type { CaseCollections } from '../source/collections.js';

type NotePort = Pick<CasesPort, 'waitingNotes' | 'noteReceipts' | 'forgetNotes'>;

/**
 * How notes leave for the source systems of their cases. A source may fetch a note more than once: it stays until the
 * source has said that it has it, and its id stays the same.
 */
export function notePort({ handedNotes }: Pick<CaseCollections, 'handedNotes'>): NotePort {
  return {
    async waitingNotes(source, owners, limit) {
      const found = await handedNotes
        .find({ source, delivery: 'WAITING', cvr: { $in: [...owners] } })
        .sort({ writtenAt: 1, _id: 1 })
        .limit(limit)
        .toArray();
      return found.map(({ _id: id, caseId, title, text, subject, cvr, writtenAt }) => ({
        id,
        caseId,
        title: present(title, 'the title of a waiting note'),
        text: present(text, 'the text of a waiting note'),
        author: subject,
        authority: cvr,
        writtenAt,
      }));
    },
    async noteReceipts(source, receipts, at) {
      const settled: string[] = [];
      for (const { id, outcome, reason } of receipts) {
        const change =
          outcome === 'TAKEN'
            ? { delivery: 'DELIVERED' as const, title: null, text: null }
            : { delivery: 'REFUSED' as const, refusal: reason };
        const { modifiedCount } = await handedNotes.updateOne(
          { _id: id, source, delivery: 'WAITING' },
          { $set: { ...change, settledAt: at } },
        );
        if (modifiedCount === 1) settled.push(id);
      }
      return settled;
    },
    async forgetNotes(before) {
      return (await handedNotes.deleteMany({ settledAt: { $lt: before } })).deletedCount;
    },
  };
}

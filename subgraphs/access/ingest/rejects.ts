import { createHash } from 'node:crypto';
import type { Collection } from 'mongodb';
import type { AccessPort } from '../../shared/ports/access.js';
import type { KeptReject } from '../../shared/ports/shapes.js';
import type { AccessCollections } from '../source/collections.js';
import type { RejectRecord } from '../source/records.js';

type RejectPort = Pick<AccessPort, 'rejects' | 'rejectsOf' | 'rejectOf' | 'settleReject' | 'forgetRejects'>;

/** Rejects that are kept of one source system: as many as one delivery may hold. The oldest go first. */
export const MAX_REJECTS = 10_000;

/** Keeps what source systems had rejected until it is corrected, given up, too old, or one of too many. */
export function rejectPort({ rejects }: AccessCollections): RejectPort {
  return {
    async rejects(source, rejected, taken, at) {
      if (taken.length > 0) await rejects.deleteMany({ source, recordId: { $in: [...taken] } });
      if (rejected.length === 0) return;
      await rejects.bulkWrite(
        rejected.map(({ text, recordId, field, rule }) => ({
          updateOne: {
            filter: { _id: idOf(source, text) },
            update: { $setOnInsert: { source, text, recordId, at }, $set: { field, rule } },
            upsert: true,
          },
        })),
      );
      await forgetOldest(rejects, source);
    },
    async rejectsOf(source, after, limit) {
      const last = after === null ? null : await rejects.findOne({ _id: after, source });
      const later = last ? { $or: [{ at: { $gt: last.at } }, { at: last.at, _id: { $gt: last._id } }] } : {};
      const found = await rejects
        .find({ source, ...later })
        .sort({ at: 1, _id: 1 })
        .limit(limit)
        .toArray();
      return found.map(present);
    },
    async rejectOf(source, id) {
      const found = await rejects.findOne({ _id: id, source });
      return found && present(found);
    },
    async forgetRejects(before) {
      return (await rejects.deleteMany({ at: { $lt: before } })).deletedCount;
    },
    async settleReject(source, id) {
      const { deletedCount } = await rejects.deleteOne({ _id: id, source });
      return deletedCount === 1 ? [id] : [];
    },
  };
}

async function forgetOldest(rejects: Collection<RejectRecord>, source: string): Promise<void> {
  const over = (await rejects.countDocuments({ source })) - MAX_REJECTS;
  if (over <= 0) return;
  const oldest = await rejects
    .find({ source }, { projection: { _id: 1 } })
    .sort({ at: 1, _id: 1 })
    .limit(over)
    .toArray();
  await rejects.deleteMany({ _id: { $in: oldest.map(({ _id }) => _id) } });
}

/** The same record rejected again is the same reject. */
function idOf(source: string, text: string): string {
  return createHash('sha256').update(source).update('\0').update(text).digest('hex').slice(0, 32);
}

function present({ _id, at, recordId, field, rule, text }: RejectRecord): KeptReject {
  return { id: _id, at, recordId, field, rule, record: text };
}

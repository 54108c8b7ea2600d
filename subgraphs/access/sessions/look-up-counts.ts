import type { LookUpCounts } from '../../shared/ports/sessions.js';
import type { AccessCollections } from '../source/collections.js';

const HOUR_MS = 3_600_000;

/** Counts users' look-ups by the clock hour; each count is one atomic step, whichever gateway makes it. */
export function lookUpCounts({ lookUps }: Pick<AccessCollections, 'lookUps'>): LookUpCounts {
  return {
    async countLookUps({ cvr, subject }, hour, by) {
      const _id = `${hour}|${cvr}|${subject}`;
      if (by === 0) return (await lookUps.findOne({ _id }))?.count ?? 0;
      const until = new Date((hour + 1) * HOUR_MS);
      const counted = await lookUps.findOneAndUpdate(
        { _id },
        { $inc: { count: by }, $setOnInsert: { until } },
        { upsert: true, returnDocument: 'after' },
      );
      return counted?.count ?? by;
    },
  };
}

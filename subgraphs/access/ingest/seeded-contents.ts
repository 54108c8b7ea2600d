import type { ApprovedContent } from '../../shared/ports/shapes.js';
import { beginWith, emptyItem } from '../governed/life-cycle.js';
import type { AccessCollections } from '../source/collections.js';
import type { Content, GovernedRecord } from '../source/records.js';
import type { VersionSource } from '../source/version-source.js';

/** An approved content and what it is for. */
export interface SeededContent extends ApprovedContent {
  readonly content: Content;
}

/** Puts approved contents in force where nothing has been approved yet; what a municipality decided is left as it is. */
export async function configure(
  { governed }: AccessCollections,
  versions: VersionSource,
  seeded: readonly SeededContent[],
  at: Date,
): Promise<void> {
  for (const cvr of new Set(seeded.map((content) => content.cvr))) {
    const mine = seeded.filter((content) => content.cvr === cvr).map((content) => approved(content, at));
    await versions.changeAsOwner(cvr, [], () =>
      governed.bulkWrite(
        mine.map(({ _id, ...fields }) => ({
          updateOne: { filter: { _id }, update: { $setOnInsert: fields }, upsert: true },
        })),
      ),
    );
  }
}

const SEED = { by: 'user-role-approver', why: 'Den syntetiske kommune, som den begynder.' };

function approved({ cvr, key, content }: SeededContent, at: Date): GovernedRecord {
  return beginWith(emptyItem({ kind: content.kind, cvr, key }), content, SEED, at);
}

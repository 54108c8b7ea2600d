import type { ApprovedContent } from '../../shared/ports/ingest-shapes.js';
import { emptyItem } from '../governed/life-cycle.js';
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

function approved({ cvr, key, content }: SeededContent, at: Date): GovernedRecord {
  const version = {
    number: 1,
    content,
    draftedBy: 'seed',
    proposedBy: 'seed',
    approvedBy: 'seed',
    approvedAt: at,
    activeFrom: at,
    why: 'The synthetic municipality as it begins.',
    undone: null,
  };
  return { ...emptyItem({ kind: content.kind, cvr, key }), revision: 1, versions: [version] };
}

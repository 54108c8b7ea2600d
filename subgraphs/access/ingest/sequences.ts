import type { Collection } from 'mongodb';
import { compareAndSet } from '../../shared/in-step/compare-and-set.js';
import { insertedFirst } from '../../shared/in-step/inserted-first.js';
import type { SequenceRecord } from '../source/records.js';

/** Most missing numbers that are remembered one by one; a larger gap is reported as this many. */
const MAX_MISSING = 1000;

/**
 * Notes the number a source gave its delivery. The first one seen begins the count; a later one leaves a gap until what is
 * missing has come.
 * @returns how many are missing
 */
export async function noteSequence(
  sequences: Collection<SequenceRecord>,
  source: string,
  sequence: number,
): Promise<number> {
  let missing: readonly number[] = [];
  await compareAndSet('the numbers of a source’s deliveries', async () => {
    const known = await sequences.findOne({ _id: source });
    if (known === null) {
      const first = { _id: source, next: sequence + 1, missing: [], rev: 1 };
      return insertedFirst(() => sequences.insertOne(first));
    }
    missing = missingAfter(known, sequence);
    const next = Math.max(known.next, sequence + 1);
    const update = { $set: { next, missing, rev: known.rev + 1 } };
    const { matchedCount } = await sequences.updateOne({ _id: source, rev: known.rev }, update);
    return matchedCount === 1;
  });
  return missing.length;
}

function missingAfter({ next, missing }: SequenceRecord, sequence: number): number[] {
  if (sequence < next) return missing.filter((number) => number !== sequence);
  const skipped = Math.min(sequence - next, MAX_MISSING);
  return [...missing, ...Array.from({ length: skipped }, (_, i) => next + i)].slice(-MAX_MISSING);
}

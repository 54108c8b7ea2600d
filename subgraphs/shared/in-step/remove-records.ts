import type { TakenBatch } from '../ports/shapes.js';
import type { FeedRecordOf } from '../records/records.js';
import type { Handovers } from './handovers.js';
import type { IngestOutcome, Registered, RegistrationStore } from './registered.js';
import { removeRegistrations } from './remove-registrations.js';

type RemovedType = FeedRecordOf<'removal'>['of'];

/** Takes one record away; its type is what the store it lies in holds. */
export type Remover = (removal: FeedRecordOf<'removal'>) => Promise<IngestOutcome[]>;

/** @returns how records of a store are taken away. */
export function remover<T extends Registered>(store: RegistrationStore<T>): Remover {
  return (removal) => removeRegistrations(store, [removal]);
}

/** Takes records away that their sources have deleted, each from the store of its type. */
export async function removeRecords(
  handovers: Handovers,
  removers: Partial<Record<RemovedType, Remover>>,
  removals: readonly FeedRecordOf<'removal'>[],
): Promise<TakenBatch> {
  const handover = await handovers.begin(removals.map(({ id }) => id));
  const outcomes: IngestOutcome[] = [];
  for (const removal of removals) {
    const remove = removers[removal.of];
    if (!remove) throw new TypeError(`no records of type ${removal.of} here`);
    outcomes.push(...(await remove(removal)));
  }
  return { outcomes, handover };
}

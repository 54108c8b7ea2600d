import type { Db } from 'mongodb';
import { plant, type SeedPorts, type SeedSpec } from './plant.js';
import { beginWorld, tellStories } from './stories/tell.js';
import type { DirectoryStory } from './development/site.js';

/** What the store was seeded with; written when the seed is whole. */
interface SeedRecord extends SeedSpec {
  readonly _id: 'seed';
  /** Raised when a world made before can no longer be read. */
  readonly format?: number;
  readonly records: number;
}

/** Form of the stored world: 4 since parties are kept with their numbers, 3 since payments carry their source, 2 since access is under change control. */
const FORMAT = 4;

/** The seed of the default world. */
export const DEFAULT_SEED = 'korsbaek';

/**
 * Seeds an empty store; a store that was seeded before is left as it is, one whose seed broke off is finished: the
 * write path is idempotent, and the same spec gives the same records.
 * @returns the stories as the directory tells of them
 */
export async function seedOnFirstStart(
  database: Db,
  ports: SeedPorts,
  spec: SeedSpec,
  onProgress: (citizens: number, total: number) => void,
): Promise<DirectoryStory[]> {
  const seeds = database.collection<SeedRecord>('seeds');
  const begun = database.collection<SeedSpec & { _id: 'begun' }>('begun');
  const known = await seeds.findOne({ _id: 'seed' });
  if (known) {
    if (known.format !== FORMAT)
      throw new Error(
        'the data directory (DATA_DIR) holds a world of an earlier version: delete it to begin again',
      );
    return directoryOf(known);
  }
  await begun.updateOne({ _id: 'begun' }, { $setOnInsert: { ...spec } }, { upsert: true });
  const { _id: _begun, ...original } = (await begun.findOne({ _id: 'begun' }))!;
  const records = await plant(ports, original, (citizens) => onProgress(citizens, original.citizens));
  await seeds.insertOne({ _id: 'seed', format: FORMAT, ...original, records });
  return directoryOf(original);
}

function directoryOf(spec: SeedSpec): DirectoryStory[] {
  const { world, numbers } = beginWorld(spec);
  return tellStories(world, numbers).map((story) => story.directory);
}

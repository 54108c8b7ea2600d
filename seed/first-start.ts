import { claimStore, type SeedStore } from './claim-store.js';
import type { DirectoryStory } from './development/site.js';
import { plant, type SeedPorts, type SeedSpec } from './plant.js';
import { beginWorld, tellStories } from './stories/tell.js';

/** What the store was seeded with; written when the seed is whole. */
interface SeedRecord extends SeedSpec {
  readonly _id: 'seed';
  /** Raised when a world made before can no longer be read. */
  readonly format?: number;
  readonly records: number;
}

/** Form of the stored world: 4 since parties are kept with their numbers, 3 since payments carry their source, 2 since access is under change control. */
const FORMAT = 4;

/**
 * Seeds an empty store; a store that was seeded before is left as it is, one whose seed broke off is finished: the
 * write path is idempotent, and the same spec gives the same records.
 * @returns the stories as the directory tells of them, and whether this call planted them
 * @throws SettingsError when the store holds records that development did not plant
 */
export async function seedOnFirstStart(
  store: SeedStore,
  ports: SeedPorts,
  spec: SeedSpec,
  onProgress: (citizens: number, total: number) => void,
): Promise<{ stories: DirectoryStory[]; planted: boolean }> {
  const { seed, date, citizens } = await claimStore(store, spec);
  const original = { seed, date, citizens };
  const seeds = store.database('seed').collection<SeedRecord>('seeds');
  const known = await seeds.findOne({ _id: 'seed' });
  if (known && known.format !== FORMAT)
    throw new Error(
      'the data directory (DATA_DIR) holds a world of an earlier version: delete it to begin again',
    );
  if (!known) {
    const records = await plant(ports, original, (done) => onProgress(done, citizens));
    await seeds.insertOne({ _id: 'seed', format: FORMAT, ...original, records });
  }
  return { stories: directoryOf(original), planted: !known };
}

function directoryOf(spec: SeedSpec): DirectoryStory[] {
  const { world, numbers } = beginWorld(spec);
  return tellStories(world, numbers).map((story) => story.directory);
}

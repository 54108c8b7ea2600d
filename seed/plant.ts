import { asUserReference } from '../intake/feed/deliver-organisation.js';
import { FRESHNESS_PORT } from '../intake/feed/note-deliveries.js';
import { deliver } from '../intake/in-step/deliver.js';
import type { accessIngest } from '../subgraphs/access/ingest/access-ingest.js';
import { addDays } from '../subgraphs/shared/days/calendar.js';
import { isKleNumber } from '../subgraphs/shared/policy/kle.js';
import type { CommonPort } from '../subgraphs/shared/ports/common.js';
import type { SubgraphPorts } from '../subgraphs/shared/ports/ports.js';
import type { FeedInput } from '../subgraphs/shared/records/records.js';
import { AUTHORITIES } from './authorities.js';
import { mappings } from './development/sign-ins.js';
import { users } from './organisation.js';
import { referenceRecords } from './reference.js';
import { registerRecords } from './registers.js';
import { agreements, jumps, SOURCE_SYSTEMS } from './source-systems.js';
import { beginWorld, checkRecords, tellStories, type WorldSpec } from './stories/tell.js';
import { generateFamilies } from './world/generate.js';

export interface SeedSpec extends WorldSpec {
  readonly citizens: number;
}

export interface SeedPorts extends SubgraphPorts {
  readonly access: ReturnType<typeof accessIngest>;
}

/** When the synthetic municipalities began to use Overblik. */
const CONFIGURED_AT = new Date('2020-01-01T00:00:00Z');
/** Records in one delivery. */
const BATCH = 600;
/** EOJ delivered last this many days before the seed: the one source that is stale. */
const EOJ_DAYS_LATE = 3;

/**
 * Plants the synthetic municipalities through the one write path, in batches.
 * @param onProgress called with the number of citizens done so far
 * @returns how many records were planted
 */
export async function plant(
  ports: SeedPorts,
  spec: SeedSpec,
  onProgress: (citizens: number) => void,
): Promise<number> {
  await ports.access.configure([...mappings(), ...agreements(), ...jumps()], CONFIGURED_AT);
  await plantReferences(ports);
  const { world, numbers } = beginWorld(spec);
  const stories = tellStories(world, numbers);
  const organisation = users(stories.map((story) => story.directory));
  await ports.access.users(organisation);
  await ports.alerts.reference(organisation.map(asUserReference));
  let records = 0;
  let done = 0;
  let batch: FeedInput[] = [...registerRecords(), ...stories.flatMap((story) => story.records)];
  const flush = async (): Promise<void> => {
    await deliver(ports, checkRecords(batch));
    records += batch.length;
    batch = [];
    onProgress(done);
  };
  done += stories.length;
  await flush();
  for (const family of generateFamilies(world, Math.max(0, spec.citizens - done))) {
    batch.push(...family.records);
    done += family.persons;
    if (batch.length >= BATCH) await flush();
  }
  if (batch.length > 0) await flush();
  await noteDeliveries(ports, spec.date);
  return records;
}

/** Topics and units come as their registers deliver them; groups of topics and names of authorities have no feed. */
async function plantReferences(ports: SeedPorts): Promise<void> {
  const references = referenceRecords().filter(({ _id }) => !isDelivered(_id));
  const all: CommonPort[] = [
    ports.citizens,
    ports.cases,
    ports.documents,
    ports.benefits,
    ports.alerts,
    ports.access,
  ];
  for (const port of all) await port.reference(references);
}

/** Whether a register delivers this reference record through the feed. */
function isDelivered(id: string): boolean {
  return id.startsWith('unit:') || (id.startsWith('kle:') && isKleNumber(id.slice('kle:'.length)));
}

async function noteDeliveries(ports: SeedPorts, date: string): Promise<void> {
  for (const { code, kinds } of SOURCE_SYSTEMS) {
    const day = code === 'EOJ' ? addDays(date, -EOJ_DAYS_LATE) : date;
    for (const kind of kinds)
      for (const { cvr } of AUTHORITIES)
        await ports[FRESHNESS_PORT[kind]].delivered({
          source: code,
          cvr,
          at: new Date(`${day}T02:00:00Z`),
          records: 0,
        });
  }
}

import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { buildSubgraphIndexes } from '../../programs/wiring/indexes.js';
import { ingestPorts } from '../../programs/wiring/subgraphs.js';
import type { SubgraphPorts } from '../../subgraphs/shared/ports/ports.js';
import type { FeedRecord } from '../../subgraphs/shared/records/records.js';
import { type PortCall, recordedPorts } from './recorded-ports.js';
import { startTestStore, type TestStore } from './store.js';
import { clearStored, worldOfRecords } from './world-of-records.js';

/** A store of its own with every subgraph over it. */
export interface RecordingStore {
  readonly store: TestStore;
  readonly ports: SubgraphPorts;
  /** The same subgraphs, each of whose calls is noted. */
  readonly recorded: SubgraphPorts;
  readonly calls: PortCall[];
}

/**
 * A store whose subgraphs note who calls them with what, for all tests of a file; each begins without records.
 * @returns what gives it, once the tests run
 */
export function useRecordingStore(): () => RecordingStore {
  let world: RecordingStore;
  beforeAll(async () => {
    world = await startRecordingStore();
  });
  afterAll(() => world.store[Symbol.asyncDispose]());
  beforeEach(() => clearStored(world.store));
  return () => world;
}

/** Subgraphs that keep the facts of cases beside records of their own. */
const KEEPERS = ['documents', 'benefits', 'alerts'];

/** @returns the call of a method at each subgraph that keeps the facts of cases. */
export const toKeepers = (method: string, ...given: unknown[]) =>
  KEEPERS.map((name) => [`${name}.${method}`, ...given]);

async function startRecordingStore(): Promise<RecordingStore> {
  const store = await startTestStore();
  const connection = { database: (name: string) => store.client.db(name) };
  await buildSubgraphIndexes(connection);
  const ports = ingestPorts(connection);
  const calls: PortCall[] = [];
  return { store, ports, recorded: recordedPorts(ports, calls), calls };
}

/** @returns the id of a record of the small world. */
export const worldId = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** @returns a record of the small world by its number, changed as given. @param nth which of its registrations */
export function worldRecord(n: number, nth = 0, change: object = {}): FeedRecord {
  const found = worldOfRecords().filter(({ id }) => id === worldId(n))[nth];
  if (!found) throw new TypeError(`no record ${n} in the small world`);
  return { ...found, ...change };
}

import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CollectionSum } from './backup-manifest.js';
import { connectStore, type StoreConnection } from './connection.js';
import { checkStore } from './embedded/check.js';
import type { Collection } from './embedded/collection.js';
import { Engine } from './embedded/engine.js';
import { handleBytes } from './embedded/keys.js';
import { startEmbeddedServer } from './embedded/server.js';

/** Proves what the store cannot judge by itself; throws when it is not whole. */
export type Proof = (store: StoreConnection) => Promise<void>;

/** Raised when a copy does not hold what it should; names each fault and nothing of what stands there. */
export class DamagedCopy extends Error {
  constructor(faults: readonly string[]) {
    super(`the copy is not whole: ${faults.join('; ')}`);
    this.name = 'DamagedCopy';
  }
}

export interface CopySums {
  /** Version mark of the data. */
  readonly version: number;
  readonly collections: readonly CollectionSum[];
}

/** Records after which progress is reported. */
const STEP = 1000;
const MOST_FAULTS = 20;

/**
 * Walks a data file that nobody else has open: each record's checksum, that indexes and counts agree with the records, and the look-up log.
 * @param path of the data file
 * @returns count and checksum of each collection, in the order of their names
 * @throws DamagedCopy
 */
export async function proveCopy(
  path: string,
  onProgress: (step: 'check', done: number, total: number) => void,
  prove: Proof,
): Promise<CopySums> {
  const sums = await sumsOf(path, onProgress);
  const directory = mkdtempSync(join(tmpdir(), 'overblik-copy-'));
  try {
    await proveOver(path, join(directory, 'store.sock'), prove);
  } finally {
    rmSync(directory, { recursive: true, force: true });
    rmSync(`${path}-lock`, { force: true });
  }
  return sums;
}

async function sumsOf(path: string, onProgress: Parameters<typeof proveCopy>[1]): Promise<CopySums> {
  const engine = new Engine({ path, maxBytes: Infinity });
  try {
    const { faults } = checkStore(engine);
    if (faults.length > 0)
      throw new DamagedCopy(
        faults
          .slice(0, MOST_FAULTS)
          .map(
            ({ namespace, record, fault }) =>
              `${namespace}${record === null ? '' : ` record ${record}`}: ${fault}`,
          ),
      );
    const total = engine.stats().records;
    let done = 0;
    const tell = () => {
      if (++done % STEP === 0 || done === total) onProgress('check', done, total);
    };
    const inOrder = engine.all().sort((a, b) => (a.namespace < b.namespace ? -1 : 1));
    return { version: engine.version, collections: inOrder.map((collection) => sumOf(collection, tell)) };
  } finally {
    await engine.close();
  }
}

/** A record is BSON, which says its own length: two rows of records with one checksum are the same row. */
function sumOf(collection: Collection, tell: () => void): CollectionSum {
  const hash = createHash('sha256');
  let records = 0;
  for (const handle of collection.handles()) {
    hash.update(handleBytes(handle)).update(collection.body(handle));
    records++;
    tell();
  }
  return { namespace: collection.namespace, records, sha256: hash.digest('hex') };
}

async function proveOver(path: string, socket: string, prove: Proof): Promise<void> {
  const failures: Error[] = [];
  const server = await startEmbeddedServer({
    path,
    maxBytes: Infinity,
    socket,
    onError: (error) => failures.push(error),
  });
  const connection = await connectStore(server.uri);
  try {
    await prove(connection);
  } finally {
    await connection.close();
    await server.close();
  }
  if (failures.length > 0) throw new DamagedCopy(failures.map(({ message }) => message));
}

import { describe } from '@jest/globals';
import { type Db, type DbOptions, MongoClient } from 'mongodb';

/** @returns the MONGODB_URI that tests were given from outside (tools/test.mjs); undefined when each has an embedded store of its own */
export function outsideStore(): string | undefined {
  return process.env['OVERBLIK_TEST_MONGODB_URI'];
}

let stores = 0;

/** Databases of one test store within an outside MongoDB. */
export interface FreshDatabases {
  /** What their names begin with: the run, the worker, and a number of its own. */
  readonly prefix: string;
  /** Leads to databases of this store alone, whatever they are called. */
  readonly client: MongoClient;
  /** Removes them all and closes the client. */
  drop(): Promise<void>;
}

/** @returns databases that nobody else uses */
export async function freshDatabases(uri: string): Promise<FreshDatabases> {
  const worker = process.env['JEST_WORKER_ID'] ?? '0';
  const run = process.env['OVERBLIK_TEST_RUN'] ?? String(process.pid);
  const prefix = `t${run}_${worker}_${process.pid}_${stores++}_`;
  const client = new PrefixedClient(uri, prefix);
  await client.connect();
  return {
    prefix,
    client,
    async drop() {
      const admin = client.whole('admin').admin();
      const { databases } = await admin.listDatabases({ nameOnly: true });
      for (const { name } of databases.filter((database) => database.name.startsWith(prefix)))
        await client.whole(name).dropDatabase();
      await client.close();
    },
  };
}

/** A driver whose databases bear a prefix, but for that of the server itself. */
class PrefixedClient extends MongoClient {
  constructor(
    uri: string,
    readonly prefix: string,
  ) {
    super(uri);
  }

  override db(name?: string, options?: DbOptions): Db {
    return name === 'admin' ? super.db(name, options) : super.db(`${this.prefix}${name ?? 'test'}`, options);
  }

  /** @returns a database by its whole name */
  whole(name: string): Db {
    return super.db(name);
  }
}

/**
 * A group of tests that the embedded store alone can have. Against an outside MONGODB_URI it is skipped, and its name says why.
 */
export function describeEmbedded(name: string, why: string, tests: () => void): void {
  if (outsideStore() === undefined) describe(name, tests);
  else describe.skip(`${name} (not against MONGODB_URI: ${why})`, tests);
}

import { type Db, MongoClient, type MongoClientOptions } from 'mongodb';
import { optionsOf } from './connection-string.js';

/** A connected driver and where it leads. Every subgraph sees only this. */
export interface StoreConnection {
  readonly client: MongoClient;
  /** What the names of the product's databases begin with. */
  readonly databasePrefix: string;
  /** @returns the database of one subgraph. */
  database(name: string): Db;
  close(): Promise<void>;
}

/** What is acknowledged is on the disks of most members, and what is read stays; a default would leave it to the server. */
const PINNED: MongoClientOptions = {
  writeConcern: { w: 'majority', journal: true },
  readConcern: { level: 'majority' },
  readPreference: 'primary',
};

/** Bounds that a connection string may set otherwise. */
const BOUNDS = {
  maxPoolSize: 20,
  minPoolSize: 1,
  // So many are opened at the same time after an election; each costs a sign-in.
  maxConnecting: 4,
  // A request that waits longer for a connection has no time left to use it.
  waitQueueTimeoutMS: 10_000,
  // A usual election takes twelve seconds at most.
  serverSelectionTimeoutMS: 15_000,
} as const satisfies MongoClientOptions;

function boundsOf(uri: string): MongoClientOptions {
  const set = optionsOf(uri);
  return Object.fromEntries(Object.entries(BOUNDS).filter(([name]) => !set.has(name.toLowerCase())));
}

/** What the names of the databases begin with unless a setting says otherwise. */
export const DATABASE_PREFIX = 'overblik_';

export interface ConnectOptions {
  /** Lets several installations share a MongoDB. */
  readonly databasePrefix?: string;
  /** Lets a test count the commands that are sent, and a benchmark time them. */
  readonly monitorCommands?: boolean;
}

/**
 * Connects the official driver. Throws before anything is sent when the string asks for weaker promises than those pinned.
 * @param uri MongoDB connection string, production or embedded
 */
export async function connectStore(
  uri: string,
  { databasePrefix = DATABASE_PREFIX, monitorCommands = false }: ConnectOptions = {},
): Promise<StoreConnection> {
  const client = new MongoClient(uri, {
    appName: 'overblik',
    ...boundsOf(uri),
    ...PINNED,
    ignoreUndefined: true,
    monitorCommands,
  });
  await client.connect();
  return {
    client,
    databasePrefix,
    database: (name) => client.db(`${databasePrefix}${name}`),
    close: () => client.close(),
  };
}

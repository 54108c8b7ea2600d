import { type Db, MongoClient } from 'mongodb';

/** A connected driver and where it leads. Every subgraph sees only this. */
export interface StoreConnection {
  readonly client: MongoClient;
  /** @returns the database of one subgraph. */
  database(name: string): Db;
  close(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 10_000;

export interface ConnectOptions {
  /** Lets a test count the commands that are sent, and a benchmark time them. */
  readonly monitorCommands?: boolean;
}

/**
 * Connects the official driver.
 * @param uri MongoDB connection string, production or embedded
 */
export async function connectStore(uri: string, options: ConnectOptions = {}): Promise<StoreConnection> {
  const client = new MongoClient(uri, {
    appName: 'overblik',
    serverSelectionTimeoutMS: CONNECT_TIMEOUT_MS,
    maxPoolSize: 20,
    ignoreUndefined: true,
    monitorCommands: options.monitorCommands ?? false,
  });
  await client.connect();
  return {
    client,
    database: (name) => client.db(`overblik_${name}`),
    close: () => client.close(),
  };
}

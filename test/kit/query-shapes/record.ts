import { afterAll } from '@jest/globals';
import { Collection, type CommandStartedEvent, MongoClient } from 'mongodb';
import { connectStore } from '../../../store/connection.js';
import { COLLECTIONS } from '../../../store/sharding.js';
import { outsideStore } from '../outside-store.js';
import { addShapes, listedShapes } from './list.js';
import { keyOf, type QueryShape, shapesIn } from './shape.js';

/**
 * Holds the product to few examined records, in each suite that uses a store: shapes of queries that stand in the list
 * (`test/store/query-shapes.jsonl`) are tried on a large store by a test of their own, others when the suite is done. What tests ask for
 * themselves does not count. `--write-docs` adds to the list.
 */
const known = new Set(COLLECTIONS.map(({ name }) => name));
const listed = new Set(listedShapes().map(keyOf));
const others = new Map<string, QueryShape>();

/** On commands of a test's own. */
const OF_A_TEST = 'of a test';
/** Where options stand among what a method takes. */
const OPTIONS_AT = {
  find: 1,
  findOne: 1,
  aggregate: 1,
  countDocuments: 1,
  estimatedDocumentCount: 0,
  distinct: 2,
  updateOne: 2,
  updateMany: 2,
  replaceOne: 2,
  deleteOne: 1,
  deleteMany: 1,
  bulkWrite: 1,
  findOneAndUpdate: 2,
  findOneAndReplace: 2,
  findOneAndDelete: 1,
} as const;

type Method = (this: unknown, ...args: unknown[]) => unknown;
// cast: methods are taken by name, whatever each takes
const methods = Collection.prototype as unknown as Record<string, Method>;
for (const [name, at] of Object.entries(OPTIONS_AT)) {
  const original = methods[name]!;
  methods[name] = function (...args) {
    if (isOfTest()) {
      while (args.length < at) args.push({});
      args[at] = { comment: OF_A_TEST, ...(args[at] as object | undefined) };
    }
    return original.apply(this, args);
  };
}

const connect: (this: MongoClient) => Promise<MongoClient> = Reflect.get(MongoClient.prototype, 'connect');
const heard = new WeakSet<MongoClient>();
MongoClient.prototype.connect = function (this: MongoClient) {
  // cast: the driver has it, and keeps it from its types
  (this as unknown as { monitorCommands: boolean }).monitorCommands = true;
  if (!heard.has(this)) this.on('commandStarted', take);
  heard.add(this);
  return connect.call(this);
};

function take({ commandName, command }: CommandStartedEvent): void {
  if (command['comment'] === OF_A_TEST || !known.has(String(command[commandName]))) return;
  for (const shape of shapesIn(commandName, command)) {
    const key = keyOf(shape);
    if (!listed.has(key)) others.set(key, shape);
  }
}

/** @returns whether the nearest caller outside the driver is a test, or a helper of tests */
function isOfTest(): boolean {
  const usual: unknown = Reflect.get(Error, 'prepareStackTrace');
  try {
    Error.prepareStackTrace = (_error, sites) => sites.map((site) => site.getFileName() ?? '');
    // cast: what the line above makes of a stack
    const files = new Error().stack as unknown as readonly string[];
    const caller = files.find(
      (file) => !/node_modules|^node:|query-shapes[\\/]record/.test(file) && file !== '',
    );
    return caller === undefined || /[\\/]test[\\/]/.test(caller);
  } finally {
    Reflect.set(Error, 'prepareStackTrace', usual);
  }
}

/** Records of each collection that such a shape is tried on. */
const RECORDS = 2000;

afterAll(async () => {
  const shapes = [...others.values()];
  // What is examined, the embedded store alone says.
  if (shapes.length === 0 || outsideStore() !== undefined) return;
  if (process.env['OVERBLIK_WRITE_DOCS']) return addShapes(shapes);
  const { startTestStore } = await import('../store.js');
  const { isTooMuch, LargeStore } = await import('./large-store.js');
  await using store = await startTestStore();
  const connection = await connectStore(store.server.uri);
  const large = new LargeStore(connection, () => Promise.resolve(store.server.engine.stats().examined));
  await large.fill(shapes, () => RECORDS);
  for (const shape of shapes) {
    const tooMany = (await large.try(shape, RECORDS)).filter(isTooMuch)[0];
    if (tooMany)
      throw new Error(
        `a query examines ${tooMany.examined} records for ${tooMany.returned}: ${JSON.stringify(shape)}`,
      );
  }
  await connection.close();
});

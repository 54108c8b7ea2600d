import * as admin from './admin.js';
import type { Handler } from './context.js';
import * as reads from './reads.js';
import * as writes from './writes.js';

/** Every command the embedded store answers; anything else is refused as CommandNotFound. */
export const COMMANDS: Readonly<Record<string, Handler>> = {
  hello: admin.hello,
  ismaster: admin.hello,
  isMaster: admin.hello,
  ping: admin.ping,
  endSessions: admin.ok,
  find: reads.find,
  getMore: reads.getMore,
  killCursors: reads.killCursors,
  aggregate: reads.aggregate,
  count: reads.count,
  distinct: reads.distinct,
  insert: writes.insert,
  update: writes.update,
  delete: writes.remove,
  findAndModify: writes.findAndModify,
  createIndexes: admin.createIndexes,
  listIndexes: admin.listIndexes,
  dropIndexes: admin.dropIndexes,
  create: admin.create,
  drop: admin.drop,
  dropDatabase: admin.dropDatabase,
  listCollections: admin.listCollections,
  listDatabases: admin.listDatabases,
  serverStatus: admin.serverStatus,
};

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { startProcess, type Program } from '../../kit/stack.js';
import { temporaryDirectory } from '../../kit/store.js';

let directory: string;
let remove: () => void;
let running: Program[] = [];
beforeEach(() => {
  ({ path: directory, remove } = temporaryDirectory());
});
afterEach(async () => {
  await Promise.all(running.map((program) => program.kill()));
  running = [];
  remove();
});
const start = (file: string, environment: Record<string, string>, args: string[] = []): Program => {
  const program = startProcess(file, { DATA_DIR: directory, ...environment }, [], args);
  running.push(program);
  return program;
};

describe('a store that is not development’s', () => {
  const everything = async (uri: string) => {
    const client = await MongoClient.connect(uri);
    const { databases } = await client.db('admin').admin().listDatabases();
    const found: Record<string, unknown[]> = {};
    for (const { name } of databases.filter((database) => database.name.startsWith('overblik_')))
      for (const collection of await client.db(name).listCollections().toArray())
        found[`${name}.${collection.name}`] = await client
          .db(name)
          .collection(collection.name)
          .find()
          .toArray();
    await client.close();
    return found;
  };
  const ends = async (program: Program): Promise<string> => {
    expect(await new Promise((resolve) => program.child.once('exit', resolve))).toBe(78);
    return program.output();
  };
  let uri: string;
  beforeEach(async () => {
    const store = start('programs/store.js', {});
    uri = await store.says(/mongodb:\/\/\S+/);
    const client = await MongoClient.connect(uri);
    await client.db('overblik_citizens').collection<{ _id: string }>('citizens').insertOne({ _id: 'real' });
    await client
      .db('overblik_access')
      .collection<{ _id: string; keys: string[] }>('systems')
      .insertOne({ _id: 'KSD', keys: ['real'] });
    await client.close();
  });
  test.each([
    ['programs/gateway.js', []],
    ['programs/seed.js', ['--citizens', '10']],
    ['programs/token.js', ['--as', 'controller']],
    ['programs/ksd.js', []],
    ['programs/sources.js', ['--records', '1']],
    ['programs/subgraph.js', ['cases']],
    ['programs/verify-audit.js', []],
  ])(
    '%s: a forgotten mode with MONGODB_URI set is production, and nothing is touched',
    async (file, args) => {
      const before = await everything(uri);
      const output = await ends(start(file, { MONGODB_URI: uri, PORT: '0', NODE_ENV: 'development' }, args));
      expect(output).toContain('OVERBLIK_MODE: not stated, and MONGODB_URI means production');
      expect(output).not.toMatch(/^ey/m);
      expect(await everything(uri)).toEqual(before);
    },
    60_000,
  );
  test.each([
    ['programs/gateway.js', []],
    ['programs/seed.js', ['--citizens', '10']],
  ])(
    '%s: also with the mode stated it is not seeded, and no key is replaced',
    async (file, args) => {
      const before = await everything(uri);
      const environment = { MONGODB_URI: uri, PORT: '0', OVERBLIK_MODE: 'development', SEED_CITIZENS: '0' };
      const output = await ends(start(file, environment, args));
      expect(output).toContain('did not plant (citizens.citizens, access.systems)');
      expect(output).not.toMatch(/answers at|sign-ins/);
      expect(await everything(uri)).toEqual(before);
    },
    60_000,
  );
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connectStore, type StoreConnection } from '../../store/connection.js';
import { startTestStore, type TestStore } from '../kit/store.js';

describe('what is pinned whatever the connection string says', () => {
  let store: TestStore;
  let connection: StoreConnection;
  const sent: Record<string, unknown>[] = [];

  beforeAll(async () => {
    store = await startTestStore();
    connection = await store.connect({ monitorCommands: true }, 'maxPoolSize=3&w=majority');
    connection.client.on('commandStarted', ({ command }) => sent.push(command));
  });
  afterAll(async () => {
    await connection.close();
    await store[Symbol.asyncDispose]();
  });

  test('every write waits for the journals of most members, every read is of what they have', async () => {
    const rows = connection.database('pinned').collection<{ _id: string }>('rows');
    await rows.createIndex({ x: 1 });
    await rows.insertOne({ _id: 'a' });
    await rows.updateOne({ _id: 'a' }, { $set: { x: 1 } });
    await rows.findOneAndUpdate({ _id: 'a' }, { $set: { x: 2 } });
    await rows.findOne({ _id: 'a' });
    await rows.countDocuments({});
    await rows.distinct('x');
    await rows.deleteMany({});
    const writes = sent.filter((command) =>
      ['insert', 'update', 'delete', 'findAndModify'].some((name) => name in command),
    );
    const reads = sent.filter((command) => ['find', 'aggregate', 'distinct'].some((name) => name in command));
    expect(writes).toHaveLength(4);
    expect(reads).toHaveLength(3);
    for (const command of writes) expect(command).toMatchObject({ writeConcern: { w: 'majority', j: true } });
    for (const command of reads) expect(command).toMatchObject({ readConcern: { level: 'majority' } });
  });

  test('bounds are those of the string, or our own', () => {
    expect(connection.client.options).toMatchObject({
      maxPoolSize: 3,
      minPoolSize: 1,
      maxConnecting: 4,
      waitQueueTimeoutMS: 10_000,
      serverSelectionTimeoutMS: 15_000,
      readPreference: { mode: 'primary' },
    });
  });

  test.each([
    ['w=1', 'w'],
    ['W=0', 'w'],
    ['journal=false', 'journal'],
    ['readConcernLevel=local', 'readConcernLevel'],
    ['readPreference=secondaryPreferred', 'readPreference'],
    ['readPreferenceTags=dc:ny', 'readPreferenceTags'],
    ['maxStalenessSeconds=120', 'maxStalenessSeconds'],
  ])('%s is refused by name, and the string is not repeated', async (option, name) => {
    const connecting = connectStore(`mongodb://user:secret@db.example/?${option}`);
    await expect(connecting).rejects.toThrow(new RegExp(`sets ${name},`));
    await expect(connecting).rejects.not.toThrow(/secret|db\.example/);
  });
});

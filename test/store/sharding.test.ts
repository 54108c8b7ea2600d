import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandStartedEvent, Document } from 'mongodb';
import { format, resolveConfig } from 'prettier';
import { buildSubgraphIndexes } from '../../programs/wiring/indexes.js';
import { ingestPorts } from '../../programs/wiring/subgraphs.js';
import { seedOnFirstStart } from '../../seed/first-start.js';
import type { StoreConnection } from '../../store/connection.js';
import { COLLECTIONS } from '../../store/sharding.js';
import { auditCollections, ensureAuditIndexes } from '../../subgraphs/shared/audit/mongo-sink.js';
import { checkpointSigner } from '../../subgraphs/shared/audit/checkpoint.js';
import { chainEntry } from '../../subgraphs/shared/audit/entry.js';
import { newKey } from '../../subgraphs/shared/settings/keys.js';
import { governedId } from '../../subgraphs/access/governed/life-cycle.js';
import { fact } from '../kit/audit-log.js';
import { sourceFiles } from '../kit/source-files.js';
import { renderShards, shardCommandsBlock } from '../kit/store-shards-page.js';
import { startTestStore, type TestStore } from '../kit/store.js';

const DOCS = join(import.meta.dirname, '..', '..', 'docs');

let store: TestStore;
let connection: StoreConnection;
const sent: CommandStartedEvent[] = [];
beforeAll(async () => {
  store = await startTestStore();
  connection = await store.connect({ monitorCommands: true });
  await buildSubgraphIndexes(connection);
  await ensureAuditIndexes(auditCollections(connection.database('audit')));
  connection.client.on('commandStarted', (event) => sent.push(event));
  await seedOnFirstStart(
    connection,
    ingestPorts(connection),
    { seed: 'shards', date: '2026-11-02', citizens: 10 },
    () => undefined,
  );
});
afterAll(async () => {
  await connection.close();
  await store[Symbol.asyncDispose]();
});

const shardsOf = (database: string, name: string) =>
  COLLECTIONS.find(
    (known) => `${connection.databasePrefix}${known.part}` === database && known.name === name,
  );

/** Collections that a seeded store has, with their unique indexes. */
async function existing(): Promise<{ database: string; name: string; unique: Document[] }[]> {
  const { databases } = await connection.client.db('admin').admin().listDatabases({ nameOnly: true });
  const found = [];
  const own = databases.filter(({ name }) => name.startsWith(connection.databasePrefix));
  for (const { name: database } of own)
    for (const collection of await connection.client.db(database).collections()) {
      const indexes: Document[] = await collection.listIndexes().toArray();
      const unique = indexes.filter((index) => index['unique'] === true);
      found.push({ database, name: collection.collectionName, unique });
    }
  return found;
}

describe('the list of collections', () => {
  test('has every collection of a seeded store, and names each unique index', async () => {
    const found = await existing();
    expect(found.length).toBeGreaterThan(40);
    const unique = found.map(({ database, name, unique: indexes }) => [
      `${database}.${name}`,
      indexes.map((index) => index['name'] as string),
    ]);
    const listed = found.map(({ database, name }) => [
      `${database}.${name}`,
      shardsOf(database, name)?.unique.map(({ index }) => index),
    ]);
    expect(listed).toEqual(unique);
  });

  test('has every collection that the source names, and no other', () => {
    const named = new Set<string>();
    for (const file of sourceFiles('subgraphs/*.ts', 'seed/*.ts'))
      for (const [, name] of readFileSync(file, 'utf8').matchAll(
        /\.collection<[^>]*(?:>[^>(]*)?>\('([^']+)'\)/g,
      ))
        named.add(name!);
    expect(new Set(COLLECTIONS.map(({ name }) => name))).toEqual(named);
    const titles = COLLECTIONS.map(({ part, name }) => `${part}.${name}`);
    expect(new Set(titles).size).toBe(titles.length);
  });
});

describe('unique over all shards', () => {
  test('every unique index of a sharded collection begins with its whole shard key', async () => {
    const sharded = (await existing()).flatMap(({ database, name, unique }) => {
      const key = shardsOf(database, name)?.key;
      return key ? unique.map((index) => ({ key, index: index['key'] as Document })) : [];
    });
    expect(sharded).toHaveLength(2);
    for (const { key, index } of sharded)
      expect(Object.keys(index).slice(0, Object.keys(key).length)).toEqual(Object.keys(key));
  });

  test('an id consists of what its unique index holds', async () => {
    const entry = chainEntry(fact({ cvr: '11111111' }), 'gateway-1', { seq: 6, hash: 'h' });
    const sign = await checkpointSigner(await newKey());
    const at = '2026-11-02T00:00:00.000Z';
    const checkpoint = await sign({ writer: 'gateway-1', no: 3, at, reason: 'stop', heads: [], prev: null });
    const governed = { kind: 'mapping', cvr: '11111111', key: 'role' } as const;
    const examples: Readonly<Record<string, Document>> = {
      'audit.entries': entry,
      'audit.checkpoints': checkpoint,
      'access.governed': { _id: governedId(governed), ...governed },
    };
    const rules = COLLECTIONS.flatMap(({ part, name, unique }) =>
      unique.map(({ id }) => ({ title: `${part}.${name}`, id })),
    );
    expect(rules.map(({ title }) => title).sort()).toEqual(Object.keys(examples).sort());
    for (const { title, id } of rules) {
      const example = examples[title]!;
      const expected = id.replace(/<(\w+)>/g, (_whole, field: string) => String(example[field]));
      expect(example['_id']).toBe(expected);
    }
  });
});

describe('what is written to a sharded collection names the shard key', () => {
  const writes = () =>
    sent.flatMap(({ commandName, command, databaseName }) => {
      const key = shardsOf(databaseName, String(command[commandName]))?.key;
      if (!key) return [];
      const statements = [...(command['updates'] ?? []), ...(command['deletes'] ?? [])] as Document[];
      const title = `${databaseName}.${String(command[commandName])} ${commandName}`;
      return commandName === 'findAndModify'
        ? [{ title, filter: command['query'] as Document, isMany: false, key }]
        : statements.map(({ q, multi, limit }) => ({
            title,
            filter: q as Document,
            isMany: multi === true || limit === 0,
            key,
          }));
    });

  test('in each change of one record, as MongoDB demands of an upsert before version 8', () => {
    const single = writes().filter(({ isMany }) => !isMany);
    expect(single.length).toBeGreaterThan(100);
    const without = single.filter(({ filter, key }) =>
      Object.keys(key).some((field) => ['undefined', 'object'].includes(typeof filter[field])),
    );
    expect([...new Set(without.map(({ title }) => title))]).toEqual([]);
  });
});

describe('the pages', () => {
  test('docs/sharding.md says what the list says (OVERBLIK_WRITE_DOCS=1 writes it)', async () => {
    const path = join(DOCS, 'sharding.md');
    const page = await format(renderShards(), { ...(await resolveConfig(path)), parser: 'markdown' });
    if (process.env['OVERBLIK_WRITE_DOCS'] === '1') writeFileSync(path, page);
    expect(readFileSync(path, 'utf8')).toBe(page);
  });

  test('docs/operations.md has the commands', () => {
    const [block] = /```js\nsh\.[^]*?```/.exec(readFileSync(join(DOCS, 'operations.md'), 'utf8')) ?? [];
    expect(block).toBe(shardCommandsBlock());
  });
});

import { MongoClient } from 'mongodb';
import { NOT_OUTSIDE, OUTSIDE_STORE } from './outside-store.mjs';

/** After a run against an outside MONGODB_URI: says what was not run and why, and fails when a suite has left a database. */
export default async function lookForLeftDatabases() {
  if (!OUTSIDE_STORE) return;
  const lines = NOT_OUTSIDE.map(([path, why]) => `  ${path}: ${why}`);
  process.stdout.write(`\nNot run against MONGODB_URI:\n${lines.join('\n')}\n`);
  const client = await MongoClient.connect(OUTSIDE_STORE);
  try {
    const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true });
    const run = `t${process.env.OVERBLIK_TEST_RUN}_`;
    const left = databases.map(({ name }) => name).filter((name) => name.startsWith(run));
    for (const name of left) await client.db(name).dropDatabase();
    if (left.length > 0) throw new Error(`databases were left over: ${left.join(', ')}`);
    process.stdout.write('No database of this run was left over.\n');
  } finally {
    await client.close();
  }
}

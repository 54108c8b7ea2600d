import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MongoClient } from 'mongodb';
import { countCommands, countsCommands } from './commands.js';
import { presentBenefits, presentCitizen, presentRecord } from './fan-out-present.js';
import { loadRights } from './fan-out-rights.js';
import { loadNames, type Row } from './names.js';

/**
 * What a team writes without federation: one handler, six finds side by side, rights held in memory, one durable log entry
 * before the answer. No bearer is checked and no reasons are worded: less than Overblik does, so it is a lower bound.
 */
const client = await MongoClient.connect(process.env['MONGODB_URI']!, { monitorCommands: countsCommands });
countCommands(client);
const of = (part: string, name: string) => client.db(`overblik_${part}`).collection<Row>(name);
const names = await loadNames(of);
const rights = await loadRights(of);
const log = client.db('bench_log').collection('entries');
/** Overblik's lists begin with as many. */
const PAGE = 20;

/** @returns the overview of a person, once the log holds who was looked up. */
async function overview(id: string): Promise<unknown> {
  const [person, cases, documents, grants, alerts, freshness] = await Promise.all([
    of('citizens', 'citizens').findOne({ _id: id }),
    of('cases', 'cases').find({ partyIds: id, isControl: false }).sort({ openedOn: -1, _id: 1 }).toArray(),
    of('documents', 'documents').find({ partyIds: id }).sort({ letterDate: -1, _id: 1 }).toArray(),
    of('benefits', 'grants').find({ partyIds: id }).sort({ startsOn: -1, _id: 1 }).toArray(),
    of('alerts', 'alerts').find({ partyIds: id }).sort({ receivedAt: -1, _id: 1 }).toArray(),
    of('cases', 'freshness').find({}).toArray(),
  ]);
  const payments = await of('benefits', 'payments')
    .find({ grantId: { $in: grants.map(({ _id }) => _id) } })
    .toArray();
  const section = (kind: string, field: string, records: readonly Row[]) => {
    const seen = records.filter((record) => rights.mayRead(kind, record));
    const edges = seen.slice(0, PAGE).map((record) => ({
      node:
        kind === 'benefits' ? presentBenefits(record, payments, names) : presentRecord(kind, record, names),
    }));
    return { sources: freshness, [field]: { totalCount: seen.length, edges } };
  };
  const citizen = {
    ...presentCitizen(person!, names),
    cases: section('cases', 'cases', cases),
    documents: section('documents', 'documents', documents),
    benefits: section('benefits', 'grants', grants),
    alerts: section('alerts', 'alerts', alerts),
  };
  await log.insertOne(
    { at: new Date(), person: id, event: 'overview' },
    { writeConcern: { w: 'majority', journal: true } },
  );
  return { data: { citizen } };
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { variables } = JSON.parse(Buffer.concat(chunks).toString()) as { variables: { id: string } };
    overview(variables.id).then(
      (answer) => response.setHeader('content-type', 'application/json').end(JSON.stringify(answer)),
      () => response.writeHead(500).end(),
    );
  });
});
server.listen(0, '127.0.0.1', () =>
  console.log(`answers at http://127.0.0.1:${(server.address() as AddressInfo).port}/`),
);

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { alertsIngest } from '../../../subgraphs/alerts/ingest/alerts-ingest.js';
import { callersConcerned } from '../../../subgraphs/alerts/ingest/listening.js';
import { alertCollections } from '../../../subgraphs/alerts/source/collections.js';
import type { ListeningCaller } from '../../../subgraphs/shared/records/events.js';
import { feedRecordShape, type FeedRecordOf } from '../../../subgraphs/shared/records/records.js';
import { GATEWAY_CALLER } from '../../../subgraphs/shared/identity/internal-identity.js';
import { startTestStore, type TestStore } from '../../kit/store.js';

let store: TestStore;
beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store[Symbol.asyncDispose]());

const CVR = '13748136';
const caller = (change: Partial<ListeningCaller['caller']> = {}): ListeningCaller['caller'] => ({
  ...GATEWAY_CALLER,
  subject: 'user',
  cvr: CVR,
  grants: [{ role: 'alert-read', cvr: CVR, kle: ['*'] }],
  agreements: [
    {
      source: 'KSD',
      name: 'KSD',
      cvr: CVR,
      kinds: ['alerts'],
      kle: ['*'],
      sensitivity: 4,
      crossAuthority: false,
      staleAfterHours: 24,
    },
  ],
  ...change,
});

test('of those who listen, only who would be shown the alert is notified: not without the right, nor with the section off', async () => {
  const database = store.client.db('alerts');
  const alert = feedRecordShape.parse({
    type: 'alert',
    id: '00000000-0000-4000-8000-000000000001',
    registeredAt: '2026-01-01T00:00:00Z',
    source: 'KSD',
    ownerCvr: CVR,
    kle: '32.24.04',
    sensitivity: 2,
    eventType: 'GENERAL',
    title: 'Nyt',
    receivedAt: '2026-01-01T00:00:00Z',
    party: 'urn:oio:cpr-nr:0101010101',
  }) as FeedRecordOf<'alert'>;
  await alertsIngest(database).alerts([alert], new Map());
  const concerned = await callersConcerned(
    alertCollections(database),
    new Date(0),
    [
      { key: 'sees', caller: caller() },
      { key: 'has no right', caller: caller({ grants: [] }) },
      { key: 'has the section off', caller: caller({ sectionsOff: ['alerts'] }) },
    ],
    '2026-06-01',
  );
  expect(concerned).toEqual(['sees']);
});

import { afterAll, beforeAll } from '@jest/globals';
import { accessIngest } from '../../subgraphs/access/ingest/access-ingest.js';
import { startTestStore, type TestStore } from './store.js';

/** What a jump of a caseworker to a person leads to. */
export const TARGET = {
  source: 'KSD',
  sourceName: 'KSD',
  cvr: '12345678',
  subject: 'user',
  citizenId: 'c',
  caseId: null,
  purpose: null,
};

/**
 * What the access subgraph keeps for the gateway, over a store of its own, for all tests of a file.
 * @returns what gives its port and its database, once the tests run
 */
export function useAccess() {
  let store: TestStore;
  beforeAll(async () => {
    store = await startTestStore();
  });
  afterAll(() => store[Symbol.asyncDispose]());
  const database = () => store.client.db('access');
  return { access: () => accessIngest(database()), database };
}

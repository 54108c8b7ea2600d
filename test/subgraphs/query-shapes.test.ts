import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AlertSource } from '../../subgraphs/alerts/source/alert-source.js';
import { alertCollections, ensureAlertIndexes } from '../../subgraphs/alerts/source/collections.js';
import { LogSource } from '../../subgraphs/audit/source/log-source.js';
import { BenefitSource } from '../../subgraphs/benefits/source/benefit-source.js';
import { benefitCollections, ensureBenefitIndexes } from '../../subgraphs/benefits/source/collections.js';
import { CaseSource } from '../../subgraphs/cases/source/case-source.js';
import { caseCollections, ensureCaseIndexes } from '../../subgraphs/cases/source/collections.js';
import { documentCollections, ensureDocumentIndexes } from '../../subgraphs/documents/source/collections.js';
import { DocumentSource } from '../../subgraphs/documents/source/document-source.js';
import { chainEntry, type ChainHead } from '../../subgraphs/shared/audit/entry.js';
import { auditCollections, ensureAuditIndexes } from '../../subgraphs/shared/audit/mongo-sink.js';
import type { Permit } from '../../subgraphs/shared/guard/permit.js';
import type { StoreFilter } from '../../subgraphs/shared/policy/store-filter.js';
import { OWN } from '../kit/access.js';
import { fact } from '../kit/audit-log.js';
import { startTestStore, type TestStore } from '../kit/store.js';

const RECORDS = 3000;
const PAGE = 21;
const START = Date.parse('2026-01-01T00:00:00Z');

let store: TestStore;
beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store[Symbol.asyncDispose]());

/** The store's own count of what it examined; never more than ten times what it gave, and a hundred. */
async function expectFew(run: () => Promise<number>): Promise<void> {
  const before = store.server.engine.stats().examined;
  const given = await run();
  expect(store.server.engine.stats().examined - before).toBeLessThanOrEqual(10 * given + 100);
}

describe('a page of the log examines few entries, filtered by', () => {
  let log: LogSource;
  const permit = { access: { cvrs: [OWN] } } as unknown as Permit<'audit-read'>;

  beforeAll(async () => {
    const collections = auditCollections(store.client.db('log'));
    await ensureAuditIndexes(collections);
    let head: ChainHead | undefined;
    const entries = Array.from({ length: RECORDS }, (_, i) => {
      const entry = chainEntry(
        fact({
          at: new Date(START + i * 1000),
          cvr: OWN,
          user: i % 997 === 5 ? 'rare' : `user-${i % 20}`,
          requestId: `request-${i >> 3}`,
          lookupId: `look-up-${i >> 4}`,
          citizenId: `citizen-${i % 400}`,
          event: i === 77 ? 'cpr-revealed' : 'section-read',
          decision: i % 1500 === 3 ? 'REFUSE' : 'PERMIT',
          alarms: i % 1400 === 9 ? ['kin'] : [],
        }),
        'writer',
        head,
      );
      head = entry;
      return entry;
    });
    await collections.entries.insertMany(entries);
    log = new LogSource(collections, { keys: [], anchorFile: undefined }, new Map());
  });

  test.each<[string, StoreFilter]>([
    ['nothing', {}],
    ['user', { user: { $in: ['user-3'] } }],
    ['a user with few entries', { user: { $in: ['rare'] } }],
    ['an unknown user', { user: { $in: ['nobody'] } }],
    ['citizen', { citizenId: { $in: ['citizen-7'] } }],
    ['request', { requestId: 'request-7' }],
    ['look-up', { lookupId: 'look-up-7' }],
    ['a rare kind', { event: 'cpr-revealed' }],
    ['the usual kind', { event: 'section-read' }],
    ['refusal', { decision: 'REFUSE' }],
    ['failure', { decision: 'FAILURE' }],
    ['permit', { decision: 'PERMIT' }],
    ['alarm', { alarms: { $gt: '' } }],
    ['period', { at: { $gte: new Date(START + 1_000_000), $lt: new Date(START + 1_100_000) } }],
    ['user and refusal', { user: { $in: ['user-3'] }, decision: 'REFUSE' }],
  ])('%s', (_name, narrow) => expectFew(async () => (await log.list(permit, narrow, PAGE)).length));
});

describe('the first page of a list that is long examines few records', () => {
  /** Opens everything: what is counted is what the store reads. */
  const permit = { access: { matches: () => true, filter: () => ({}) } } as unknown as Permit<'case-read'> &
    Permit<'document-read'> &
    Permit<'benefit-read'> &
    Permit<'alert-read'>;
  const person = 'person';
  const many = (day: string) =>
    Array.from({ length: RECORDS }, (_, i) => ({
      _id: `record-${(i * 7919) % RECORDS}`,
      partyIds: [person, `other-${i}`],
      caseIds: ['case'],
      [day]: `2026-01-${String(1 + (i % 28)).padStart(2, '0')}`,
      access: {},
    })) as never;

  test('a person’s cases', async () => {
    const collections = caseCollections(store.client.db('cases'));
    await ensureCaseIndexes(collections);
    await collections.cases.insertMany(many('openedOn'));
    const source = new CaseSource(collections);
    await expectFew(async () => (await source.first(permit, { partyIds: person }, PAGE)).rows.length);
  });

  test('a person’s documents, and a case’s', async () => {
    const collections = documentCollections(store.client.db('documents'));
    await ensureDocumentIndexes(collections);
    await collections.documents.insertMany(many('letterDate'));
    const source = new DocumentSource(collections);
    await expectFew(async () => (await source.first(permit, { partyIds: person }, PAGE)).rows.length);
    await expectFew(async () => (await source.list(permit, { caseIds: 'case' }, PAGE)).length);
  });

  test('a person’s benefits', async () => {
    const collections = benefitCollections(store.client.db('benefits'));
    await ensureBenefitIndexes(collections);
    await collections.grants.insertMany(many('startsOn'));
    const source = new BenefitSource(collections);
    await expectFew(async () => (await source.first(permit, { partyIds: person }, PAGE)).rows.length);
  });

  test('a person’s alerts', async () => {
    const collections = alertCollections(store.client.db('alerts'));
    await ensureAlertIndexes(collections);
    await collections.alerts.insertMany(many('receivedAt'));
    const source = new AlertSource(collections);
    await expectFew(async () => (await source.first(permit, { partyIds: person }, PAGE)).rows.length);
  });
});

import type { Collection, Db } from 'mongodb';
import { ensureIndexes } from '../../../store/indexes.js';
import { ensureIngestIndexes } from '../../shared/in-step/indexes.js';
import type { PastRegistration, RemovedRecord } from '../../shared/in-step/registered.js';
import { renewalCollection, type RenewalRecord } from '../../shared/in-step/renewals.js';
import type { CitizenRecord, CompanyRecord, OwnPersonRecord, RemarkRecord, TieRecord } from './records.js';

export interface CitizenCollections {
  readonly citizens: Collection<CitizenRecord>;
  readonly companies: Collection<CompanyRecord>;
  readonly remarks: Collection<RemarkRecord>;
  readonly ties: Collection<TieRecord>;
  readonly ownPersons: Collection<OwnPersonRecord>;
  readonly history: Collection<PastRegistration>;
  readonly removed: Collection<RemovedRecord>;
  readonly renewals: Collection<RenewalRecord>;
}

export function citizenCollections(database: Db): CitizenCollections {
  return {
    citizens: database.collection<CitizenRecord>('citizens'),
    companies: database.collection<CompanyRecord>('companies'),
    remarks: database.collection<RemarkRecord>('remarks'),
    ties: database.collection<TieRecord>('ties'),
    ownPersons: database.collection<OwnPersonRecord>('own-persons'),
    history: database.collection<PastRegistration>('history'),
    removed: database.collection<RemovedRecord>('removed'),
    renewals: renewalCollection(database),
  };
}

/** Creates the indexes; called at start. */
export async function ensureCitizenIndexes(collections: CitizenCollections): Promise<void> {
  const { citizens, companies, remarks, ties, ownPersons } = collections;
  await ensureIngestIndexes(collections);
  await ensureIndexes(citizens, [
    { name: 'cpr', key: { cprKeys: 1 } },
    { name: 'name', key: { nameTokens: 1 } },
    { name: 'places', key: { 'places.tokens': 1 } },
    { name: 'streets', key: { 'places.street': 1, 'places.number': 1 } },
    { name: 'birth', key: { birthDate: 1 } },
    { name: 'households', key: { 'households.key': 1 } },
    { name: 'relatives', key: { 'relations.key': 1 } },
  ]);
  await ensureIndexes(remarks, [
    { name: 'citizen', key: { citizenId: 1 } },
    { name: 'waiting', key: { personKey: 1 } },
  ]);
  await ensureIndexes(
    ownPersons,
    [
      { name: 'user', key: { cvr: 1, subject: 1, openedAt: -1 } },
      { name: 'use', key: { usedAt: 1 } },
      // What is looked for every quarter of a minute is what no user opened lately or keeps: favourites have no opening for a year.
      { name: 'unused', key: { openedAt: 1, favourite: 1 } },
    ],
    ['opening'],
  );
  await ensureIndexes(companies, [
    { name: 'cvr', key: { cvr: 1 } },
    { name: 'name', key: { nameTokens: 1 } },
  ]);
  await ensureIndexes(ties, [
    { name: 'parties', key: { partyIds: 1 } },
    { name: 'numbers', key: { 'parties.key': 1 } },
  ]);
}

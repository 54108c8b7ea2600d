import type { Collection, Db } from 'mongodb';
import { ensureIndexes } from '../../../store/indexes.js';
import { ensureIngestIndexes } from '../../shared/in-step/indexes.js';
import type { PastRegistration, RemovedRecord } from '../../shared/in-step/registered.js';
import type { GrantRecord, PaymentRecord } from './records.js';

export interface BenefitCollections {
  readonly grants: Collection<GrantRecord>;
  readonly payments: Collection<PaymentRecord>;
  readonly history: Collection<PastRegistration>;
  readonly removed: Collection<RemovedRecord>;
}

export function benefitCollections(database: Db): BenefitCollections {
  return {
    grants: database.collection<GrantRecord>('grants'),
    payments: database.collection<PaymentRecord>('payments'),
    history: database.collection<PastRegistration>('history'),
    removed: database.collection<RemovedRecord>('removed'),
  };
}

/** Creates the indexes; called at start. */
export async function ensureBenefitIndexes(collections: BenefitCollections): Promise<void> {
  const { grants, payments } = collections;
  await ensureIngestIndexes(collections);
  await ensureIndexes(
    grants,
    [
      { name: 'numbers', key: { 'parties.key': 1 } },
      // A person's list is read in its order, so that its first page costs the same however long it is.
      { name: 'party-newest', key: { partyIds: 1, startsOn: -1, _id: 1 } },
      { name: 'case', key: { caseId: 1 } },
      // A simulation draws its sample from the authority's own persons, of whom there may be few among all.
      { name: 'owner-party', key: { 'access.ownerCvr': 1, partyIds: 1 } },
    ],
    ['party'],
  );
  await ensureIndexes(payments, [{ name: 'grant', key: { grantId: 1, disposalDate: -1 } }]);
}

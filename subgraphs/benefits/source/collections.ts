import type { Collection, Db } from 'mongodb';
import { ensureIndexes } from '../../../store/indexes.js';
import type { GrantRecord, PaymentRecord } from './records.js';

export interface BenefitCollections {
  readonly grants: Collection<GrantRecord>;
  readonly payments: Collection<PaymentRecord>;
}

export function benefitCollections(database: Db): BenefitCollections {
  return {
    grants: database.collection<GrantRecord>('grants'),
    payments: database.collection<PaymentRecord>('payments'),
  };
}

/** Creates the indexes; called at start. */
export async function ensureBenefitIndexes({ grants, payments }: BenefitCollections): Promise<void> {
  await ensureIndexes(grants, [
    { name: 'party', key: { partyIds: 1, startsOn: -1 } },
    { name: 'case', key: { caseId: 1 } },
  ]);
  await ensureIndexes(payments, [{ name: 'grant', key: { grantId: 1, disposalDate: -1 } }]);
}

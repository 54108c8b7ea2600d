import type { Db } from 'mongodb';
import { keepRecords, lowerCaseIds } from '../../shared/in-step/lower-case-ids.js';
import { benefitCollections } from '../source/collections.js';
import { benefitStores } from './benefits-ingest.js';

/** Spells the ids of everything stored here in lower case, once. @returns how many documents were changed */
export function keepBenefitIds(database: Db): Promise<number> {
  const { grantStore, paymentStore } = benefitStores(benefitCollections(database));
  const grants = keepRecords(grantStore, {
    handOver: (changed) => changed.map(({ _id }) => _id),
  });
  // A grant is given its payments anew when its own hand-over is finished.
  const payments = keepRecords(paymentStore, {
    handOver: (changed) => [...new Set(changed.map(({ grantId }) => grantId))],
  });
  return lowerCaseIds(database, [grants, payments], []);
}

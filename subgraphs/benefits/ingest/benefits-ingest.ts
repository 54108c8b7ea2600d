import type { Db } from 'mongodb';
import {
  commonIngest,
  cprOfUrn,
  type BenefitsIngest,
  type ResolvedPersons,
} from '../../shared/ingest/ingest-port.js';
import type { FeedRecordOf } from '../../shared/ingest/records.js';
import { storeRegistrations, type PastRegistration } from '../../shared/ingest/store-registrations.js';
import type { CaseFacts } from '../../shared/policy/facts.js';
import { benefitCollections, type BenefitCollections } from '../source/collections.js';
import type { GrantRecord, PaymentFactRecord, PaymentRecord } from '../source/records.js';

/** How records enter this subgraph; the only code that writes grants and payments. */
export function benefitsIngest(database: Db): BenefitsIngest {
  const collections = benefitCollections(database);
  const { grants, payments } = collections;
  const history = database.collection<PastRegistration>('history');
  return {
    ...commonIngest(database),
    async grants(records, persons, facts) {
      const paid = await paymentFactsOf(
        collections,
        new Map(records.map((record) => [record.id, record.source])),
      );
      const documents = records.map((record) => toGrant(record, persons, facts, paid.get(record.id) ?? []));
      return storeRegistrations(grants, history, documents);
    },
    async payments(records) {
      const outcomes = await storeRegistrations(payments, history, records.map(toPayment));
      await refreshPaymentFacts(collections, [...new Set(records.map((record) => record.grantId))]);
      return outcomes;
    },
    async caseFacts(facts) {
      const ids = facts.map((one) => one.caseId);
      const behind = await grants.find({ caseId: { $in: ids } }, { projection: { caseId: 1 } }).toArray();
      if (behind.length === 0) return;
      const byId = new Map(facts.map((one) => [one.caseId, one]));
      await grants.bulkWrite(
        behind.map((one) => ({
          updateOne: { filter: { _id: one._id }, update: { $set: { caseFacts: byId.get(one.caseId!)! } } },
        })),
      );
    },
  };
}

function toGrant(
  record: FeedRecordOf<'grant'>,
  persons: ResolvedPersons,
  facts: ReadonlyMap<string, CaseFacts>,
  paymentFacts: readonly PaymentFactRecord[],
): GrantRecord {
  const {
    id,
    registeredAt,
    status,
    startsOn,
    endsOn,
    reason,
    caseId,
    benefits,
    ownerCvr,
    sensitivity,
    profile,
    source,
  } = record;
  const citizenId = persons.get(cprOfUrn(record.party));
  const partyIds = citizenId === undefined ? [] : [citizenId];
  return {
    _id: id,
    registeredAt,
    status,
    startsOn,
    endsOn,
    reason,
    partyIds,
    caseId,
    benefits,
    paymentFacts: paymentFacts.map((fact) => ({ ...fact, ofOwner: fact.ownerCvr === ownerCvr })),
    access: {
      ownerCvr,
      kle: null,
      sensitivity,
      unit: null,
      profile,
      hiddenFrom: [],
      parties: partyIds,
      source,
    },
    caseFacts: caseId === null ? null : (facts.get(caseId) ?? null),
  };
}

function toPayment(record: FeedRecordOf<'payment'>): PaymentRecord {
  const { id, type: _type, ...fields } = record;
  return { _id: id, ...fields };
}

/**
 * A grant keeps the newest payment per owner and KLE number; decisions need no more. A payment that another system than
 * the grant's own has delivered opens nothing.
 * @param sources source system of each grant
 */
async function paymentFactsOf(
  { payments }: BenefitCollections,
  sources: ReadonlyMap<string, string>,
): Promise<Map<string, PaymentFactRecord[]>> {
  const found = await payments
    .find(
      { grantId: { $in: [...sources.keys()] } },
      { projection: { grantId: 1, source: 1, ownerCvr: 1, disposalDate: 1, lines: 1 } },
    )
    .toArray();
  const newest = new Map<string, Map<string, PaymentFactRecord>>();
  for (const { grantId, source, ownerCvr, disposalDate, lines } of found) {
    if (source !== sources.get(grantId)) continue;
    const ofGrant = newest.get(grantId) ?? new Map<string, PaymentFactRecord>();
    newest.set(grantId, ofGrant);
    for (const { kle } of lines) {
      const key = `${ownerCvr}|${kle ?? ''}`;
      const known = ofGrant.get(key);
      if (!known || known.disposalDate < disposalDate)
        ofGrant.set(key, { ownerCvr, kle, disposalDate, ofOwner: true });
    }
  }
  return new Map([...newest].map(([grantId, facts]) => [grantId, [...facts.values()]]));
}

async function refreshPaymentFacts(
  collections: BenefitCollections,
  grantIds: readonly string[],
): Promise<void> {
  const owners = await collections.grants
    .find({ _id: { $in: [...grantIds] } }, { projection: { 'access.ownerCvr': 1, 'access.source': 1 } })
    .toArray();
  if (owners.length === 0) return;
  const sources = new Map(owners.map(({ _id, access }) => [_id, access.source]));
  const paid = await paymentFactsOf(collections, sources);
  await collections.grants.bulkWrite(
    owners.map(({ _id, access }) => ({
      updateOne: {
        filter: { _id },
        update: {
          $set: {
            paymentFacts: (paid.get(_id) ?? []).map((fact) => ({
              ...fact,
              ofOwner: fact.ownerCvr === access.ownerCvr,
            })),
          },
        },
      },
    })),
  );
}

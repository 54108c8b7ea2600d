import type { Db } from 'mongodb';
import { accessFacts } from '../../shared/in-step/access-facts.js';
import { applyCaseFacts, type CaseCopies, markCaseFactsStale } from '../../shared/in-step/case-copies.js';
import { goneTies } from '../../shared/in-step/gone-ties.js';
import { Handovers } from '../../shared/in-step/handovers.js';
import type { IngestOutcome, RegistrationStore } from '../../shared/in-step/registered.js';
import { registrationTime } from '../../shared/in-step/registration-time.js';
import { type Remover, remover, removeRecords } from '../../shared/in-step/remove-records.js';
import { storeRegistrations } from '../../shared/in-step/store-registrations.js';
import type { BenefitsPort } from '../../shared/ports/benefits.js';
import { commonIngest } from '../../shared/ports/common.js';
import type { StandingRecords, TieInput } from '../../shared/ports/shapes.js';
import { grantFields } from '../../shared/records/benefit-records.js';
import { moveParties, partiesOf, partyIds, type ResolvedParties } from '../../shared/records/parties.js';
import type { FeedRecordOf } from '../../shared/records/records.js';
import { storedFields } from '../../shared/records/stored-fields.js';
import { type BenefitCollections, benefitCollections } from '../source/collections.js';
import type { GrantRecord, PaymentRecord } from '../source/records.js';
import { notePayments, recountPayments } from './payment-facts.js';

/** How records enter this subgraph; the only code that writes grants and payments. */
export function benefitsIngest(database: Db): BenefitsPort {
  const collections = benefitCollections(database);
  const { grants } = collections;
  const handovers = new Handovers(database);
  const { grantStore, paymentStore } = benefitStores(collections);
  const copies = caseCopies(collections);
  const removers = { grant: remover(grantStore), payment: removePayment(collections, paymentStore) };
  return {
    ...commonIngest(database),
    finish: (handover) => handovers.finish(handover),
    unfinished: (before) => handovers.unfinished(before),
    async grants(records, parties) {
      const handover = await handovers.begin(records.map(({ id }) => id));
      const { outcomes, taken } = await storeRegistrations(
        grantStore,
        records.map((record) => toGrant(record, parties)),
      );
      // A grant is stored without payments, and so hidden, until those that came before it have been found.
      await findPayments(
        collections,
        taken.map(({ _id }) => _id),
      );
      return { outcomes, handover };
    },
    payments: (records) => storePayments(collections, paymentStore, records),
    removals: (records) => removeRecords(handovers, removers, records),
    parties: (moved) => moveParties(grants, moved),
    caseFacts: (facts, aim) => applyCaseFacts(copies, facts, aim),
    markStale: (staleCases) => markCaseFactsStale(copies, staleCases),
    standing: (ids) => standingGrants(collections, ids),
  };
}

/** The grants' copies of the facts of their cases. */
function caseCopies({ grants }: BenefitCollections): CaseCopies<GrantRecord> {
  return {
    collection: grants,
    path: 'caseId',
    projection: { caseId: 1, caseFacts: 1 },
    casesOf: ({ caseId }) => (caseId === null ? [] : [caseId]),
    factsOf: ({ caseFacts }) => (caseFacts === null ? [] : [caseFacts]),
    withFacts: ([caseFacts]) => ({ caseFacts: caseFacts ?? null }),
  };
}

/** Counts the payments anew of those grants that have any. */
async function findPayments(collections: BenefitCollections, grantIds: readonly string[]): Promise<void> {
  const waiting = await collections.payments
    .find({ grantId: { $in: [...grantIds] } }, { projection: { grantId: 1 } })
    .toArray();
  await recountPayments(
    collections,
    waiting.map(({ grantId }) => grantId),
  );
}

async function storePayments(
  collections: BenefitCollections,
  store: RegistrationStore<PaymentRecord>,
  records: readonly FeedRecordOf<'payment'>[],
): Promise<IngestOutcome[]> {
  const { outcomes, taken, before } = await storeRegistrations(store, records.map(toPayment));
  const fresh = taken.filter(({ _id }) => !before.has(_id));
  const corrected = taken.flatMap(({ _id, grantId }) => {
    const earlier = before.get(_id);
    return earlier ? [grantId, earlier.grantId] : [];
  });
  // A duplicate may be what a crash left half done.
  const again = records.flatMap(({ grantId }, i) => (outcomes[i] === 'duplicate' ? [grantId] : []));
  await notePayments(collections, fresh);
  await recountPayments(collections, [...corrected, ...again]);
  return [...outcomes];
}

/** @returns how a payment is taken away, and from its grant. */
function removePayment(collections: BenefitCollections, store: RegistrationStore<PaymentRecord>): Remover {
  return async (removal) => {
    const gone = await collections.payments.findOne({ _id: removal.id }, { projection: { grantId: 1 } });
    const outcomes = await remover(store)(removal);
    if (gone) await recountPayments(collections, [gone.grantId]);
    return outcomes;
  };
}

async function standingGrants(
  collections: BenefitCollections,
  ids: readonly string[],
): Promise<StandingRecords> {
  const found = await collections.grants.find({ _id: { $in: [...ids] } }).toArray();
  await recountPayments(
    collections,
    found.map(({ _id }) => _id),
  );
  const gone = await goneTies(collections.removed, 'grant', 'grants', ids);
  return { ties: [...gone, ...found.map(tieOf)], caseIds: found.flatMap(({ caseId }) => caseId ?? []) };
}

/** @returns where grants and payments lie. */
export function benefitStores({ grants, payments, history, removed }: BenefitCollections): {
  readonly grantStore: RegistrationStore<GrantRecord>;
  readonly paymentStore: RegistrationStore<PaymentRecord>;
} {
  return {
    grantStore: { present: grants, history, removed, carry },
    paymentStore: { present: payments, history, removed, carry: (_before, after) => after },
  };
}

/** A new registration keeps the case's facts; what it keeps of payments is derived anew. */
function carry(before: GrantRecord, after: GrantRecord): GrantRecord {
  return { ...after, caseFacts: before.caseId === after.caseId ? before.caseFacts : null };
}

function tieOf({ _id, parties, access, benefits, ...time }: GrantRecord): TieInput {
  const ties = benefits.map(({ kle }) => ({ kind: 'grant' as const, ...access, kle, parties: [] }));
  const keys = parties.map(({ key }) => key);
  return { kind: 'grant', recordId: _id, ...registrationTime(time), keys, ties };
}

function toGrant(record: FeedRecordOf<'grant'>, resolved: ResolvedParties): GrantRecord {
  const { id, benefits } = record;
  const parties = partiesOf([record.party], resolved);
  const ids = partyIds(parties);
  return {
    _id: id,
    ...registrationTime(record),
    rev: 1,
    ...storedFields(record, grantFields),
    parties,
    partyIds: ids,
    benefits,
    paymentFacts: [],
    access: { ...accessFacts({ ...record, kle: '', unit: null, hiddenFrom: [] }, ids), kle: null },
    caseFacts: null,
  };
}

function toPayment(record: FeedRecordOf<'payment'>): PaymentRecord {
  const { id, type: _type, ...fields } = record;
  return { _id: id, rev: 1, ...fields };
}

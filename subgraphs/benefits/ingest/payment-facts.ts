import { compareAndSet } from '../../shared/in-step/compare-and-set.js';
import { versionOf } from '../../shared/in-step/registered.js';
import type { BenefitCollections } from '../source/collections.js';
import type { GrantRecord, PaymentFactRecord, PaymentRecord } from '../source/records.js';

type GrantHead = Pick<GrantRecord, '_id' | 'rev' | 'access' | 'paymentFacts'>;
const HEAD = { rev: 1, access: 1, paymentFacts: 1 } as const;

/**
 * A grant keeps the newest payment per owner and KLE number; decisions need no more. A payment that another system than
 * the grant's own has delivered opens nothing.
 */
function addPayments(
  { access, paymentFacts }: Pick<GrantHead, 'access' | 'paymentFacts'>,
  payments: readonly PaymentRecord[],
): PaymentFactRecord[] {
  const newest = new Map(paymentFacts.map((fact) => [`${fact.ownerCvr}|${fact.kle ?? ''}`, fact]));
  for (const { source, ownerCvr, disposalDate, lines } of payments) {
    if (source !== access.source) continue;
    for (const { kle } of lines) {
      const key = `${ownerCvr}|${kle ?? ''}`;
      const known = newest.get(key);
      if (!known || known.disposalDate < disposalDate)
        newest.set(key, { ownerCvr, kle, disposalDate, ofOwner: ownerCvr === access.ownerCvr });
    }
  }
  return [...newest.values()].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** Adds new payments to what their grants keep; payments whose grant has not come wait for it. */
export async function notePayments(
  collections: BenefitCollections,
  payments: readonly PaymentRecord[],
): Promise<void> {
  const byGrant = groupByGrant(payments);
  await changeGrants(collections, [...byGrant.keys()], () => Promise.resolve(byGrant), addPayments);
}

/** Derives anew what grants keep, from all their payments: after a correction, a deletion, or a grant's own arrival. */
export async function recountPayments(
  collections: BenefitCollections,
  grantIds: readonly string[],
): Promise<void> {
  const projection = { grantId: 1, source: 1, ownerCvr: 1, disposalDate: 1, lines: 1 };
  const read = async (ids: readonly string[]) => {
    const filter = { grantId: { $in: [...ids] } };
    return groupByGrant(await collections.payments.find(filter, { projection }).toArray());
  };
  await changeGrants(collections, [...new Set(grantIds)], read, ({ access }, own) =>
    addPayments({ access, paymentFacts: [] }, own),
  );
}

function groupByGrant(payments: readonly PaymentRecord[]): Map<string, PaymentRecord[]> {
  const byGrant = new Map<string, PaymentRecord[]>();
  for (const payment of payments)
    byGrant.set(payment.grantId, [...(byGrant.get(payment.grantId) ?? []), payment]);
  return byGrant;
}

/** Payments are read after the grants, so that one arriving meanwhile is either read or makes its own change. */
async function changeGrants(
  { grants }: Pick<BenefitCollections, 'grants'>,
  ids: readonly string[],
  read: (ids: readonly string[]) => Promise<ReadonlyMap<string, readonly PaymentRecord[]>>,
  change: (grant: GrantHead, payments: readonly PaymentRecord[]) => PaymentFactRecord[],
): Promise<void> {
  if (ids.length === 0) return;
  const filter = { _id: { $in: [...ids] } };
  await compareAndSet('grants and their payments', async () => {
    const found = await grants.find<GrantHead>(filter, { projection: HEAD }).toArray();
    const payments = found.length === 0 ? new Map<string, PaymentRecord[]>() : await read(ids);
    const changes = found.flatMap((grant) => {
      const paymentFacts = change(grant, payments.get(grant._id) ?? []);
      if (JSON.stringify(paymentFacts) === JSON.stringify(grant.paymentFacts)) return [];
      const update = { $set: { paymentFacts, rev: grant.rev + 1 } };
      return [{ updateOne: { filter: versionOf(grant), update } }];
    });
    if (changes.length === 0) return true;
    const { matchedCount } = await grants.bulkWrite(changes, { ordered: false });
    return matchedCount === changes.length;
  });
}

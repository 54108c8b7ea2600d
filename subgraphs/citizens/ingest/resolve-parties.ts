import { compareTimes, type RegistrationTime } from '../../shared/in-step/registration-time.js';
import type { CitizenCollections } from '../source/collections.js';
import type { CitizenRecord } from '../source/records.js';

type Claim = RegistrationTime & Pick<CitizenRecord, '_id' | 'cpr' | 'cprKeys' | 'mergedInto'>;

const CVR_LENGTH = 8;
/** Persons that turned out to be others, in a row. */
const MAX_MERGES = 10;

/** @returns persons by personal number, current or former, and companies by CVR number; unknown ones are left out. */
export async function resolveKeys(
  collections: CitizenCollections,
  keys: readonly string[],
): Promise<Map<string, string>> {
  const wanted = [...new Set(keys)];
  const cvrs = wanted.filter((key) => key.length === CVR_LENGTH);
  const cprs = wanted.filter((key) => key.length !== CVR_LENGTH);
  const [persons, companies] = await Promise.all([
    resolvePersons(collections, cprs),
    resolveCompanies(collections, cvrs),
  ]);
  return new Map([...persons, ...companies]);
}

async function resolveCompanies(
  { companies }: CitizenCollections,
  cvrs: readonly string[],
): Promise<[string, string][]> {
  if (cvrs.length === 0) return [];
  const found = await companies.find({ cvr: { $in: [...cvrs] } }, { projection: { cvr: 1 } }).toArray();
  return found.sort((a, b) => (a._id < b._id ? 1 : -1)).map(({ cvr, _id }) => [cvr, _id]);
}

async function resolvePersons(
  collections: CitizenCollections,
  cprs: readonly string[],
): Promise<[string, string][]> {
  if (cprs.length === 0) return [];
  const projection = { cpr: 1, cprKeys: 1, registeredAt: 1, registeredNs: 1, mergedInto: 1 };
  const claims = await collections.citizens
    .find<Claim>({ cprKeys: { $in: [...cprs] } }, { projection })
    .toArray();
  const holders = new Map<string, Claim>();
  for (const claim of claims)
    for (const cpr of claim.cprKeys) if (isBetter(claim, holders.get(cpr), cpr)) holders.set(cpr, claim);
  const merged = await followMerges(collections, claims);
  return cprs.flatMap((cpr): [string, string][] => {
    const holder = holders.get(cpr);
    return holder ? [[cpr, merged.get(holder._id) ?? holder._id]] : [];
  });
}

/** Whoever has a number now holds it before whoever had it; then the later registration, then the id: the same in any order of arrival. */
function isBetter(claim: Claim, than: Claim | undefined, cpr: string): boolean {
  if (!than) return true;
  if ((claim.cpr === cpr) !== (than.cpr === cpr)) return claim.cpr === cpr;
  const order = compareTimes(claim, than);
  return order !== 0 ? order > 0 : claim._id < than._id;
}

/** @returns whom each merged person turned out to be in the end. */
async function followMerges(
  { citizens }: CitizenCollections,
  claims: readonly Claim[],
): Promise<Map<string, string>> {
  const next = new Map(
    claims.flatMap((claim) => (claim.mergedInto === null ? [] : [[claim._id, claim.mergedInto]])),
  );
  let open = [...new Set(next.values())];
  for (let step = 0; step < MAX_MERGES && open.length > 0; step++) {
    const found = await citizens
      .find({ _id: { $in: open }, mergedInto: { $ne: null } }, { projection: { mergedInto: 1 } })
      .toArray();
    for (const { _id, mergedInto } of found) if (mergedInto !== null) next.set(_id, mergedInto);
    open = found.flatMap(({ mergedInto }) =>
      mergedInto === null || next.has(mergedInto) ? [] : [mergedInto],
    );
  }
  return new Map(claims.flatMap(({ _id }) => (next.has(_id) ? [[_id, lastOf(next, _id)]] : [])));
}

function lastOf(next: ReadonlyMap<string, string>, id: string): string {
  let at = id;
  for (let step = 0; step < MAX_MERGES; step++) {
    const to = next.get(at);
    if (to === undefined) break;
    at = to;
  }
  return at;
}

import { compareAndSet } from '../../shared/in-step/compare-and-set.js';
import { insertedFirst } from '../../shared/in-step/inserted-first.js';
import { filterOf } from '../../shared/in-step/of-any-record.js';
import { versionOf } from '../../shared/in-step/registered.js';
import { isLater, registeredBy, registrationTime } from '../../shared/in-step/registration-time.js';
import type { Tie } from '../../shared/policy/citizen-reach.js';
import type { TieInput } from '../../shared/ports/shapes.js';
import { idAfter, type MovedParties, type Party, partyIds } from '../../shared/records/parties.js';
import type { CitizenCollections } from '../source/collections.js';
import type { TieRecord } from '../source/records.js';
import { resolveKeys } from './resolve-parties.js';

const tieId = ({ kind, recordId }: TieInput): string => `${kind}:${recordId}`;

/** Stores which parties records tie, then derives the distinct ties of everyone tied before or now. */
export async function applyTies(collections: CitizenCollections, given: readonly TieInput[]): Promise<void> {
  if (given.length === 0) return;
  const inputs = newestOf(given);
  const { ties } = collections;
  const known = new Map(
    (await ties.find({ _id: { $in: inputs.map(tieId) } }).toArray()).map((record) => [record._id, record]),
  );
  const newer = inputs.filter((input) => {
    const before = known.get(tieId(input));
    return before === undefined || !isLater(before, input);
  });
  if (newer.length === 0) return;
  const resolved = await resolveKeys(
    collections,
    newer.flatMap(({ keys }) => keys),
  );
  const records = newer.map((input): TieRecord => {
    const parties = input.keys.map((key) => ({ key, id: resolved.get(key) ?? null }));
    const time = registrationTime(input);
    return { _id: tieId(input), ...time, rev: 1, parties, partyIds: partyIds(parties), ties: input.ties };
  });
  const fresh = records.filter(({ _id }) => !known.has(_id));
  const changed = records.filter(({ _id }) => known.has(_id));
  await writeTies(collections, records, known);
  const rederived = [...changed, ...changed.flatMap(({ _id }) => known.get(_id) ?? [])].flatMap(
    (tie) => tie.partyIds,
  );
  await addTies(
    collections,
    fresh.filter((record) => !record.partyIds.some((id) => rederived.includes(id))),
  );
  await deriveTies(collections, [
    ...rederived,
    ...fresh
      .filter((record) => record.partyIds.some((id) => rederived.includes(id)))
      .flatMap((tie) => tie.partyIds),
  ]);
}

/** Of several registrations of one record in a batch the newest counts. */
function newestOf(inputs: readonly TieInput[]): TieInput[] {
  const newest = new Map<string, TieInput>();
  for (const input of inputs) {
    const known = newest.get(tieId(input));
    if (!known || !isLater(known, input)) newest.set(tieId(input), input);
  }
  return [...newest.values()];
}

async function writeTies(
  { ties }: CitizenCollections,
  records: readonly TieRecord[],
  known: ReadonlyMap<string, TieRecord>,
): Promise<void> {
  const fresh = records.filter(({ _id }) => !known.has(_id));
  const isFirst =
    fresh.length === 0 || (await insertedFirst(() => ties.insertMany(fresh, { ordered: false })));
  // What somebody else inserted meanwhile is replaced like what was known: by what is no older.
  const replaced = isFirst ? records.filter(({ _id }) => known.has(_id)) : records;
  if (replaced.length === 0) return;
  await ties.bulkWrite(
    replaced.map(({ _id, ...replacement }) => ({
      replaceOne: { filter: { _id, ...registeredBy(replacement) }, replacement },
    })),
  );
}

/** Adds ties of new records to the persons they name; most persons have them already. */
async function addTies(collections: CitizenCollections, records: readonly TieRecord[]): Promise<void> {
  const added = new Map<string, Tie[]>();
  for (const { partyIds: ids, ties } of records)
    for (const id of ids) added.set(id, [...(added.get(id) ?? []), ...ties]);
  await changeTies(collections, [...added.keys()], (id, present) =>
    distinct([...present, ...(added.get(id) ?? [])]),
  );
}

/** Derives persons' distinct ties anew from all records that name them. */
export async function deriveTies(collections: CitizenCollections, ids: readonly string[]): Promise<void> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return;
  const read = async (): Promise<Map<string, Tie[]>> => {
    const found = await collections.ties.find({ partyIds: { $in: wanted } }).toArray();
    const byPerson = new Map<string, Tie[]>();
    for (const { partyIds: tied, ties } of found)
      for (const id of tied) byPerson.set(id, [...(byPerson.get(id) ?? []), ...ties]);
    return byPerson;
  };
  await changeTies(collections, wanted, (id, _present, all) => distinct(all.get(id) ?? []), read);
}

/** Changes what persons keep, from what was read after their state was: no tie is lost to another delivery. */
async function changeTies(
  { citizens }: CitizenCollections,
  ids: readonly string[],
  change: (id: string, present: readonly Tie[], all: ReadonlyMap<string, Tie[]>) => Tie[],
  read: () => Promise<ReadonlyMap<string, Tie[]>> = () => Promise.resolve(new Map<string, Tie[]>()),
): Promise<void> {
  if (ids.length === 0) return;
  await compareAndSet('persons and their ties', async () => {
    const found = await citizens
      .find({ _id: { $in: [...ids] } }, { projection: { ties: 1, rev: 1 } })
      .toArray();
    const all = await read();
    const changes = found.flatMap(({ _id, rev, ties: present }) => {
      const ties = change(_id, present, all);
      if (keysOf(ties) === keysOf(present)) return [];
      return [{ updateOne: { filter: versionOf({ _id, rev }), update: { $set: { ties, rev: rev + 1 } } } }];
    });
    if (changes.length === 0) return true;
    const { matchedCount } = await citizens.bulkWrite(changes, { ordered: false });
    return matchedCount === changes.length;
  });
}

const keysOf = (ties: readonly Tie[]): string =>
  ties
    .map((tie) => JSON.stringify(tie))
    .sort()
    .join();

function distinct(ties: readonly Tie[]): Tie[] {
  const byKey = new Map(ties.map((tie) => [JSON.stringify(tie), tie]));
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, tie]) => tie);
}

/** Leads stored ties to whom their numbers mean now, and derives everyone's anew who gains or loses one. */
export async function moveTies(collections: CitizenCollections, moved: MovedParties): Promise<void> {
  const found = await collections.ties.find({ 'parties.key': { $in: [...moved.keys()] } }).toArray();
  if (found.length === 0) return;
  const touched = new Set<string>();
  const changes = found.flatMap((record) => {
    const parties = record.parties.map((party): Party => ({
      ...party,
      id: idAfter(moved, party),
    }));
    if (parties.every(({ id }, i) => id === record.parties[i]?.id)) return [];
    const ids = partyIds(parties);
    for (const id of [...ids, ...record.partyIds]) touched.add(id);
    const filter = filterOf<TieRecord>({
      _id: record._id,
      registeredAt: record.registeredAt,
      registeredNs: record.registeredNs ?? null,
    });
    return [{ updateOne: { filter, update: { $set: { parties, partyIds: ids } } } }];
  });
  if (changes.length === 0) return;
  await collections.ties.bulkWrite(changes, { ordered: false });
  await deriveTies(collections, [...touched]);
}

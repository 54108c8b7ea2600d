import type { Collection } from 'mongodb';
import { compareAndSet } from '../in-step/compare-and-set.js';
import { filterOf, writesOf } from '../in-step/of-any-record.js';
import { versionOf } from '../in-step/registered.js';
import type { AccessFacts } from '../policy/facts.js';

/** A party of a record: the number it came with, and who that is as far as anybody knows yet. */
export interface Party {
  /** A personal number (ten digits) or a CVR number (eight). */
  readonly key: string;
  /** Id of the person or company; null while it is unknown. */
  readonly id: string | null;
}

/** Persons and companies by number, current or former. */
export type ResolvedParties = ReadonlyMap<string, string>;

/** Whom numbers lead to now; null for one that leads to nobody any more. */
export type MovedParties = ReadonlyMap<string, string | null>;

/** @returns the number of a party reference `urn:oio:cpr-nr:…` or `urn:oio:cvr-nr:…`. */
export function partyKey(urn: string): string {
  return urn.slice(urn.lastIndexOf(':') + 1);
}

/** @returns the parties of a record, as far as they are known. */
export function partiesOf(urns: readonly string[], resolved: ResolvedParties): Party[] {
  return urns.map((urn) => ({ key: partyKey(urn), id: resolved.get(partyKey(urn)) ?? null }));
}

/** @returns the distinct ids of those that are known. */
export function partyIds(parties: readonly Party[]): string[] {
  return [...new Set(parties.flatMap(({ id }) => id ?? []))];
}

/** @returns whom a number leads to after a move; whom it led to, when it has not moved */
export function idAfter(moved: MovedParties, { key, id }: Party): string | null {
  const to = moved.get(key);
  return to === undefined ? id : to;
}

/** A stored record with parties. */
export interface PartyHolder {
  readonly _id: string;
  readonly rev: number;
  readonly parties: readonly Party[];
  readonly partyIds: readonly string[];
  readonly access: AccessFacts;
}

/**
 * Leads the parties of stored records to whom their numbers mean now.
 * @returns ids of the records that changed
 */
export async function moveParties<T extends PartyHolder>(
  collection: Collection<T>,
  moved: MovedParties,
): Promise<string[]> {
  const changed = new Set<string>();
  const filter = filterOf<T>({ 'parties.key': { $in: [...moved.keys()] } });
  const projection = { rev: 1, parties: 1, access: 1 };
  await compareAndSet('records and their parties', async () => {
    const holders = await collection.find<PartyHolder>(filter, { projection }).toArray();
    const moves = holders.flatMap((holder) => movedHolder(holder, moved) ?? []);
    if (moves.length === 0) return true;
    for (const { _id } of moves) changed.add(_id);
    const { matchedCount } = await collection.bulkWrite(
      writesOf<T>(
        moves.map(({ _id, rev, ...$set }) => ({
          updateOne: { filter: versionOf({ _id, rev }), update: { $set: { ...$set, rev: rev + 1 } } },
        })),
      ),
      { ordered: false },
    );
    return matchedCount === moves.length;
  });
  return [...changed];
}

function movedHolder(
  { _id, rev, parties, access }: PartyHolder,
  moved: MovedParties,
): PartyHolder | undefined {
  const now = parties.map((party) => ({
    ...party,
    id: idAfter(moved, party),
  }));
  if (now.every(({ id }, i) => id === parties[i]?.id)) return undefined;
  const ids = partyIds(now);
  return { _id, rev, parties: now, partyIds: ids, access: { ...access, parties: ids } };
}

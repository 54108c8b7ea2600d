import type { Db } from 'mongodb';
import { keysOfKind, referenceCollection } from '../../shared/reference/reference-copy.js';
import { accessCollections } from '../source/collections.js';
import type { AuthorityRecord, GovernedRecord, ProviderRecord, SystemRecord } from '../source/records.js';

/** What an installation is set up with, as the store holds it. */
export interface Installation {
  readonly authorities: readonly AuthorityRecord[];
  readonly providers: readonly ProviderRecord[];
  readonly systems: readonly SystemRecord[];
  /** Everything under change control, by id. */
  readonly governed: ReadonlyMap<string, GovernedRecord>;
  readonly kleNumbers: readonly string[];
  /** Organisation units of all authorities: id → CVR number. */
  readonly units: ReadonlyMap<string, string>;
}

/** Reads what an installation is set up with. For the operator's own programs alone: it asks for no permit. */
export async function readInstallation(database: Db): Promise<Installation> {
  const { authorities, systems, governed } = accessCollections(database);
  const references = referenceCollection(database);
  const [known, signIns, registered, items, topics, units] = await Promise.all([
    authorities.find().sort({ _id: 1 }).toArray(),
    readProviders(database),
    systems.find().sort({ code: 1, _id: 1 }).toArray(),
    governed.find().sort({ _id: 1 }).toArray(),
    references.find({ _id: keysOfKind('kle') }, { projection: { _id: 1 } }).toArray(),
    references.find({ _id: keysOfKind('unit') }).toArray(),
  ]);
  return {
    authorities: known,
    providers: signIns,
    systems: registered,
    governed: new Map(items.map((item) => [item._id, item])),
    kleNumbers: topics.map(({ _id }) => _id.slice('kle:'.length)),
    units: new Map(
      units.flatMap((unit) => ('contact' in unit ? [[unit._id.slice('unit:'.length), unit.cvr]] : [])),
    ),
  };
}

/** @returns the identity providers that were set up. For the operator's own programs alone. */
export function readProviders(database: Db): Promise<ProviderRecord[]> {
  return accessCollections(database).providers.find().sort({ _id: 1 }).toArray();
}

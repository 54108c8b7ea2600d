import type { Collection, Db } from 'mongodb';
import { ensureIndexes } from '../../../store/indexes.js';
import type { AgreementRecord, MappingRecord, VersionRecord } from './records.js';

export interface AccessCollections {
  readonly mappings: Collection<MappingRecord>;
  readonly agreements: Collection<AgreementRecord>;
  readonly versions: Collection<VersionRecord>;
}

export function accessCollections(database: Db): AccessCollections {
  return {
    mappings: database.collection<MappingRecord>('mappings'),
    agreements: database.collection<AgreementRecord>('agreements'),
    versions: database.collection<VersionRecord>('versions'),
  };
}

/** Creates the indexes; called at start. */
export async function ensureAccessIndexes({ mappings, agreements }: AccessCollections): Promise<void> {
  await ensureIndexes(mappings, [{ name: 'authority', key: { cvr: 1, uri: 1 }, unique: true }]);
  await ensureIndexes(agreements, [{ name: 'authority', key: { cvr: 1 } }]);
}

import type { Db } from 'mongodb';
import { commonIngest, type CommonIngest } from '../../shared/ingest/ingest-port.js';
import { accessCollections } from '../source/collections.js';
import type { AgreementRecord, MappingRecord } from '../source/records.js';

export interface AccessIngest extends CommonIngest {
  /** Replaces mappings and agreements and raises the version of every authority concerned. */
  configure(mappings: readonly MappingRecord[], agreements: readonly AgreementRecord[]): Promise<void>;
}

/** How seeded mappings and agreements enter; their administration is a later issue. */
export function accessIngest(database: Db): AccessIngest {
  const collections = accessCollections(database);
  return {
    ...commonIngest(database),
    async configure(mappings, agreements) {
      for (const { _id, ...mapping } of mappings)
        await collections.mappings.replaceOne({ _id }, mapping, { upsert: true });
      for (const { _id, ...agreement } of agreements)
        await collections.agreements.replaceOne({ _id }, agreement, { upsert: true });
      const authorities = new Set([...mappings, ...agreements].map((record) => record.cvr));
      for (const cvr of authorities)
        await collections.versions.updateOne({ _id: cvr }, { $inc: { version: 1 } }, { upsert: true });
    },
  };
}

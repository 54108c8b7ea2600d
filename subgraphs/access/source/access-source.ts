import type { Permit } from '../../shared/guard/permit.js';
import type { AccessCollections } from './collections.js';
import type { AgreementRecord, MappingRecord } from './records.js';

type GatewayPermit = Permit<'gateway-internal'>;

/** Reads what decisions rest on. Only the gateway's own identity gets a permit for it. */
export class AccessSource {
  constructor(readonly collections: AccessCollections) {}

  /** @returns 0 for an authority nothing is known of. */
  async version(_permit: GatewayPermit, cvr: string): Promise<number> {
    return (await this.collections.versions.findOne({ _id: cvr }))?.version ?? 0;
  }

  /** @returns the mappings of these roles that hold at a time. */
  mappings(_permit: GatewayPermit, cvr: string, uris: readonly string[], at: Date): Promise<MappingRecord[]> {
    return this.collections.mappings
      .find({
        cvr,
        uri: { $in: [...uris] },
        validFrom: { $lte: at },
        $or: [{ validTo: null }, { validTo: { $gt: at } }],
      })
      .toArray();
  }

  /** @returns the approved agreements of these authorities. */
  agreements(_permit: GatewayPermit, cvrs: readonly string[]): Promise<AgreementRecord[]> {
    return this.collections.agreements.find({ cvr: { $in: [...cvrs] }, status: 'approved' }).toArray();
  }
}

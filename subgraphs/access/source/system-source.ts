import type { Permit } from '../../shared/guard/permit.js';
import { insertedFirst } from '../../shared/in-step/inserted-first.js';
import type { AccessCollections } from './collections.js';
import type { SystemRecord } from './records.js';

/** IT systems that call Overblik, with their keys, and the assertions they have used. */
export class SystemSource {
  constructor(readonly collections: Pick<AccessCollections, 'systems' | 'assertions'>) {}

  /** @returns a system that may call, or null. */
  byId(_permit: Permit<'gateway-internal'>, id: string): Promise<SystemRecord | null> {
    return this.collections.systems.findOne({ _id: id, active: true });
  }

  /** @returns the codes of those source systems that fetch the notes written on their cases. */
  async takingNotes(
    _permit: Permit<'gateway-internal'>,
    agreements: readonly { readonly source: string }[],
  ): Promise<string[]> {
    const codes = agreements.map(({ source }) => source);
    const found = await this.collections.systems
      .find({ code: { $in: codes }, takesNotes: true, active: true }, { projection: { code: 1 } })
      .toArray();
    return found.map(({ code }) => code).sort();
  }

  /** @returns a registered system, for whoever administers jumps to it. */
  registered(
    _permit: Permit<'access-view' | 'access-administer' | 'access-approve'>,
    id: string,
  ): Promise<SystemRecord | null> {
    return this.collections.systems.findOne({ _id: id, active: true });
  }

  /** Notes the use of an assertion. @returns false when it was used before, in whatever process */
  claim(_permit: Permit<'gateway-internal'>, id: string, at: Date): Promise<boolean> {
    return insertedFirst(() => this.collections.assertions.insertOne({ _id: id, at }));
  }
}

import type { Permit } from '../../shared/guard/permit.js';
import type { StoreFilter } from '../../shared/policy/store-filter.js';
import type { CitizenCollections } from './collections.js';
import type { CompanyRecord } from './records.js';

/** Most companies that a search shows. */
const MAX_COMPANIES = 50;

/** The only code that reads companies. The company register is public: whoever may look up persons may look up any. */
export class CompanySource {
  constructor(readonly collections: CitizenCollections) {}

  findByIds(_permit: Permit<'citizen-read'>, ids: readonly string[]): Promise<CompanyRecord[]> {
    return this.collections.companies.find({ _id: { $in: [...ids] } }).toArray();
  }

  /** @param alternatives conditions of which one must hold */
  async search(
    _permit: Permit<'citizen-search'>,
    alternatives: readonly StoreFilter[],
  ): Promise<CompanyRecord[]> {
    const { companies } = this.collections;
    const found = await Promise.all(
      alternatives.map((filter) => companies.find(filter).limit(MAX_COMPANIES).toArray()),
    );
    return [...new Map(found.flat().map((record) => [record._id, record])).values()].slice(0, MAX_COMPANIES);
  }
}

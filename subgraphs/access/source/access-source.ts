import type { Collection } from 'mongodb';
import type { Permit } from '../../shared/guard/permit.js';
import type { ListOrder } from '../../shared/paging/page.js';
import type { StoreFilter } from '../../shared/policy/store-filter.js';
import type { ReferenceRecord } from '../../shared/reference/reference-copy.js';
import { keysOfKind } from '../../shared/reference/reference-copy.js';
import { sortOf } from '../../shared/sections/guarded-list.js';
import { governedId } from '../governed/life-cycle.js';
import type { AccessCollections } from './collections.js';
import type { GovernedKind, GovernedRecord, SimulationRecord, UserRecord } from './records.js';
import { replaceGoverned } from './replace-governed.js';

type GatewayPermit = Permit<'gateway-internal'>;
type OwnPermit = Permit<'access-view' | 'access-administer' | 'access-approve'>;
/** Whoever resolves rights: the gateway for a sign-in, an administrator or approver for a simulation in the own authority. */
type ResolvePermit = Permit<'gateway-internal' | 'access-administer' | 'access-view'>;

export const ITEM_ORDER: ListOrder = [['key', 1]];

const MAX_COLLEAGUES = 500;
const SIMULATION_MS = 10 * 60_000;

/** Reads and writes what decisions rest on. Every method takes a permit; an administrator's reaches the own authority. */
export class AccessSource {
  constructor(
    readonly collections: AccessCollections,
    readonly references: Collection<ReferenceRecord>,
  ) {}

  /** @returns an authority's things of one kind and these keys. */
  byKeys(
    permit: ResolvePermit,
    kind: GovernedKind,
    cvr: string,
    keys: readonly string[],
  ): Promise<GovernedRecord[]> {
    ownOnly(permit, cvr);
    const ids = [...new Set(keys)].map((key) => governedId({ kind, cvr, key }));
    return this.collections.governed.find({ _id: { $in: ids } }).toArray();
  }

  /** @returns every service agreement of an authority, whatever its state. */
  agreements(permit: ResolvePermit, cvr: string): Promise<GovernedRecord[]> {
    ownOnly(permit, cvr);
    return this.collections.governed.find({ cvr, kind: 'agreement' }).sort({ key: 1 }).toArray();
  }

  /** @returns the agreements of one source system with every authority. */
  agreementsOfSystem(_permit: GatewayPermit, code: string): Promise<GovernedRecord[]> {
    return this.collections.governed.find({ key: code, kind: 'agreement' }).toArray();
  }

  user(permit: ResolvePermit, cvr: string, subject: string): Promise<UserRecord | null> {
    ownOnly(permit, cvr);
    return this.collections.users.findOne({ _id: `${cvr}|${subject}` });
  }

  /** @returns the users of a unit who are known as citizens. */
  colleagues(permit: ResolvePermit, cvr: string, unit: string): Promise<UserRecord[]> {
    ownOnly(permit, cvr);
    return this.collections.users
      .find({ cvr, unit, personId: { $ne: null } })
      .limit(MAX_COLLEAGUES)
      .toArray();
  }

  list(permit: OwnPermit, narrow: StoreFilter, limit: number): Promise<GovernedRecord[]> {
    return this.collections.governed
      .find({ $and: [{ cvr: permit.access.cvr }, narrow] })
      .sort(sortOf(ITEM_ORDER))
      .limit(limit)
      .toArray();
  }

  count(permit: OwnPermit, narrow: StoreFilter): Promise<number> {
    return this.collections.governed.countDocuments({ $and: [{ cvr: permit.access.cvr }, narrow] });
  }

  item({ access: { cvr } }: OwnPermit, kind: GovernedKind, key: string): Promise<GovernedRecord | null> {
    return this.collections.governed.findOne({ _id: governedId({ kind, cvr, key }) });
  }

  /** @returns the settings of the caller's authority. */
  settings({ access: { cvr } }: Permit<'break-glass'>): Promise<GovernedRecord | null> {
    return this.collections.governed.findOne({ _id: governedId({ kind: 'settings', cvr, key: 'settings' }) });
  }

  /** Writes a thing as it should become. @returns false when somebody else changed it since `revision` */
  replace(_permit: OwnPermit, item: GovernedRecord, revision: number): Promise<boolean> {
    return replaceGoverned(this.collections, item, revision);
  }

  /** @returns every topic number of the classification. */
  async kleNumbers(_permit: OwnPermit): Promise<string[]> {
    const found = await this.references
      .find({ _id: keysOfKind('kle') }, { projection: { _id: 1 } })
      .toArray();
    return found.map(({ _id }) => _id.slice('kle:'.length));
  }

  /** @returns ids of the authority's organisation units. */
  async units({ access: { cvr } }: OwnPermit): Promise<Set<string>> {
    const found = await this.references.find({ _id: keysOfKind('unit'), cvr }).toArray();
    return new Set(found.map(({ _id }) => _id.slice('unit:'.length)));
  }

  /** @returns how many users of the authority hold a job-function role, and the units they work in. */
  async holders({ access: { cvr } }: OwnPermit, uri: string): Promise<{ count: number; units: string[] }> {
    const found = await this.collections.users
      .find({ cvr, jobFunctionRoles: uri }, { projection: { unit: 1 } })
      .toArray();
    return { count: found.length, units: [...new Set(found.flatMap(({ unit }) => unit ?? []))] };
  }

  async keepSimulation(_permit: OwnPermit, simulation: SimulationRecord): Promise<void> {
    await this.collections.simulations.deleteMany({
      at: { $lt: new Date(simulation.at.getTime() - SIMULATION_MS) },
    });
    await this.collections.simulations.insertOne(simulation);
  }

  /** @returns a user's own simulation while it holds. */
  simulation(
    _permit: GatewayPermit | Permit<'access-view'>,
    id: string,
    by: { readonly cvr: string; readonly subject: string },
    now: Date,
  ): Promise<SimulationRecord | null> {
    return this.collections.simulations.findOne({
      _id: id,
      cvr: by.cvr,
      by: by.subject,
      at: { $gt: new Date(now.getTime() - SIMULATION_MS) },
    });
  }
}

/** An administrator resolves rights of the own authority only; the gateway those of whoever signs in. */
function ownOnly({ access }: ResolvePermit, cvr: string): void {
  if ('cvr' in access && access.cvr !== cvr) throw new TypeError('another authority');
}

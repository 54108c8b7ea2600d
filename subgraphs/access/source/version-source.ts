import { randomUUID } from 'node:crypto';
import type { Permit } from '../../shared/guard/permit.js';
import { compareAndSet } from '../../shared/in-step/compare-and-set.js';
import type { AccessCollections } from './collections.js';
import type { AccessVersionRecord } from './records.js';

/** A change that takes longer than this to end is taken for broken off; the next reader counts it. */
const PENDING_MS = 3000;

type ChangePermit = Permit<'access-administer' | 'access-approve' | 'access-view' | 'break-glass'>;

/**
 * The version every gateway polls. A change is announced before it is written and ended after, so that no reader keeps
 * what was there before: a writer that dies in between leaves a pending mark, which the next reader turns into a version.
 */
export class VersionSource {
  constructor(
    readonly collections: Pick<AccessCollections, 'versions'>,
    readonly now: () => Date,
  ) {}

  /** @returns the version of an authority now; 0 when nothing is known of it. */
  async read(_permit: Permit<'gateway-internal'>, cvr: string): Promise<number> {
    const known = await this.collections.versions.findOne({ _id: cvr });
    if (!known) return 0;
    const abandoned = Object.entries(known.pending).filter(
      ([, since]) => this.now().getTime() - since.getTime() > PENDING_MS,
    );
    for (const [id] of abandoned) await this.#end(cvr, id, []);
    return abandoned.length > 0 ? this.read(_permit, cvr) : this.#effective(known);
  }

  /**
   * Makes a change that decisions rest on.
   * @param boundaries times at which something begins or ends by itself
   */
  change<T>(
    _permit: ChangePermit,
    cvr: string,
    boundaries: readonly Date[],
    write: () => Promise<T>,
  ): Promise<T> {
    return this.changeAsOwner(cvr, boundaries, write);
  }

  /** The same for ingest, which is not asked by any caller. */
  async changeAsOwner<T>(cvr: string, boundaries: readonly Date[], write: () => Promise<T>): Promise<T> {
    const id = randomUUID();
    await this.collections.versions.updateOne(
      { _id: cvr },
      { $setOnInsert: { version: 0, boundaries: [] }, $set: { [`pending.${id}`]: this.now() } },
      { upsert: true },
    );
    const result = await write();
    await this.#end(cvr, id, boundaries);
    return result;
  }

  #effective({ version, boundaries }: AccessVersionRecord): number {
    return version + boundaries.filter((time) => time <= this.now()).length;
  }

  /** Raises the version, folds the times that have passed into it and notes the new ones. */
  async #end(cvr: string, id: string, boundaries: readonly Date[]): Promise<void> {
    await compareAndSet('the version of what decisions rest on', async () => {
      const known = await this.collections.versions.findOne({ _id: cvr });
      if (!known) return true;
      const times = [...known.boundaries, ...boundaries].filter((time) => time > this.now());
      const distinct = [...new Map(times.map((time) => [time.getTime(), time])).values()];
      const { modifiedCount } = await this.collections.versions.updateOne(
        { _id: cvr, version: known.version },
        {
          $set: { version: this.#effective(known) + 1, boundaries: distinct },
          $unset: { [`pending.${id}`]: '' },
        },
      );
      return modifiedCount === 1;
    });
  }
}

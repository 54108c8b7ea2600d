import type { Permit } from '../../shared/guard/permit.js';
import type { AccessCollections } from '../source/collections.js';

/** Sessions as an administrator reaches them: to end them, never to read them. */
export class SessionSource {
  constructor(readonly collections: Pick<AccessCollections, 'sessions'>) {}

  /** @returns how many were open */
  async endAllOf(
    { access: { cvr } }: Permit<'access-administer'>,
    subject: string,
    at: Date,
  ): Promise<number> {
    const { modifiedCount } = await this.collections.sessions.updateMany(
      { cvr, subject, ended: null },
      { $set: { ended: { at, why: 'REVOKED' as const } } },
    );
    return modifiedCount;
  }
}

import type { Filter } from 'mongodb';
import type {
  EndedSessions,
  NamedSessions,
  SessionEnd,
  SessionsPort,
  UserName,
} from '../../shared/ports/sessions.js';
import type { AccessCollections } from '../source/collections.js';
import type { SessionRecord } from '../source/session-records.js';

type EndsPort = Pick<SessionsPort, 'endSession' | 'endSessionsOf' | 'endProviderSessions'>;
type Sessions = Pick<AccessCollections, 'sessions'>;

/** How sessions end before their time: by the user, by whoever took the access away, by the identity provider. */
export function sessionEnds(collections: Sessions): EndsPort {
  return {
    async endSession(id, at) {
      const found = await collections.sessions.findOne({ _id: id });
      if (!found) return false;
      const { cvr, subject, browser } = found;
      return (await endOpen(collections, { cvr, subject, browser }, 'SIGNED_OUT', at)) > 0;
    },
    endSessionsOf: (cvr, subject, at) => endOpen(collections, { cvr, subject }, 'REVOKED', at),
    endProviderSessions: (named, at) => endNamed(collections, named, at),
  };
}

/** Ends the open sessions among some. @returns how many */
export async function endOpen(
  { sessions }: Sessions,
  filter: Filter<SessionRecord>,
  why: SessionEnd,
  at: Date,
): Promise<number> {
  const open = { ...filter, ended: null };
  return (await sessions.updateMany(open, { $set: { ended: { at, why } } })).modifiedCount;
}

async function endNamed(
  collections: Sessions,
  { provider, nameId, sessionIndexes }: NamedSessions,
  at: Date,
): Promise<EndedSessions> {
  const known = await collections.sessions
    .find({ 'from.provider': provider, 'from.nameId': nameId })
    .toArray();
  const isNamed = ({ from: { sessionIndex } }: SessionRecord) =>
    // One that bears no index cannot be distinguished from the one that is meant.
    sessionIndexes.length === 0 || sessionIndex === null || sessionIndexes.includes(sessionIndex);
  const ended: UserName[] = [];
  for (const { cvr, subject, browser } of known.filter(isNamed)) {
    const count = await endOpen(collections, { cvr, subject, browser }, 'SIGNED_OUT', at);
    ended.push(...Array.from({ length: count }, () => ({ cvr, subject })));
  }
  const isWhole = sessionIndexes.every((index) => known.some(({ from }) => from.sessionIndex === index));
  return { ended, isKnown: known.length > 0, isWhole };
}

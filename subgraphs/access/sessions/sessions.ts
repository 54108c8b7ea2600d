import type { DoorsPort, LiveSession, Rotation, SessionEnd, UserName } from '../../shared/ports/sessions.js';
import { settingsAt } from '../governed/effective.js';
import { governedId } from '../governed/life-cycle.js';
import type { AccessCollections } from '../source/collections.js';
import type { SessionRecord } from '../source/session-records.js';

type SessionPort = Pick<
  DoorsPort,
  | 'startSession'
  | 'session'
  | 'touchSession'
  | 'rotateSession'
  | 'endSession'
  | 'endSessionsOf'
  | 'endProviderSessions'
  | 'sharedBrowser'
  | 'reachPerson'
  | 'userAs'
>;

const MINUTE_MS = 60_000;
/** Windows of one browser may refresh at the same moment: the one before still counts this long, and gets nothing new. */
const RECENT_MS = 10_000;
/** Persons one session's jumps keep within reach; the oldest gives way. */
const MAX_REACH = 50;

/** Keeps sessions: idle and absolute limits are the municipality's own and looked up with every use. */
export function sessionPort(collections: AccessCollections): SessionPort {
  const { sessions, users } = collections;
  const end = async (filter: object, why: SessionEnd, at: Date): Promise<number> => {
    const open = { ...filter, ended: null };
    return (await sessions.updateMany(open, { $set: { ended: { at, why } } })).modifiedCount;
  };
  /** Live sessions of one user in one browser: tabs that signed in beside each other. */
  const siblings = async (browsers: readonly string[], { cvr, subject }: UserName, at: Date) => {
    const open = { browser: { $in: [...browsers] }, cvr, subject, ended: null };
    const live: SessionRecord[] = [];
    for (const session of await sessions.find(open).toArray())
      if (await isLive(collections, session, at)) live.push(session);
    return live;
  };
  const look = async (id: string, at: Date) => {
    const found = await sessions.findOne({ _id: id });
    return found ? lookAt(collections, found, at) : ({ ended: 'UNKNOWN' } as const);
  };
  return {
    async startSession({ id: _id, who, from, browser, refresh, at }) {
      const { cvr, subject } = who;
      const times = { rotatedAt: at, startedAt: at, usedAt: at };
      const rest = { previousRefresh: null, ended: null, reach: [] };
      await sessions.insertOne({ _id, cvr, subject, who, from, browser, refresh, ...times, ...rest });
      // What jumps of other tabs have brought is read after this session can be found by theirs: either one sees the other.
      const reach = (await siblings([browser], who, at)).flatMap((one) => one.reach);
      await widen(sessions, _id, reach);
    },
    session: look,
    async touchSession(id, at) {
      await sessions.updateOne({ _id: id, ended: null }, { $max: { usedAt: at } });
    },
    async rotateSession(id, presented, next, at): Promise<Rotation> {
      const state = await look(id, at);
      if ('ended' in state) return state.ended;
      const { modifiedCount } = await sessions.updateOne(
        { _id: id, refresh: presented, ended: null },
        { $set: { refresh: next, previousRefresh: presented, rotatedAt: at }, $max: { usedAt: at } },
      );
      if (modifiedCount === 1) return 'ROTATED';
      const known = await sessions.findOne({ _id: id });
      const isRecent =
        known?.previousRefresh === presented && at.getTime() - known.rotatedAt.getTime() < RECENT_MS;
      if (isRecent) return 'RECENT';
      // Whoever presents a token that has been changed for another holds a copy: nobody keeps the session.
      await end({ _id: id }, 'REFRESH_REUSED', at);
      return 'REFRESH_REUSED';
    },
    async endSession(id, at) {
      const found = await sessions.findOne({ _id: id });
      if (!found) return false;
      const { cvr, subject, browser } = found;
      return (await end({ cvr, subject, browser }, 'SIGNED_OUT', at)) > 0;
    },
    endSessionsOf: (cvr, subject, at) => end({ cvr, subject }, 'REVOKED', at),
    async endProviderSessions({ provider, nameId, sessionIndexes }, at) {
      const known = await sessions.find({ 'from.provider': provider, 'from.nameId': nameId }).toArray();
      const isNamed = ({ from: { sessionIndex } }: SessionRecord) =>
        // One that bears no index cannot be told from the one that is meant.
        sessionIndexes.length === 0 || sessionIndex === null || sessionIndexes.includes(sessionIndex);
      const ended: UserName[] = [];
      for (const { cvr, subject, browser } of known.filter(isNamed)) {
        const count = await end({ cvr, subject, browser }, 'SIGNED_OUT', at);
        ended.push(...Array.from({ length: count }, () => ({ cvr, subject })));
      }
      const isWhole = sessionIndexes.every((index) => known.some(({ from }) => from.sessionIndex === index));
      return { ended, isKnown: known.length > 0, isWhole };
    },
    sharedBrowser: async (browsers, user, at) => (await siblings(browsers, user, at))[0]?.browser ?? null,
    async reachPerson(id, citizenId, at) {
      const found = await sessions.findOne({ _id: id });
      if (!found) return;
      await widen(sessions, id, [citizenId]);
      for (const { _id } of await siblings([found.browser], found, at))
        await widen(sessions, _id, [citizenId]);
    },
    async userAs(cvr, subject) {
      const found = await users.findOne({ _id: `${cvr}|${subject}` });
      return { unit: found?.unit ?? null, personId: found?.personId ?? null };
    },
  };
}

/** Adds persons within reach; two at once are both kept. */
async function widen(
  sessions: AccessCollections['sessions'],
  _id: string,
  persons: readonly string[],
): Promise<void> {
  for (const person of new Set(persons))
    await sessions.updateOne({ _id, ended: null }, { $addToSet: { reach: person } });
  const now = persons.length === 0 ? null : await sessions.findOne({ _id });
  const surplus = now?.reach.slice(0, -MAX_REACH) ?? [];
  if (surplus.length > 0) await sessions.updateOne({ _id }, { $pull: { reach: { $in: surplus } } });
}

/** @returns whether a session is still good. */
export async function isLive(
  collections: AccessCollections,
  session: SessionRecord,
  at: Date,
): Promise<boolean> {
  return 'live' in (await lookAt(collections, session, at));
}

async function lookAt(
  { governed }: AccessCollections,
  { ended, cvr, who, from, browser, usedAt, startedAt, reach }: SessionRecord,
  at: Date,
): Promise<{ readonly live: LiveSession } | { readonly ended: SessionEnd }> {
  if (ended) return { ended: ended.why };
  const item = await governed.findOne({ _id: governedId({ kind: 'settings', cvr, key: 'settings' }) });
  const { sessionIdleMinutes, sessionHours } = settingsAt(item, at);
  const idleEndsAt = new Date(usedAt.getTime() + sessionIdleMinutes * MINUTE_MS);
  const endsAt = new Date(startedAt.getTime() + sessionHours * 60 * MINUTE_MS);
  if (endsAt <= at) return { ended: 'TOO_OLD' };
  if (idleEndsAt <= at) return { ended: 'IDLE' };
  return { live: { who, from, browser, idleEndsAt, endsAt, reach } };
}

import type { NewSession, Rotation, SessionsPort } from '../../shared/ports/sessions.js';
import type { AccessCollections } from '../source/collections.js';
import { endOpen, sessionEnds } from './session-ends.js';
import { sessionState, siblings } from './session-state.js';

type SessionPort = Pick<
  SessionsPort,
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

/** Windows of one browser may refresh at the same moment: the one before still counts this long, and gets nothing new. */
const RECENT_MS = 10_000;
/** Persons one session's jumps keep within reach; the oldest gives way. */
const MAX_REACH = 50;

/** Keeps sessions: idle and absolute limits are the municipality's own and looked up with every use. */
export function sessionPort(collections: AccessCollections): SessionPort {
  const { sessions, users } = collections;
  return {
    ...sessionEnds(collections),
    startSession: (session) => start(collections, session),
    session: (id, at) => sessionState(collections, id, at),
    async touchSession(id, at) {
      await sessions.updateOne({ _id: id, ended: null }, { $max: { usedAt: at } });
    },
    rotateSession: (id, presented, next, at) => rotate(collections, id, { presented, next }, at),
    async sharedBrowser(browsers, user, at) {
      return (await siblings(collections, browsers, user, at))[0]?.browser ?? null;
    },
    async reachPerson(id, citizenId, at) {
      const found = await sessions.findOne({ _id: id });
      if (!found) return;
      // The session itself is among them.
      for (const { _id } of await siblings(collections, [found.browser], found, at))
        await widen(sessions, _id, [citizenId]);
    },
    async userAs(cvr, subject) {
      const found = await users.findOne({ _id: `${cvr}|${subject}` });
      return { unit: found?.unit ?? null, personId: found?.personId ?? null };
    },
  };
}

async function start(
  collections: AccessCollections,
  { id: _id, who, from, browser, refresh, at }: NewSession,
): Promise<void> {
  const { sessions } = collections;
  const { cvr, subject } = who;
  const times = { rotatedAt: at, startedAt: at, usedAt: at };
  const rest = { previousRefresh: null, ended: null, reach: [] };
  await sessions.insertOne({ _id, cvr, subject, who, from, browser, refresh, ...times, ...rest });
  // What jumps of other tabs have brought is read after this session can be found by theirs: either one sees the other.
  const reach = (await siblings(collections, [browser], who, at)).flatMap((sibling) => sibling.reach);
  await widen(sessions, _id, reach);
}

async function rotate(
  collections: AccessCollections,
  id: string,
  { presented, next }: { readonly presented: string; readonly next: string },
  at: Date,
): Promise<Rotation> {
  const { sessions } = collections;
  const state = await sessionState(collections, id, at);
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
  await endOpen(collections, { _id: id }, 'REFRESH_REUSED', at);
  return 'REFRESH_REUSED';
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

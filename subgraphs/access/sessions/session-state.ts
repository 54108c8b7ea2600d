import type { SessionLook, UserName } from '../../shared/ports/sessions.js';
import { settingsAt } from '../governed/effective.js';
import { governedId } from '../governed/life-cycle.js';
import type { AccessCollections } from '../source/collections.js';
import type { SessionRecord } from '../source/session-records.js';

const MINUTE_MS = 60_000;

/** @returns what a session is by the limits of this moment. */
export async function sessionState(
  collections: AccessCollections,
  id: string,
  at: Date,
): Promise<SessionLook> {
  const found = await collections.sessions.findOne({ _id: id });
  return found ? lookAt(collections, found, at) : { ended: 'UNKNOWN' };
}

/** @returns live sessions of one user in one browser: tabs that signed in beside each other. */
export async function siblings(
  collections: AccessCollections,
  browsers: readonly string[],
  { cvr, subject }: UserName,
  at: Date,
): Promise<SessionRecord[]> {
  const open = { browser: { $in: [...browsers] }, cvr, subject, ended: null };
  const live: SessionRecord[] = [];
  for (const session of await collections.sessions.find(open).toArray())
    if (await isLive(collections, session, at)) live.push(session);
  return live;
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
): Promise<SessionLook> {
  if (ended) return { ended: ended.why };
  const item = await governed.findOne({ _id: governedId({ kind: 'settings', cvr, key: 'settings' }) });
  const { sessionIdleMinutes, sessionHours } = settingsAt(item, at);
  const idleEndsAt = new Date(usedAt.getTime() + sessionIdleMinutes * MINUTE_MS);
  const endsAt = new Date(startedAt.getTime() + sessionHours * 60 * MINUTE_MS);
  if (endsAt <= at) return { ended: 'TOO_OLD' };
  if (idleEndsAt <= at) return { ended: 'IDLE' };
  return { live: { who, from, browser, idleEndsAt, endsAt, reach } };
}

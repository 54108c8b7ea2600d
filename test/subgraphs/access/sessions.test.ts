import { expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { accessCollections } from '../../../subgraphs/access/source/collections.js';
import { DEFAULT_SETTINGS } from '../../../subgraphs/access/governed/effective.js';
import { TARGET, useAccess } from '../../kit/use-access.js';

const { access, database } = useAccess();

const CVR = '12345678';
const START = new Date('2026-03-01T08:00:00Z');
const after = (minutes: number) => new Date(START.getTime() + minutes * 60_000);
const begin = async (cvr = CVR, { browser = 'b', at = START } = {}): Promise<string> => {
  const id = randomUUID();
  const who = {
    subject: 'user',
    cvr,
    unit: null,
    personId: null,
    roles: [],
    assurance: 'SUBSTANTIAL' as const,
  };
  const from = { provider: 'p', nameId: 'n', nameIdFormat: 'f', sessionIndex: id };
  await access().startSession({ id, who, from, browser, refresh: 'r0', at });
  return id;
};
const state = async (id: string, at: Date) => {
  const look = await access().session(id, at);
  return 'live' in look ? 'live' : look.ended;
};

test('a session ends when it has not been used, and in any case, as the municipality has set', async () => {
  const content = { ...DEFAULT_SETTINGS, sessionIdleMinutes: 5, sessionHours: 1 };
  await access().configure([{ cvr: CVR, key: 'settings', content }], new Date('2020-01-01T00:00:00Z'));
  const id = await begin();
  expect(await state(id, after(4.9))).toBe('live');
  expect(await state(id, after(5))).toBe('IDLE');
  for (let minutes = 4; minutes < 60; minutes += 4) await access().touchSession(id, after(minutes));
  expect(await state(id, after(59))).toBe('live');
  expect(await state(id, after(60))).toBe('TOO_OLD');
  const elsewhere = await begin('23456780');
  expect(await state(elsewhere, after(DEFAULT_SETTINGS.sessionIdleMinutes - 1))).toBe('live');
  expect(await state(randomUUID(), after(1))).toBe('UNKNOWN');
});

test('a refresh token is changed once; within ten seconds the one before counts, after that it ends the session', async () => {
  const id = await begin();
  const rotate = (presented: string, next: string, at: Date) =>
    access().rotateSession(id, presented, next, at);
  expect(await rotate('r0', 'r1', after(1))).toBe('ROTATED');
  expect(await rotate('r0', 'x', new Date(after(1).getTime() + 9_999))).toBe('RECENT');
  expect(await state(id, after(2))).toBe('live');
  expect(await rotate('r0', 'x', new Date(after(1).getTime() + 10_000))).toBe('REFRESH_REUSED');
  expect(await state(id, after(2))).toBe('REFRESH_REUSED');
  expect(await rotate('r1', 'r2', after(2))).toBe('REFRESH_REUSED');
});

test('a token that never was the session’s ends it, however short the time since the last change', async () => {
  const id = await begin();
  expect(await access().rotateSession(id, 'r0', 'r1', after(1))).toBe('ROTATED');
  expect(await access().rotateSession(id, 'invented', 'x', after(1))).toBe('REFRESH_REUSED');
  expect(await state(id, after(1))).toBe('REFRESH_REUSED');
});

test('a session says to the millisecond when it ends, and whose browser has it', async () => {
  const id = await begin('34567892', { browser: 'alone' });
  const { sessionIdleMinutes, sessionHours } = DEFAULT_SETTINGS;
  expect(await access().session(id, after(1))).toMatchObject({
    live: { idleEndsAt: after(sessionIdleMinutes), endsAt: after(sessionHours * 60) },
  });
  const user = { cvr: '34567892', subject: 'user' };
  expect(await access().sharedBrowser(['alone'], user, after(1))).toBe('alone');
});

test('a session that is over gives no new token, whoever presents the right one', async () => {
  const [ended, idle] = [await begin(), await begin('23456780', { browser: 'idle' })];
  await access().rotateSession(ended, 'r0', 'r1', after(1));
  await access().endSession(ended, after(1));
  for (const presented of ['r0', 'r1'])
    expect(await access().rotateSession(ended, presented, 'x', after(1))).toBe('SIGNED_OUT');
  const later = after(DEFAULT_SETTINGS.sessionIdleMinutes);
  expect(await access().rotateSession(idle, 'r0', 'r1', later)).toBe('IDLE');
  expect(await access().rotateSession(randomUUID(), 'r0', 'r1', after(1))).toBe('UNKNOWN');
});

test('a user has the unit and the person that the organisation delivered, in each authority its own', async () => {
  const user = { cvr: CVR, subject: 'employee', name: null, jobFunctionRoles: [] };
  await access().users([{ ...user, unit: 'unit', personId: 'person' }]);
  await access().users([{ ...user, cvr: '23456780', unit: null, personId: null }]);
  expect(await access().userAs(CVR, 'employee')).toEqual({ unit: 'unit', personId: 'person' });
  const nobody = { unit: null, personId: null };
  expect(await access().userAs('23456780', 'employee')).toEqual(nobody);
  expect(await access().userAs(CVR, 'stranger')).toEqual(nobody);
});

test('of two windows that refresh at the same moment one rotates, and neither ends the session', async () => {
  const id = await begin();
  const states = await Promise.all(
    ['a', 'b', 'c'].map((next) => access().rotateSession(id, 'r0', next, after(1))),
  );
  expect([...states].sort()).toEqual(['RECENT', 'RECENT', 'ROTATED']);
  expect(await state(id, after(2))).toBe('live');
});

test('a sign-in is taken up once, by its own browser, in time; what may happen once happens once', async () => {
  const request = { id: '_1', browser: 'b', provider: 'p', cvr: CVR, returnTo: '/', until: after(10) };
  await access().beginSignIn(request);
  expect(await access().takeSignIn('_1', 'other', after(1))).toBeNull();
  expect(await access().takeSignIn('_1', 'b', after(10))).toBeNull();
  const both = await Promise.all([1, 2].map(() => access().takeSignIn('_1', 'b', after(1))));
  expect(both.filter((taken) => taken !== null)).toEqual([request]);
  expect([await access().once('x', after(1)), await access().once('x', after(1))]).toEqual([true, false]);
});

test('a ticket holds sixty seconds, is used once, and its jump waits once', async () => {
  const target = {
    source: 'KSD',
    sourceName: 'KSD',
    cvr: CVR,
    subject: 'user',
    citizenId: null,
    caseId: null,
    purpose: null,
  };
  await access().keepTicket('late', target, after(1));
  expect(await access().arrive('late', 'j0', after(11), after(1))).toEqual({
    refused: 'TICKET_EXPIRED',
    cvr: CVR,
  });
  await access().keepTicket('t', target, after(1));
  const arrivals = await Promise.all(
    ['j1', 'j2'].map((jump) => access().arrive('t', jump, after(11), START)),
  );
  expect(arrivals.filter((look) => 'target' in look)).toEqual([{ target }]);
  const won = 'target' in arrivals[0]! ? 'j1' : 'j2';
  expect(await access().takeJump(won, after(11))).toEqual({ refused: 'TICKET_EXPIRED', cvr: CVR });
  const taken = await Promise.all([1, 2].map(() => access().takeJump(won, after(5))));
  expect(taken.filter((look) => 'target' in look)).toHaveLength(1);
  await access().forgetOldSessions(after(60 * 48));
  expect(await access().takeJump(won, after(5))).toEqual({ refused: 'TICKET_REPLAYED', cvr: CVR });
  await access().forgetOldSessions(after(60 * 48 + 12));
  expect(await access().takeJump(won, after(5))).toEqual({ refused: 'TICKET_UNKNOWN', cvr: null });
});

test('of two requests of one link at once both wait for the jump, one takes it, and a later one waits for nothing', async () => {
  const target = {
    source: 'KSD',
    sourceName: 'KSD',
    cvr: CVR,
    subject: 'user',
    citizenId: 'person',
    caseId: null,
    purpose: null,
  };
  const APART = 10_000;
  const beside = (jump: string, ms: number) =>
    access().arriveBeside('double', jump, new Date(after(11).getTime() + ms), APART);
  expect(await beside('b0', 0)).toBeNull();
  await access().keepTicket('double', target, after(1));
  // Not used yet: there is nothing to wait beside.
  expect(await beside('b1', 0)).toBeNull();
  await access().arrive('double', 'b2', after(11), START);
  expect(await beside('b3', APART + 1)).toBeNull();
  expect(await beside('b4', APART)).toEqual(target);
  expect(await access().spentJump('b4')).toBeNull();
  const taken = await Promise.all(['b2', 'b4'].map((jump) => access().takeJump(jump, after(5))));
  expect(taken.filter((look) => 'target' in look)).toEqual([{ target }]);
  expect(await access().spentJump('b4')).toMatchObject({ target });
  expect(await beside('b5', 0)).toBeNull();
});

test('a used assertion is remembered for as long as one could be used again, and no longer', async () => {
  const { assertions } = accessCollections(database());
  await assertions.insertMany([
    { _id: 'over', at: after(-2.1) },
    { _id: 'could be used', at: after(-1.2) },
  ]);
  await access().forgetOldSessions(START);
  expect((await assertions.find().toArray()).map(({ _id }) => _id)).toEqual(['could be used']);
});

test('a spent sign-in tells its own browser where it was to lead, and others only that it is spent', async () => {
  const request = {
    id: '_spent',
    browser: 'own',
    provider: 'p',
    cvr: CVR,
    returnTo: '/inbox',
    until: after(10),
  };
  await access().beginSignIn(request);
  const spent = (browsers: string[], at = after(1)) => access().spentSignIn('_spent', browsers, at);
  expect(await spent(['own'])).toBeNull();
  expect(await spent(['other'], after(11))).toBeNull();
  const begun = { cvr: CVR, returnTo: '/inbox' };
  expect(await spent(['own'], after(11))).toEqual({ ...begun, own: true, user: null, live: null });
  await access().takeSignIn('_spent', 'own', after(1));
  expect(await spent(['own'])).toEqual({ ...begun, own: true, user: null, live: null });
  const id = await begin(CVR, { browser: 'spent' });
  await access().signedIn('_spent', id);
  const user = { cvr: CVR, subject: 'user' };
  expect(await spent(['x', 'own'])).toEqual({ ...begun, own: true, user, live: user });
  // Known by the sign-in alone the session is somebody's, and not this browser's.
  expect(await spent(['x'])).toEqual({ ...begun, own: false, user, live: null });
  await access().endSession(id, after(2));
  expect(await spent(['own'], after(3))).toEqual({ ...begun, own: true, user, live: null });
  expect(await access().spentSignIn('_never', ['own'], after(1))).toBeNull();
});

test('a used ticket and a jump that was taken up say what they asked for; others say nothing', async () => {
  await access().keepTicket('used', TARGET, after(1));
  expect([await access().spentTicket('used'), await access().spentTicket('never')]).toEqual([null, null]);
  await access().arrive('used', 'jump', after(11), START);
  expect(await access().spentTicket('used')).toEqual({ ticket: 'used', target: TARGET, jump: 'jump' });
  expect(await access().spentJump('jump')).toBeNull();
  await access().takeJump('jump', after(1));
  expect(await access().spentJump('jump')).toEqual({ ticket: 'used', target: TARGET, jump: 'jump' });
});

test('sessions of one user in one browser share whom jumps brought within reach; others do not', async () => {
  const at = after(60 * 24 * 30);
  const later = new Date(at.getTime() + 60_000);
  const reach = async (id: string) => {
    const look = await access().session(id, later);
    return 'live' in look ? [...look.live.reach].sort() : look.ended;
  };
  const [first, elsewhere] = [
    await begin(CVR, { browser: 'tabs', at }),
    await begin(CVR, { browser: 'other', at }),
  ];
  await access().reachPerson(first, 'p1', at);
  const second = await begin(CVR, { browser: 'tabs', at });
  await Promise.all([access().reachPerson(second, 'p2', at), access().reachPerson(first, 'p3', at)]);
  expect(await reach(first)).toEqual(['p1', 'p2', 'p3']);
  expect(await reach(second)).toEqual(['p1', 'p2', 'p3']);
  expect(await reach(elsewhere)).toEqual([]);
  expect(await access().sharedBrowser(['x', 'tabs'], { cvr: CVR, subject: 'user' }, at)).toBe('tabs');
  expect(await access().sharedBrowser(['x'], { cvr: CVR, subject: 'user' }, at)).toBeNull();
  expect(await access().sharedBrowser(['tabs'], { cvr: CVR, subject: 'another' }, at)).toBeNull();
  // One that nobody has used for too long hands nothing on.
  const idle = new Date(at.getTime() + 24 * 3_600_000);
  const next = await begin(CVR, { browser: 'tabs', at: idle });
  expect(await access().session(next, idle)).toMatchObject({ live: { reach: [] } });
  for (let i = 0; i < 61; i++) await access().reachPerson(next, `q${i}`, idle);
  const bounded = await access().session(next, idle);
  expect('live' in bounded && bounded.live.reach).toEqual(Array.from({ length: 50 }, (_, i) => `q${i + 11}`));
  expect(await access().endSession(second, later)).toBe(true);
  expect([await reach(first), await reach(second)]).toEqual(['SIGNED_OUT', 'SIGNED_OUT']);
  expect(await reach(elsewhere)).toEqual([]);
  expect(await access().endSession(second, later)).toBe(false);
});

test('every session an identity provider names ends, and what is not known here is answered', async () => {
  const cvr = '34567892';
  const start = async (sessionIndex: string | null, browser: string): Promise<string> => {
    const id = randomUUID();
    const who = { subject: 'user', cvr, unit: null, personId: null, roles: [], assurance: 'HIGH' as const };
    const from = { provider: 'named', nameId: 'n', nameIdFormat: 'f', sessionIndex };
    await access().startSession({ id, who, from, browser, refresh: 'r', at: START });
    return id;
  };
  const [first, two, three] = [await start('1', 'b1'), await start('2', 'b2'), await start('3', 'b3')];
  const beside = await start('4', 'b1');
  const user = { cvr, subject: 'user' };
  const endNamed = (...sessionIndexes: string[]) =>
    access().endProviderSessions({ provider: 'named', nameId: 'n', sessionIndexes }, after(1));

  const both = await endNamed('1', '2');
  expect(both).toEqual({ ended: [user, user, user], isKnown: true, isWhole: true });
  for (const id of [first, two, beside]) expect(await state(id, after(1))).toBe('SIGNED_OUT');
  expect(await state(three, after(1))).toBe('live');
  // What is over already is over; what never was here is not said to be.
  expect(await endNamed('1')).toEqual({ ended: [], isKnown: true, isWhole: true });
  expect(await endNamed('3', 'never')).toEqual({ ended: [user], isKnown: true, isWhole: false });
  expect(await state(three, after(1))).toBe('SIGNED_OUT');
  const nameless = await start(null, 'b5');
  expect((await endNamed('other')).ended).toEqual([user]);
  expect(await state(nameless, after(1))).toBe('SIGNED_OUT');
  const last = await start('6', 'b6');
  expect((await endNamed()).ended).toEqual([user]);
  expect(await state(last, after(1))).toBe('SIGNED_OUT');
  const nobody = { provider: 'named', nameId: 'nobody', sessionIndexes: [] };
  expect(await access().endProviderSessions(nobody, after(1))).toEqual({
    ended: [],
    isKnown: false,
    isWhole: true,
  });
});

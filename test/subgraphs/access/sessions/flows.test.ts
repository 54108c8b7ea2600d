import { expect, test } from '@jest/globals';
import { TARGET, useAccess } from '../../../kit/use-access.js';

const { access } = useAccess();

const CVR = '12345678';
const START = new Date('2026-03-01T08:00:00Z');
const after = (minutes: number) => new Date(START.getTime() + minutes * 60_000);

test('a ticket that nobody gave is unknown; one that is used, or was used at the same moment, is replayed', async () => {
  const arrive = (jump: string, at = START) => access().arrive('ticket', jump, after(11), at);
  expect(await arrive('early')).toEqual({ refused: 'TICKET_UNKNOWN', cvr: null });
  await access().keepTicket('ticket', TARGET, after(1));
  const both = await Promise.all([arrive('one'), arrive('two')]);
  const replayed = { refused: 'TICKET_REPLAYED', cvr: CVR };
  expect(both.filter((look) => 'refused' in look)).toEqual([replayed]);
  // That it has been used says more than that it is over.
  expect([await arrive('three'), await arrive('four', after(2))]).toEqual([replayed, replayed]);
});

test('requests of one link wait beside each other only once it is used, and what they wait for is taken once', async () => {
  await access().keepTicket('double', TARGET, after(20));
  expect(await access().arriveBeside('double', 'too early', after(11), 60_000)).toBeNull();
  await access().arrive('double', 'first', after(11), START);
  for (const jump of ['second', 'third'])
    expect(await access().arriveBeside('double', jump, after(11), 60_000)).toEqual(TARGET);
  expect(await access().takeJump('third', after(2))).toEqual({ target: TARGET });
  for (const jump of ['first', 'second'])
    expect(await access().takeJump(jump, after(2))).toEqual({ refused: 'TICKET_REPLAYED', cvr: CVR });
  expect(await access().spentJump('second')).toEqual({ ticket: 'double', target: TARGET, jump: 'first' });
});

const signIn = (id: string, browser: string, cvr = CVR) => {
  const request = { id, browser, provider: 'p', cvr, returnTo: '/', until: after(10) };
  return access()
    .beginSignIn(request)
    .then(() => request);
};
const begin = (id: string, subject: string, browser: string) => {
  const who = { subject, cvr: CVR, unit: null, personId: null, roles: [], assurance: 'HIGH' as const };
  const from = { provider: 'p', nameId: 'n', nameIdFormat: 'f', sessionIndex: null };
  return access().startSession({ id, who, from, browser, refresh: id, at: START });
};

test('of one sign-in the first gets what it asked for, and the second nothing', async () => {
  const request = await signIn('_once', 'once');
  expect(await access().takeSignIn('_once', 'once', after(1))).toEqual(request);
  expect(await access().takeSignIn('_once', 'once', after(1))).toBeNull();
});

test('the authority of a browser’s sign-in is known, and nobody’s where there is none', async () => {
  await signIn('_authority', 'authority');
  expect(await access().signInAuthority('authority')).toBe(CVR);
  expect(await access().signInAuthority('nobody')).toBeNull();
});

test('a sign-in is over at the moment it ends', async () => {
  await signIn('_over', 'over');
  expect(await access().spentSignIn('_over', ['over'], new Date(after(10).getTime() - 1))).toBeNull();
  expect(await access().spentSignIn('_over', ['over'], after(10))).toMatchObject({ own: true });
});

test('who spent a sign-in is its own user, and who is signed in is whoever the browser’s sign-ins have begun', async () => {
  for (const [name, browser] of [
    ['a', 'two'],
    ['b', 'tabs'],
    ['c', 'tabs'],
  ] as const) {
    await signIn(`_${name}`, browser);
    await access().takeSignIn(`_${name}`, browser, after(1));
    await begin(`session ${name}`, `user ${name}`, browser);
    await access().signedIn(`_${name}`, `session ${name}`);
  }
  const spent = (id: string, at = after(1)) => access().spentSignIn(id, ['two', 'tabs'], at);
  const user = (name: string) => ({ cvr: CVR, subject: `user ${name}` });
  for (const name of ['a', 'b', 'c'])
    expect(await spent(`_${name}`)).toMatchObject({ user: user(name), live: user('a') });
  await access().endSession('session a', after(1));
  expect(await spent('_a')).toMatchObject({ user: user('a'), live: user('b') });
  // A browser that holds none of them learns who spent it, and is nobody's.
  expect(await access().spentSignIn('_c', ['x'], after(1))).toMatchObject({ user: user('c'), live: null });
});

import { expect, test } from '@jest/globals';
import { useAccess } from '../../../kit/use-access.js';

const { access } = useAccess();

const CVR = '12345678';
const START = new Date('2026-03-01T08:00:00Z');
const begin = (id: string, subject = id) => {
  const who = { subject, cvr: CVR, unit: null, personId: null, roles: [], assurance: 'HIGH' as const };
  const from = { provider: 'p', nameId: subject, nameIdFormat: 'f', sessionIndex: null };
  return access().startSession({ id, who, from, browser: `browser of ${id}`, refresh: id, at: START });
};

test('the end of a session is said once, and of one that never was it is not said', async () => {
  await begin('one');
  expect(await access().endSession('never', START)).toBe(false);
  expect([await access().endSession('one', START), await access().endSession('one', START)]).toEqual([
    true,
    false,
  ]);
  expect(await access().session('one', START)).toEqual({ ended: 'SIGNED_OUT' });
});

test('sessions that are taken away from a user say so', async () => {
  await begin('first', 'user');
  await begin('second', 'user');
  await begin('stays');
  expect(await access().endSessionsOf(CVR, 'user', START)).toBe(2);
  expect(await access().session('second', START)).toEqual({ ended: 'REVOKED' });
  expect(await access().session('stays', START)).toHaveProperty('live');
});

test('one session that an identity provider names is known', async () => {
  await begin('named');
  const named = { provider: 'p', nameId: 'named', sessionIndexes: [] };
  expect(await access().endProviderSessions(named, START)).toMatchObject({ isKnown: true, isWhole: true });
});

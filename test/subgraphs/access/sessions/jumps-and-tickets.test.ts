import { expect, test } from '@jest/globals';
import { accessCollections } from '../../../../subgraphs/access/source/collections.js';
import { useAccess } from '../../../kit/use-access.js';

const { access, database } = useAccess();

const CVR = '12345678';
const OTHER = '23456780';
const APPROVED = new Date('2026-01-01T00:00:00Z');
const NOW = new Date('2026-03-01T08:00:00Z');
const systemId = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;

test('the address of a jump is the one in force, of a system in use, where the authority wants one', async () => {
  const system = (n: number, code: string) => ({
    id: systemId(n),
    code,
    name: code,
    keys: [],
    takesNotes: false,
  });
  await access().systems([system(1, 'KSD'), system(2, 'KY'), system(3, 'OLD'), system(4, 'NONE')]);
  const { systems } = accessCollections(database());
  await systems.updateOne({ code: 'OLD' }, { $set: { active: false } });
  const jump = (cvr: string, n: number, template: string) =>
    ({ cvr, key: systemId(n), content: { kind: 'jump', source: `${n}`, template } }) as const;
  await access().configure(
    [
      jump(CVR, 1, 'https://ksd.example/{case}'),
      jump(OTHER, 1, 'https://elsewhere.example/{case}'),
      jump(CVR, 2, ''),
      jump(CVR, 3, 'https://old.example/{case}'),
    ],
    APPROVED,
  );

  const template = (source: string, at = NOW) => access().jumpTemplate(CVR, source, at);
  expect(await template('KSD')).toBe('https://ksd.example/{case}');
  expect(await template('KSD', new Date(APPROVED.getTime() - 1))).toBeNull();
  for (const source of ['KY', 'OLD', 'NONE', 'NOBODY'])
    expect([source, await template(source)]).toEqual([source, null]);
  expect(await access().jumpTemplates(CVR, NOW)).toEqual([
    { source: 'KSD', template: 'https://ksd.example/{case}' },
  ]);
  expect(await access().jumpTemplates('34567892', NOW)).toEqual([]);
});

test('what is under another kind at the place of a jump is none', async () => {
  const { governed } = accessCollections(database());
  const [id, key] = ['00000000-0000-4000-8000-000000000007', 'X'];
  await access().systems([{ id, code: key, name: key, keys: [], takesNotes: false }]);
  const content = { kind: 'jump', source: key, template: 'https://x.example' } as const;
  await access().configure([{ cvr: OTHER, key: id, content }], APPROVED);
  expect(await access().jumpTemplate(OTHER, key, NOW)).toBe(content.template);
  await governed.updateOne({ key: id }, { $set: { 'versions.0.content.kind': 'settings' } });
  expect(await access().jumpTemplate(OTHER, key, NOW)).toBeNull();
});

test('everything that is over is let go of two days later, and counted', async () => {
  const until = new Date('2026-03-01T08:00:00Z');
  const days = (n: number) => new Date(until.getTime() + n * 86_400_000);
  const target = {
    source: 'KSD',
    sourceName: 'KSD',
    subject: 'user',
    citizenId: null,
    caseId: null,
    purpose: null,
  };
  await access().beginSignIn({ id: '_old', browser: 'b', provider: 'p', cvr: CVR, returnTo: '/', until });
  await access().keepTicket('old', { cvr: CVR, ...target }, until);
  await access().once('old', until);
  const hour = until.getTime() / 3_600_000 - 1;
  await access().countLookUps({ cvr: CVR, subject: 'user' }, hour, 3);
  const who = {
    subject: 'user',
    cvr: CVR,
    unit: null,
    personId: null,
    roles: [],
    assurance: 'HIGH' as const,
  };
  const from = { provider: 'p', nameId: 'n', nameIdFormat: 'f', sessionIndex: null };
  await access().startSession({ id: 'old', who, from, browser: 'b', refresh: 'r', at: until });
  const { assertions } = accessCollections(database());
  await assertions.insertOne({ _id: 'old', at: days(3) });

  expect(await access().forgetOldSessions(days(2))).toBe(0);
  expect(await access().forgetOldSessions(new Date(days(2).getTime() + 1))).toBe(5);
  expect(await access().forgetOldSessions(new Date(days(3).getTime() + 120_000))).toBe(0);
  expect(await access().forgetOldSessions(new Date(days(3).getTime() + 120_001))).toBe(1);
});

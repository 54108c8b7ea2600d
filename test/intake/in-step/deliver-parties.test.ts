import { expect, test } from '@jest/globals';
import { deliverInOrder } from '../../../intake/in-step/deliver.js';
import { toKeepers, useRecordingStore, worldId, worldRecord } from '../../kit/record-world-store.js';

const CPR = '0202701234';
const SPOUSE_CPR = '0302701238';
const PERSON = worldRecord(10);
const CASE = worldRecord(101);
/** Whom the numbers of the person and the spouse lead to, where the spouse is unknown. */
const MOVED = new Map([
  [CPR, worldId(10)],
  [SPOUSE_CPR, null],
]);

const world = useRecordingStore();

/** @returns the calls that a delivery takes, without those that every delivery begins with. */
async function callsOf(...records: Parameters<typeof deliverInOrder>[1]) {
  world().calls.length = 0;
  await deliverInOrder(world().recorded, records);
  return world().calls.filter(([name]) => name !== 'citizens.resolve');
}
const namesOf = async (...records: Parameters<typeof deliverInOrder>[1]) =>
  (await callsOf(...records)).map(([name]) => name);
const partiesIn = (database: string, collection: string) =>
  world().store.client.db(database).collection(collection).distinct('partyIds');

test('a person leads everybody who was named by the number, and copies of the cases that changed', async () => {
  await deliverInOrder(world().ports, [CASE, worldRecord(200)]);
  expect(await partiesIn('cases', 'cases')).toEqual([]);
  expect(await callsOf(PERSON)).toEqual([
    ['citizens.persons', [PERSON]],
    ['cases.parties', MOVED],
    ...toKeepers('parties', MOVED),
    ['access.personsAmongUsers', [worldId(10)]],
    ['cases.factsOf', [worldId(101)]],
    ...toKeepers(
      'caseFacts',
      [expect.objectContaining({ caseId: worldId(101), parties: [worldId(10)] })],
      {},
    ),
    ['citizens.finish', expect.any(String)],
  ]);
  expect([await partiesIn('cases', 'cases'), await partiesIn('documents', 'documents')]).toEqual([
    [worldId(10)],
    [worldId(10)],
  ]);
});

test('one whom nobody has named changes no copies', async () => {
  expect(await namesOf(PERSON)).toEqual([
    'citizens.persons',
    'cases.parties',
    ...toKeepers('parties').map(([name]) => name),
    'access.personsAmongUsers',
    'citizens.finish',
  ]);
});

test('one that comes again leads the copies of every case of the number, whether it changes or not', async () => {
  await deliverInOrder(world().ports, [PERSON, CASE]);
  const calls = await callsOf(PERSON);
  expect(calls).toContainEqual(['cases.ofParties', [CPR, SPOUSE_CPR]]);
  expect(calls).toContainEqual(['cases.factsOf', [worldId(101)]]);
});

test('users among the persons get their kin', async () => {
  await deliverInOrder(world().ports, [worldRecord(11)]);
  const user = { cvr: '12345678', subject: 'user', name: null, unit: null, jobFunctionRoles: [] };
  await world().ports.access.users([{ ...user, personId: worldId(10) }]);
  expect(await callsOf(PERSON)).toContainEqual([
    'access.kin',
    [{ citizenId: worldId(10), kin: [worldId(11)] }],
  ]);
  const users = world().store.client.db('access').collection('users');
  expect(await users.distinct('kin')).toEqual([worldId(11)]);
});

const removal = (n: number) =>
  ({ ...worldRecord(102, 1), id: worldId(n), of: 'person', source: 'CPR' }) as ReturnType<typeof worldRecord>;

test('one that is gone leads to nobody, and has no kin to find', async () => {
  await deliverInOrder(world().ports, [PERSON, CASE]);
  const calls = await callsOf(removal(10));
  expect(calls).toContainEqual(['cases.parties', new Map([[CPR, null]])]);
  expect(calls.map(([name]) => name)).not.toContain('access.personsAmongUsers');
  expect(await partiesIn('cases', 'cases')).toEqual([]);
});

test('one that never was leads nobody anywhere', async () => {
  expect(await namesOf(removal(19))).toEqual(['citizens.removals', 'citizens.finish']);
});

/** A world where somebody else's delivery comes between reading who the parties are and storing the records. */
function overtaken(port: 'cases' | 'documents', method: string) {
  const real = world().recorded[port];
  const meanwhile = new Proxy(real, {
    get: (_target, name) => {
      const call = Reflect.get(real, name) as (...given: unknown[]) => Promise<unknown>;
      if (name !== method) return call;
      return async (...given: unknown[]) => {
        await deliverInOrder(world().ports, [PERSON]);
        return call(...given);
      };
    },
  });
  return { ...world().recorded, [port]: meanwhile };
}

test('a party that arrives while the case is stored is found, and the copies get it', async () => {
  world().calls.length = 0;
  await deliverInOrder(overtaken('cases', 'take'), [CASE]);
  expect(world().calls).toContainEqual(['cases.parties', new Map([[CPR, worldId(10)]])]);
  expect(world().calls).toContainEqual(['cases.factsOf', [worldId(101)]]);
  expect(await partiesIn('cases', 'cases')).toEqual([worldId(10)]);
});

test('a party that arrives while what hangs on cases is stored is found', async () => {
  world().calls.length = 0;
  await deliverInOrder(overtaken('documents', 'documents'), [worldRecord(200)]);
  expect(world().calls).toContainEqual(['documents.parties', new Map([[CPR, worldId(10)]])]);
  expect(await partiesIn('documents', 'documents')).toEqual([worldId(10)]);
});

test('parties are asked for again only where some were unknown, and led only where some are known now', async () => {
  const asked = async (...records: Parameters<typeof deliverInOrder>[1]) => {
    world().calls.length = 0;
    await deliverInOrder(world().recorded, records);
    return world().calls.filter(([name]) =>
      ['citizens.resolve', 'cases.parties', 'cases.factsOf'].includes(name),
    );
  };
  expect(await asked(CASE)).toEqual([
    ['citizens.resolve', [CPR]],
    ['citizens.resolve', [CPR]],
  ]);
  await deliverInOrder(world().ports, [PERSON]);
  expect(await asked(CASE)).toEqual([
    ['citizens.resolve', [CPR]],
    // It comes again.
    ['cases.factsOf', [worldId(101)]],
  ]);
});

test('parties are those of cases, documents, grants and alerts', async () => {
  const records = [
    CASE,
    worldRecord(150),
    worldRecord(200),
    worldRecord(300),
    worldRecord(401),
    worldRecord(500),
  ];
  world().calls.length = 0;
  await deliverInOrder(world().recorded, records);
  const [first] = world().calls.filter(([name]) => name === 'citizens.resolve');
  const third = '0402701232';
  expect(first).toEqual(['citizens.resolve', [CPR, CPR, third, SPOUSE_CPR, third]]);
});

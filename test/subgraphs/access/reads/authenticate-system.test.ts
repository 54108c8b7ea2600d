import { beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { JWK } from 'jose';
import { makeAssertion } from '../../../../gateway/auth/assertion.js';
import type { Context } from '../../../../subgraphs/access/context.js';
import { authenticateSystem } from '../../../../subgraphs/access/reads/authenticate-system.js';
import { newKey, publicKey } from '../../../../subgraphs/shared/settings/keys.js';

const ID: string = randomUUID();
const AUDIENCE = 'overblik-feed';
let key: JWK;
beforeAll(async () => {
  key = await newKey();
});

type Systems = Pick<Context['systems'], 'byId' | 'claim'>;
const fails = () => Promise.reject(new Error('the disk is full'));

/** The access subgraph with a store that answers as a test says. */
function authenticate(assertion: string, store: Partial<Systems> = {}) {
  const system = {
    _id: ID,
    code: 'KSD',
    name: 'KSD',
    keys: [publicKey(key)],
    active: true,
    takesNotes: false,
  };
  const context = {
    now: () => new Date(),
    guard: {
      read: async (_permission: string, _subject: object, load: (permit: never) => Promise<unknown>) => ({
        permitted: true,
        value: await load(undefined as never),
      }),
    },
    systems: {
      byId: (_permit: never, id: string) => Promise.resolve(id === ID ? system : null),
      claim: () => Promise.resolve(true),
      ...store,
    },
    source: { agreementsOfSystem: () => Promise.resolve([]) },
  } as unknown as Context;
  return authenticateSystem(context, assertion, AUDIENCE);
}
const assertion = (id = ID, audience = AUDIENCE, by = key) => makeAssertion(id, by, audience, new Date());

test('a system that proves who it is is known, in whatever letters it writes its id', async () => {
  expect(await authenticate(await assertion())).toMatchObject({ id: ID, code: 'KSD' });
  expect(await authenticate(await assertion(ID.toUpperCase()))).toMatchObject({ id: ID });
});

test.each<[string, () => Promise<string>]>([
  ['no assertion at all', () => Promise.resolve('x.y.z')],
  ['another audience', () => assertion(ID, 'overblik-other')],
  ['another key', async () => assertion(ID, AUDIENCE, await newKey())],
  ['a system that nobody has registered', () => assertion(randomUUID())],
])('%s is refused', async (_says, make) => {
  expect(await authenticate(await make())).toBeNull();
});

test('an assertion that was used is refused', async () => {
  expect(await authenticate(await assertion(), { claim: () => Promise.resolve(false) })).toBeNull();
});

describe('a store that fails is no refusal', () => {
  test.each<[string, Partial<Systems>]>([
    ['when the system is looked up', { byId: fails }],
    ['when the use of the assertion is noted', { claim: fails }],
  ])('%s', async (_says, store) => {
    await expect(authenticate(await assertion(), store)).rejects.toThrow('the disk is full');
  });
});

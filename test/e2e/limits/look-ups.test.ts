import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startGatewayProcess, type GatewayProcess } from '../../../programs/wiring/gateway-process.js';
import { gatewaySettingsShape } from '../../../programs/settings.js';
import { DRAFT_SETTINGS, enforce, itemOf, must, until } from '../../kit/administration.js';
import { ACCESS_TIMEOUT_MS, startAllInOne, type Stack } from '../../kit/stack.js';

/** Look-ups of one user in an hour, with two gateways over one store. */
const PER_HOUR = 6;
let stack: Stack;
let second: GatewayProcess;
beforeAll(async () => {
  stack = await startAllInOne({ limitLookUps: true });
  second = await startGatewayProcess(
    gatewaySettingsShape.parse({
      OVERBLIK_MODE: 'development',
      DATA_DIR: stack.directory,
      MONGODB_URI: stack.gateway.store.uri,
      MONGODB_DATABASE_PREFIX: stack.gateway.store.databasePrefix,
      PORT: '0',
      OPERATIONS_PORT: '0',
      SAML_DEVELOPMENT_PORT: '0',
      LOG_LEVEL: 'silent',
      SEED_CITIZENS: '0',
      SUBGRAPH_TIMEOUT_MS: '15000',
    }),
    { onSeedProgress: () => undefined, accessTimeoutMs: ACCESS_TIMEOUT_MS },
  );
  await second.prepared;
}, 120_000);
afterAll(async () => {
  await second.close();
  await stack[Symbol.asyncDispose]();
});

const OPEN = 'query Opened($id: ID!) { citizen(id: $id) { name } }';
const SLUGS = ['sickness-benefit', 'every-system', 'cash-benefit-family', 'elder-care', 'nothing-known'];
const idOf = (i: number) => stack.story(SLUGS[i % SLUGS.length]!).citizenId;

const open = async (url: string, signIn: string, id: string) => {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await stack.token(signIn)}` },
    body: JSON.stringify({ query: OPEN, variables: { id } }),
  });
  const { data = null, errors = [] } = (await response.json()) as { data?: any; errors?: any[] };
  return { status: response.status, wait: response.headers.get('retry-after'), data, errors };
};

test('so many as the municipality allows, over both gateways; then a coded error, an entry and an alarm', async () => {
  const settings = {
    ...{ sectionsOff: [], remarkTypes: [], liftMinutes: 60, reviewDays: 7, sessionIdleMinutes: 30 },
    ...{
      sessionHours: 10,
      ownRecord: 'REFUSE',
      kin: 'REFUSE',
      colleagues: 'ALARM',
      lookUpsPerHour: PER_HOUR,
    },
    why: 'The municipality has decided so.',
  };
  const revision = (await itemOf(stack, 'SETTINGS', 'settings'))?.revision ?? 0;
  await must(stack, 'role-admin', DRAFT_SETTINGS, { input: { ...settings, revision } });
  await enforce(stack, 'SETTINGS', 'settings');
  const RULE = '{ settingsInForce { lookUpsPerHour } }';
  await until(
    async () => (await must(stack, 'role-admin', RULE, {})).data.settingsInForce.lookUpsPerHour === PER_HOUR,
  );

  const urls = [stack.url, second.url];
  const answers = [];
  for (let i = 0; i < PER_HOUR + 4; i++)
    answers.push(await open(urls[i % 2]!, 'benefit-caseworker', idOf(i)));
  expect(answers.map(({ status }) => status)).toEqual([
    ...Array<number>(PER_HOUR).fill(200),
    ...Array<number>(4).fill(429),
  ]);
  const refused = answers.at(-1)!;
  expect(refused.data).toBeNull();
  expect(refused.errors[0].extensions).toMatchObject({ code: 'LOOK_UPS_EXCEEDED', field: 'query' });
  expect(refused.errors[0].extensions.rule).toMatch(/^at most 6 look-ups an hour; go on in \d+ seconds$/);
  expect(Number(refused.wait)).toBeGreaterThan(0);

  const entries = stack.gateway.store.database('audit').collection('entries');
  const noted = await entries.find({ event: 'limit-reached' }).toArray();
  expect(noted).toHaveLength(4);
  for (const entry of noted)
    expect(entry).toMatchObject({
      user: 'user-benefit-caseworker',
      decision: 'REFUSE',
      ruleCode: 'LOOK_UPS_EXCEEDED',
      operation: 'Opened',
      alarms: ['LOOK_UPS'],
      citizenId: null,
    });
  // The user's own work goes on, and so do others.
  expect((await stack.ask('benefit-caseworker', '{ me { grants { role } } }')).errors).toEqual([]);
  expect((await open(second.url, 'family-adviser', idOf(0))).status).toBe(200);
}, 60_000);

test('when nobody can count, nothing is looked up', async () => {
  await stack.stop('access');
  try {
    const answer = await open(stack.url, 'citizen-service', idOf(0));
    expect([answer.status, answer.data, answer.errors[0].extensions.code]).toEqual([
      503,
      null,
      'ACCESS_UNAVAILABLE',
    ]);
  } finally {
    await stack.start('access');
  }
});

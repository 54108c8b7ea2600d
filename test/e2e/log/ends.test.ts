import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DevelopmentIdentityProvider } from '../../../seed/development/identity-provider.js';
import { SIGN_INS } from '../../../seed/development/sign-ins.js';
import { developmentKeys } from '../../../subgraphs/shared/settings/keys.js';
import { OVERVIEW, startAllInOne, startProcess, type Program, type Stack } from '../../kit/stack.js';

/** A gateway whose process ends, as by a power failure, at a step of an opened person's way into the log. */
const STEPS = ['before', 'meanwhile', 'after', 'never'] as const;
type Step = (typeof STEPS)[number];

const DRIVER = pathToFileURL(createRequire(import.meta.url).resolve('mongodb')).href;
/** Loaded before the gateway: it stands between the writer of the log and the driver. */
const ENDING = `
import driver from '${DRIVER}';
const { insertMany } = driver.Collection.prototype;
const end = () => process.kill(process.pid, 'SIGKILL');
driver.Collection.prototype.insertMany = async function (documents, ...options) {
  if (!documents.some(({ event }) => event === 'opened')) return insertMany.call(this, documents, ...options);
  if (process.env.ENDS === 'before') end();
  const inserting = insertMany.call(this, documents, ...options);
  if (process.env.ENDS === 'meanwhile') setImmediate(end);
  const inserted = await inserting;
  if (process.env.ENDS === 'after') end();
  return inserted;
};
`;

let stack: Stack;
let token: string;
let preload: string;
let victim: Program | undefined;
beforeAll(async () => {
  stack = await startAllInOne();
  preload = join(stack.directory, 'ending.mjs');
  writeFileSync(preload, ENDING);
  const keys = await developmentKeys(stack.directory);
  const provider = new DevelopmentIdentityProvider(keys.identityProvider, 'overblik', false);
  token = await provider.issue(
    SIGN_INS.find(({ name }) => name === 'vip-cleared')!,
    new Date(),
  );
}, 120_000);
afterAll(async () => {
  await victim?.kill();
  await stack[Symbol.asyncDispose]();
});

/** Starts a second gateway over the store of the first. */
async function startVictim(step: Step): Promise<string> {
  const ports = { PORT: '0', OPERATIONS_PORT: '0', SAML_DEVELOPMENT_PORT: '0' };
  const settings = {
    ...stack.storeSettings,
    ...ports,
    OVERBLIK_MODE: 'development',
    SUBGRAPH_TIMEOUT_MS: '15000',
    ENDS: step,
  };
  victim = startProcess('programs/gateway.js', settings, ['--import', preload]);
  return /http:\S+/.exec(await victim.says(/Overblik answers at http:\S+/))![0];
}

/** @returns what the caller gets of an opened person; undefined when the connection breaks without an answer */
async function openAt(url: string, lookupId: string): Promise<{ data: unknown } | undefined> {
  const { citizenId: id } = stack.story('every-system');
  try {
    const answer = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        'overblik-lookup': lookupId,
      },
      body: JSON.stringify({ query: OVERVIEW, variables: { id } }),
    });
    return (await answer.json()) as { data: unknown };
  } catch {
    return undefined;
  }
}

describe('a process that ends, when a person is opened,', () => {
  test.each<[string, Step, readonly number[], boolean]>([
    ['before the log is written shows nothing, and nothing is in the log', 'before', [0], false],
    ['while the log is written shows nothing, whether the log has it or not', 'meanwhile', [0, 1], false],
    ['after the log is written shows nothing, though the log has the look-up', 'after', [1], false],
    ['later has shown what is in the log', 'never', [1], true],
  ])(
    '%s',
    async (_says, step, entries, isShown) => {
      const lookupId = `00000000-0000-4000-8000-00000000000${STEPS.indexOf(step)}`;
      const answer = await openAt(await startVictim(step), lookupId);
      expect(answer?.data !== undefined && answer.data !== null).toBe(isShown);
      const log = stack.gateway.store.database('audit').collection('entries');
      expect(entries).toContain(await log.countDocuments({ lookupId, event: 'opened' }));
      await victim!.kill();
    },
    60_000,
  );
});

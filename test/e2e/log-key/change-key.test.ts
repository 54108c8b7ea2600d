import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newKey, publicKey } from '../../../subgraphs/shared/settings/keys.js';
import { freePort, startProcess, type Program } from '../../kit/stack.js';
import { temporaryDirectory } from '../../kit/store.js';

/** The log's key is changed as an operator does it: with the programs, between two runs of the gateway. */
let directory: string;
let remove: () => void;
let running: Program[] = [];
beforeEach(() => {
  ({ path: directory, remove } = temporaryDirectory());
});
afterEach(async () => {
  await Promise.all(running.map((program) => program.kill()));
  running = [];
  remove();
});
const start = (file: string, environment: Record<string, string>, args: string[] = []): Program => {
  const program = startProcess(`programs/${file}.js`, { DATA_DIR: directory, ...environment }, [], args);
  running.push(program);
  return program;
};
const ended = async (program: Program) => ({
  code: await new Promise<number | null>((resolve) => program.child.once('close', resolve)),
  output: program.output(),
});
const STATUS = '{ auditStatus { entries anchors faultCount faults { place kind } } }';

test('after a change of key the log is whole for the page and for npm run audit:verify, by the new public key alone', async () => {
  const [old, next, stranger] = await Promise.all([newKey(), newKey(), newKey()]);
  const setting = (key: unknown) => JSON.stringify(key);
  const runGateway = async (key: unknown) => {
    const port = String(await freePort());
    const gateway = start('gateway', { PORT: port, SEED_CITIZENS: '0', AUDIT_SIGNING_KEY: setting(key) });
    await gateway.says(/Overblik answers at/);
    return {
      async status() {
        const token = await start('token', {}, ['--as', 'controller']).says(/^ey\S+$/m);
        const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
          body: JSON.stringify({ query: STATUS }),
        });
        return ((await response.json()) as { data: { auditStatus: Record<string, unknown> } }).data
          .auditStatus;
      },
      async stop() {
        gateway.child.kill('SIGTERM');
        expect((await ended(gateway)).code).toBe(0);
      },
    };
  };
  const verifyBy = (key: unknown) =>
    ended(start('verify-audit', { AUDIT_VERIFY_KEYS: setting({ keys: [key] }) }));

  const first = await runGateway(old);
  expect(await first.status()).toMatchObject({ faultCount: 0, faults: [] });
  await first.stop();
  const change = (keys: Record<string, unknown>) =>
    ended(
      start(
        'change-audit-key',
        Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, setting(key)])),
      ),
    );
  const swapped = await change({ AUDIT_SIGNING_KEY: next, AUDIT_NEXT_KEY: old });
  expect([swapped.code, swapped.output]).toEqual([1, expect.stringContaining('in each other’s place')]);
  expect(await change({ AUDIT_SIGNING_KEY: old })).toEqual({
    code: 78,
    output: expect.stringContaining('AUDIT_NEXT_KEY: required'),
  });
  const changed = await change({ AUDIT_SIGNING_KEY: old, AUDIT_NEXT_KEY: next });
  expect([changed.code, changed.output]).toEqual([0, expect.stringContaining('The change is recorded.')]);
  expect(changed.output).not.toContain(old.d!);

  const second = await runGateway(next);
  const status = await second.status();
  expect(status).toMatchObject({ faultCount: 0, faults: [] });
  expect(status['anchors']).toBeGreaterThanOrEqual(3);
  const whole = await verifyBy(publicKey(next));
  expect([whole.code, whole.output]).toEqual([0, expect.stringContaining('The log is whole.')]);
  expect(whole.output).toContain(`key ${old.kid} from the start to 2`);
  const foreign = await verifyBy(publicKey(stranger));
  expect([foreign.code, foreign.output]).toEqual([1, expect.stringContaining('not in the log’s key list')]);

  // The page looks at the file outside the database as well.
  const anchors = join(directory, 'audit-anchors.log');
  const kept = readFileSync(anchors, 'utf8');
  appendFileSync(anchors, `${kept.trim().split('\n')[0]!.slice(0, -4)}AAAA\n`);
  expect(await second.status()).toMatchObject({ faultCount: 1, faults: [{ kind: 'ANCHOR_FORGED' }] });
  writeFileSync(anchors, kept);
  await second.stop();
}, 300_000);

test('a log is never verified with a key made on the spot', async () => {
  const { code, output } = await ended(start('verify-audit', {}));
  expect([code, output]).toEqual([78, expect.stringContaining('AUDIT_VERIFY_KEYS: required')]);
});

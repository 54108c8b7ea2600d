import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CommandStartedEvent } from 'mongodb';
import type { AuditEntry } from '../../../subgraphs/shared/audit/entry.js';
import { OVERVIEW, startAllInOne, type Stack } from '../../kit/stack.js';

/** What one overview of the person with a case in every system may cost the store, once the caches are warm. */
const MOST = { commands: 9, bytes: 11_000 } as const;

let stack: Stack;
let commands: CommandStartedEvent[] = [];
beforeAll(async () => {
  stack = await startAllInOne({ monitorStore: true, limitLookUps: true });
  stack.gateway.store.client.on('commandStarted', (event) => commands.push(event));
}, 60_000);
afterAll(() => stack[Symbol.asyncDispose]());

const ofRequest = ({ commandName, command, databaseName }: CommandStartedEvent) => {
  const part = databaseName.replace(stack.gateway.store.databasePrefix, '');
  return { collection: `${part}.${String(command[commandName])}`, commandName, command };
};
/**
 * Commands that no overview waits for, in collections of their own: the gateway's periodic work, the note of whom the user opened, and
 * the count of look-ups, some at a time.
 */
const BESIDE =
  /\.(versions|checkpoints|handovers|early|sessions|signIns|once|tickets|rejects|jumps|lifts|own-persons|lookUps|\$cmd)/i;

async function overview() {
  commands = [];
  const { citizenId } = stack.story('every-system');
  const answer = await stack.ask('vip-cleared', OVERVIEW, { id: citizenId });
  const cost = commands.map(ofRequest).filter(({ collection }) => !BESIDE.test(collection));
  return { answer, citizenId, cost };
}

/** An overview soon enough after another for the copies to hold: on a machine that is busy the first try may come too late. */
async function warmOverview() {
  for (let tries = 0; ; tries++) {
    const { answer, cost } = await overview();
    const summary = cost.map(({ commandName, collection }) => `${commandName} ${collection}`);
    if (tries === 10 || !summary.some((command) => command.endsWith('.freshness')))
      return { answer, cost, summary };
  }
}

describe('an overview', () => {
  test('costs few commands, few bytes and one write to the log', async () => {
    const { answer, cost, summary } = await warmOverview();
    expect(answer.errors).toEqual([]);
    expect(summary.filter((command) => command === 'insert audit.entries')).toHaveLength(1);
    expect(summary.filter((command) => command.startsWith('find') && command.endsWith('.freshness'))).toEqual(
      [],
    );
    expect([summary, summary.length <= MOST.commands]).toEqual([summary, true]);
    const bytes = cost.reduce((sum, { command }) => sum + JSON.stringify(command).length, 0);
    expect([bytes, bytes <= MOST.bytes]).toEqual([bytes, true]);
  });

  test('is one entry in the log, and whole: every part of it is named', async () => {
    const { citizenId, cost } = await overview();
    const inserts = cost.filter(
      ({ commandName, collection }) => `${commandName} ${collection}` === 'insert audit.entries',
    );
    const entries = inserts.flatMap(({ command }) => command['documents'] as AuditEntry[]);
    expect(entries.map((entry) => [entry.event, entry.permission, entry.citizenId])).toEqual([
      ['opened', 'citizen-read', citizenId],
    ]);
    const permissions = entries.flatMap(({ parts = [] }) => parts.map(({ permission }) => permission));
    for (const expected of ['case-read', 'document-read', 'benefit-read', 'alert-read', 'remark-read'])
      expect(permissions).toContain(expected);
    expect([...new Set(permissions)]).toEqual(permissions);
  });

  test('shows nothing when its entries cannot be written', async () => {
    const { citizenId } = stack.story('every-system');
    await stack.gateway.store.database('audit').dropCollection('entries');
    // A collection that refuses every insert: its unique index is already taken by the same value.
    const entries = stack.gateway.store.database('audit').collection('entries');
    await entries.insertOne({ taken: null });
    await entries.createIndex({ taken: 1 }, { unique: true });
    const answer = await stack.ask('vip-cleared', OVERVIEW, { id: citizenId });
    expect(answer.data).toBeNull();
    expect(answer.errors.map(({ extensions }) => extensions['code'])).toEqual(['AUDIT_UNAVAILABLE']);
  });
});

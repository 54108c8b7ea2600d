import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { JWK } from 'jose';
import { makeAssertion } from '../../../gateway/auth/assertion.js';
import { registerRecords } from '../../../seed/registers.js';
import { SOURCE_SYSTEMS, systemId } from '../../../seed/source-systems.js';
import { beginWorld, tellStories } from '../../../seed/stories/tell.js';
import { generateFamilies } from '../../../seed/world/generate.js';
import type { FeedInput } from '../../../subgraphs/shared/records/records.js';
import { developmentKeys } from '../../../subgraphs/shared/settings/keys.js';
import { startAllInOne, type Stack } from '../../kit/stack.js';

let stack: Stack;
let key: JWK;
beforeAll(async () => {
  stack = await startAllInOne();
  key = (await developmentKeys(stack.directory)).sourceSystems;
}, 120_000);
afterAll(() => stack[Symbol.asyncDispose]());

const CITIZENS = 150;
/** A day whose registrations all lie in the past. */
const DAY = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);

/** @returns everything a municipality's source systems hold, by the system that delivers it, registers first. */
function worldBySystem(): Map<string, FeedInput[]> {
  const { world, numbers } = beginWorld({ seed: 'by-feed', date: DAY });
  const stories = tellStories(world, numbers).flatMap(({ records }) => records);
  const families = [...generateFamilies(world, CITIZENS)].flatMap(({ records }) => records);
  const all = [...registerRecords(), ...stories, ...families].filter(({ type }) => type !== 'remark');
  const bySystem = new Map<string, FeedInput[]>();
  for (const record of all) bySystem.set(record.source, [...(bySystem.get(record.source) ?? []), record]);
  const registers = ['KLASSIFIKATION', 'ORGANISATION', 'CVR', 'CPR'];
  const rank = (code: string) => (registers.includes(code) ? registers.indexOf(code) : registers.length);
  return new Map([...bySystem].sort(([a], [b]) => rank(a) - rank(b)));
}

async function deliver(system: string, records: readonly FeedInput[]) {
  const response = await fetch(`${stack.url}/feed/v1/records`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-ndjson',
      authorization: `Bearer ${await makeAssertion(systemId(system), key, 'overblik-feed', new Date())}`,
    },
    body: records.map((record) => JSON.stringify(record)).join('\n'),
  });
  return (await response.json()) as {
    delivered: number;
    rejected: number;
    results: { result: string; field?: string; rule?: string }[];
  };
}

test('every source system delivers all it holds of a municipality over HTTP, within its agreements: nothing is rejected', async () => {
  const delivered = new Map<string, number>();
  for (const [system, records] of worldBySystem()) {
    const answer = await deliver(system, records);
    const rejected = answer.results.filter(({ result }) => result === 'rejected');
    expect({ system, rejected: rejected.slice(0, 3) }).toEqual({ system, rejected: [] });
    expect(answer.delivered).toBe(records.length);
    delivered.set(system, answer.delivered);
  }
  expect([...delivered.keys()].sort()).toEqual(SOURCE_SYSTEMS.map(({ code }) => code).sort());
}, 120_000);

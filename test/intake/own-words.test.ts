import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import fc from 'fast-check';
import type { ContextParts } from '../../gateway/jumps/parts.js';
import { TICKETS_PATH, installTickets } from '../../gateway/jumps/tickets-route.js';
import { SystemLimit } from '../../gateway/limits/system-limit.js';
import type { DeliveringSystem } from '../../gateway/auth/system.js';
import { checkRecord } from '../../intake/feed/check-record.js';
import { readEnvelope } from '../../intake/messages/read-envelope.js';
import { RECEIPTS_PATH, installNotes } from '../../intake/notes/route.js';
import { feedRecordShape } from '../../subgraphs/shared/records/records.js';
import { envelope } from '../kit/messages.js';
import { RECORD_SAMPLES } from '../kit/record-samples.js';
import { VALIDATORS_WORDS } from '../kit/validators-words.js';

const NOW = new Date('2026-06-01T10:00:00Z');
const CVR = '13748136';
const URN = 'urn:oio:cpr-nr:0202701234';
const SYSTEM: DeliveringSystem = { id: 's', code: 'KSD', name: 'KSD', deliveries: [] };

const MESSAGES = [
  envelope('PERSON', URN, '005', {
    allowedReceivers: [CVR],
    relatedObjects: [{ id: '00000000-0000-4000-8000-000000000001', type: 'CASE', role: 'SAG' }],
    task: '32.30.04',
  }),
  {
    ...envelope('CASE', '00000000-0000-4000-8000-000000000001', 'Opstået'),
    validity: { from: '2026-01-01', to: '2026-12-31' },
    body: { title: 'Nyt' },
  },
];
const TICKETS = [
  {
    party: URN,
    caseId: '00000000-0000-4000-8000-000000000001',
    purpose: 'CASEWORK',
    user: { cvr: CVR, subject: 'user' },
  },
];
const RECEIPTS = [
  {
    receipts: [
      { id: '00000000-0000-4000-8000-000000000001', outcome: 'TAKEN' },
      { id: '00000000-0000-4000-8000-000000000002', outcome: 'REFUSED', reason: 'Nej' },
    ],
  },
];

/** Stands in whatever a sender writes, and must not come back. */
const MARK = '§hidden§';
type Path = readonly (string | number)[];

/** Every place in a value, the value itself first. */
function placesIn(value: unknown, at: Path = []): Path[] {
  const inside = Array.isArray(value)
    ? value.flatMap((part, i) => placesIn(part, [...at, i]))
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([name, part]) => placesIn(part, [...at, name]))
      : [];
  return [at, ...inside];
}

/** @returns a copy with another value at a place; undefined leaves the place out. */
function replaced(value: any, [step, ...rest]: Path, by: (old: unknown) => unknown): unknown {
  if (step === undefined) return by(value);
  const copy = Array.isArray(value) ? [...value] : { ...value };
  copy[step] = replaced(copy[step], rest, by);
  return copy;
}

const changes: fc.Arbitrary<(old: unknown) => unknown> = fc.oneof(
  fc.jsonValue().map((value) => () => value),
  fc.string({ unit: 'binary' }).map((text) => () => text + MARK),
  fc
    .constantFrom<unknown[]>(
      null,
      '',
      ' ',
      MARK,
      0,
      -1,
      1.5,
      1e21,
      true,
      [],
      {},
      [MARK],
      'x'.repeat(200_000),
      '\u0000',
      '\uD800',
      Array<string>(300).fill('a'),
      '0000-00-00',
      '2026-02-30',
      'urn:oio:cpr-nr:9999999999',
      '99999999',
    )
    .map((value) => () => value),
  fc.constant(() => undefined),
  // Something that is not known, beside what is there.
  fc.constant((old: unknown) =>
    typeof old === 'object' && old !== null && !Array.isArray(old) ? { ...old, [MARK]: MARK } : [old, MARK],
  ),
);

/** A sample with one to three of its places changed. */
const brokenOf = (samples: readonly unknown[]): fc.Arbitrary<unknown> =>
  fc.constantFrom(...samples).chain((sample) =>
    fc
      .array(fc.tuple(fc.constantFrom(...placesIn(sample)), changes), { minLength: 1, maxLength: 3 })
      .map((steps) =>
        steps.reduce<unknown>((value, [place, change]) => {
          const isThere = placesIn(value).some((candidate) => candidate.join() === place.join());
          return isThere ? replaced(value, place, change) : value;
        }, sample),
      ),
  );

/** Field and rule are our own: names of the documented shape, and a sentence without the validator's words. */
function expectOwn({ field, rule }: { readonly field?: unknown; readonly rule?: unknown }): void {
  expect(String(field)).toMatch(/^([A-Za-z]+|\d+)?(\.([A-Za-z]+|\d+))*$/);
  expect(String(rule)).not.toMatch(VALIDATORS_WORDS);
  expect(`${String(field)} ${String(rule)}`).not.toContain(MARK);
  expect(String(rule).length).toBeGreaterThan(3);
}

/** What is left of a value on the wire; nothing at all is no JSON. */
const written = (value: unknown): string => (value === undefined ? '' : JSON.stringify(value));

const RUNS = { numRuns: 1000 };

describe('whatever a sender writes, the answer says which rule it breaks in our own words', () => {
  let app: FastifyInstance;
  let origin: string;
  beforeAll(async () => {
    app = Fastify({ bodyLimit: 1 << 20 });
    const parts = {
      ports: {
        citizens: { resolve: () => Promise.resolve(new Map()) },
        cases: { factsOf: () => Promise.resolve([]), noteReceipts: () => Promise.resolve([]) },
        access: { keepTicket: () => Promise.resolve() },
      },
      access: { authenticateSystem: () => Promise.resolve(SYSTEM) },
      audience: 'feed',
      isReady: () => true,
      now: () => NOW,
      systemLimit: new SystemLimit(10_000_000),
      publicUrl: () => 'https://overblik.example.org',
      onError: (error: unknown) => {
        throw error;
      },
    } as unknown as ContextParts;
    installTickets(app, parts);
    installNotes(app, parts);
    origin = await app.listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(() => app.close());

  const post = async (path: string, body: unknown) => {
    const headers = { authorization: 'Bearer a.b.c', 'content-type': 'application/json' };
    const answer = await fetch(`${origin}${path}`, {
      method: 'POST',
      headers,
      body: written(body),
    });
    const { errors } = await answer.json();
    return answer.status === 400 ? errors?.[0] : undefined;
  };

  test('the samples are as senders write them', () => {
    for (const sample of RECORD_SAMPLES) expect(feedRecordShape.safeParse(sample).error).toBeUndefined();
    for (const sample of MESSAGES)
      expect(readEnvelope(JSON.stringify(sample), NOW)).toHaveProperty('envelope');
    expect(new Set(RECORD_SAMPLES.map(({ type }) => type)).size).toBe(feedRecordShape.options.length);
  });

  test('a case without a history, whatever else is wrong with it', () => {
    const sample = RECORD_SAMPLES.find(({ type }) => type === 'case')!;
    for (const more of [{}, { profile: [{}] }]) {
      const checked = checkRecord(JSON.stringify({ ...sample, history: [], ...more }), SYSTEM, NOW);
      expect(checked).toHaveProperty('reject');
      if ('reject' in checked) expectOwn(checked.reject);
    }
  });

  test('records', () => {
    fc.assert(
      fc.property(brokenOf(RECORD_SAMPLES), (record) => {
        const checked = checkRecord(written(record), SYSTEM, NOW);
        if ('reject' in checked) expectOwn(checked.reject);
      }),
      { numRuns: 5000 },
    );
  });

  test('messages', () => {
    fc.assert(
      fc.property(brokenOf(MESSAGES), (message) => {
        const read = readEnvelope(written(message), NOW);
        if ('result' in read) expectOwn(read);
      }),
      RUNS,
    );
  });

  test('texts that are no JSON at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const [checked, read] = [checkRecord(text, SYSTEM, NOW), readEnvelope(text, NOW)];
        if ('reject' in checked) expectOwn(checked.reject);
        if ('result' in read) expectOwn(read);
      }),
      RUNS,
    );
  });

  test.each([
    ['tickets', TICKETS_PATH, TICKETS],
    ['receipts of notes', RECEIPTS_PATH, RECEIPTS],
  ])('%s', async (_says, path, samples) => {
    await fc.assert(
      fc.asyncProperty(brokenOf(samples), async (body) => {
        const error = await post(path, body);
        if (error === undefined) return;
        expect(error.message).not.toMatch(VALIDATORS_WORDS);
        if (error.extensions) expectOwn(error.extensions);
      }),
      RUNS,
    );
  });
});

import './env-file.js';
import { parseArgs } from 'node:util';
import type { JWK } from 'jose';
import { makeAssertion } from '../gateway/auth/assertion.js';
import { type Happening, livingMunicipality } from '../seed/development/living/municipality.js';
import { systemId } from '../seed/source-systems.js';
import type { FeedInput } from '../subgraphs/shared/records/records.js';
import { developmentKeys } from '../subgraphs/shared/settings/keys.js';
import { parseSettings, SettingsError } from '../subgraphs/shared/settings/parse.js';
import { exitOnFailure } from './exit-on-failure.js';
import { requireDevelopment } from './mode.js';
import { gatewaySettingsShape } from './settings.js';

/**
 * `npm run sources -- [--rate N] [--records N] [--seed TEXT] [--url URL]`: plays a living municipality into the feed and the messages
 * of a running gateway, about N records a second, until stopped or until so many records have been delivered.
 */
const TICK_MS = 250;

interface Sender {
  readonly url: string;
  readonly audience: string;
  readonly key: JWK;
}

await exitOnFailure(async () => {
  const settings = parseSettings(gatewaySettingsShape, process.env);
  const { values } = parseArgs({
    options: {
      rate: { type: 'string' },
      records: { type: 'string' },
      seed: { type: 'string' },
      url: { type: 'string' },
    },
  });
  const url = values.url ?? `http://${settings.HOST}:${settings.PORT}`;
  requireDevelopment(settings, 'the living municipality', [url]);
  const rate = positive('--rate', values.rate ?? '20');
  const most = values.records === undefined ? Infinity : positive('--records', values.records);
  const sender: Sender = {
    url,
    audience: settings.FEED_AUDIENCE,
    key: (await developmentKeys(settings.DATA_DIR)).sourceSystems,
  };
  const course = livingMunicipality(values.seed ?? String(Date.now()), () => new Date());
  const counts: Counts = { accepted: 0, duplicate: 0, superseded: 0, rejected: 0, messages: 0, alerts: 0 };
  let records = 0;
  while (records < most) {
    const until = performance.now() + TICK_MS;
    const happenings = take(course, Math.min((rate * TICK_MS) / 1000, most - records));
    records += happenings.reduce((sum, happening) => sum + happening.records.length, 0);
    await play(happenings, sender, counts);
    process.stdout.write(
      `\r${Object.entries(counts)
        .map(([name, count]) => `${name} ${count}`)
        .join('  ')} `,
    );
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, until - performance.now())));
  }
  process.stdout.write('\n');
});

/** @returns what happens next, until it comes to so many records or more */
function take(course: Iterator<Happening, never>, count: number): Happening[] {
  const happenings: Happening[] = [];
  for (let some = 0; some < count;) {
    const happening = course.next().value;
    happenings.push(happening);
    some += happening.records.length;
  }
  return happenings;
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new SettingsError([`${name}: a whole number from 1`]);
  return value;
}

type Counts = Record<'accepted' | 'duplicate' | 'superseded' | 'rejected' | 'messages' | 'alerts', number>;

/** Records first, then the messages about them. */
async function play(happenings: readonly Happening[], sender: Sender, counts: Counts): Promise<void> {
  const bySystem = new Map<string, FeedInput[]>();
  for (const { records } of happenings)
    for (const record of records)
      bySystem.set(record.source, [...(bySystem.get(record.source) ?? []), record]);
  for (const [system, records] of bySystem) {
    const body = records.map((record) => JSON.stringify(record)).join('\n');
    const answer = await send(sender, system, '/feed/v1/records', 'application/x-ndjson', body);
    for (const name of ['accepted', 'duplicate', 'superseded', 'rejected'] as const)
      counts[name] += Number(answer[name] ?? 0);
  }
  for (const { system, envelope } of happenings.flatMap(({ messages }) => messages)) {
    const answer = await send(sender, system, '/messages/v1', 'application/json', JSON.stringify(envelope));
    counts.messages += 1;
    counts.alerts += Number(answer['alerts'] ?? 0);
  }
}

async function send(
  { url, audience, key }: Sender,
  system: string,
  path: string,
  contentType: string,
  body: string,
): Promise<Record<string, unknown>> {
  const token = await makeAssertion(systemId(system), key, audience, new Date());
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': contentType, authorization: `Bearer ${token}` },
    body,
  });
  if (!response.ok) throw new Error(`${path} answered with status ${response.status}`);
  // cast: only counts are read of it, as numbers
  return (await response.json()) as Record<string, unknown>;
}

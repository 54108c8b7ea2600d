import './env-file.js';
import {
  appendFileSync,
  createReadStream,
  existsSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { JWK } from 'jose';
import { z } from 'zod';
import { makeAssertion } from '../gateway/auth/assertion.js';
import { progressBar } from '../seed/progress.js';
import { SOURCE_SYSTEMS, systemId } from '../seed/source-systems.js';
import { namesOf } from '../subgraphs/shared/names/known-names.js';
import { readUuid } from '../subgraphs/shared/scalars/uuid.js';
import { developmentKeys } from '../subgraphs/shared/settings/keys.js';
import { parseSettings, SettingsError } from '../subgraphs/shared/settings/parse.js';
import { exitOnFailure } from './exit-on-failure.js';
import { requireDevelopment } from './mode.js';
import { type GatewaySettings, gatewaySettingsShape } from './settings.js';

/**
 * `npm run feed -- FILE… --system CODE [--url URL] [--id UUID --key FILE]`: delivers NDJSON files in batches, with a
 * progress bar. What is rejected goes to FILE.rejects.ndjson with field and rule; FILE.progress remembers what has been
 * acknowledged, so that a delivery that was stopped goes on where it was.
 */
const BATCH = 1000;
const ATTEMPTS = 8;
const answerShape = z.object({
  delivered: z.number(),
  accepted: z.number(),
  duplicate: z.number(),
  superseded: z.number(),
  rejected: z.number(),
  results: z.array(
    z.object({
      index: z.number(),
      id: z.string().nullable(),
      result: z.string(),
      field: z.string().optional(),
      rule: z.string().optional(),
    }),
  ),
});

interface Sender {
  readonly url: string;
  readonly id: string;
  readonly key: JWK;
  readonly audience: string;
}

await exitOnFailure(async () => {
  const settings = parseSettings(gatewaySettingsShape, process.env);
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      system: { type: 'string' },
      url: { type: 'string' },
      id: { type: 'string' },
      key: { type: 'string' },
    },
  });
  if (positionals.length === 0) throw new SettingsError(['FILE: at least one NDJSON file']);
  const missing = positionals.filter((file) => !existsSync(file));
  if (missing.length > 0) throw new SettingsError(missing.map((file) => `${file}: no such file`));
  const url = values.url ?? `http://${settings.HOST}:${settings.PORT}/feed/v1/records`;
  const sender: Sender = {
    url,
    audience: settings.FEED_AUDIENCE,
    ...(await credentials(values, settings, url)),
  };
  for (const file of positionals) await sendFile(file, sender);
});

/** A registered system signs with its own key; in development a seeded one signs with the key of the data directory. */
async function credentials(
  { system, id, key }: { system?: string | undefined; id?: string | undefined; key?: string | undefined },
  settings: GatewaySettings,
  url: string,
): Promise<{ id: string; key: JWK }> {
  if (id !== undefined && key !== undefined) {
    const system = readUuid(id);
    if (system === undefined) throw new SettingsError(['--id: a UUID']);
    // cast: importJWK refuses what is no key
    return { id: system, key: JSON.parse(readFileSync(key, 'utf8')) as JWK };
  }
  const codes = SOURCE_SYSTEMS.map(({ code }) => code);
  if (system === undefined || !codes.includes(system))
    throw new SettingsError([
      `--system: one of ${codes.join(', ')} (or --id and --key of a registered system)`,
    ]);
  requireDevelopment(settings, 'a seeded system’s key (a registered one gives --id and --key)', [url]);
  return { id: systemId(system), key: (await developmentKeys(settings.DATA_DIR)).sourceSystems };
}

async function sendFile(file: string, sender: Sender): Promise<void> {
  const done = acknowledgedLines(file);
  const bar = progressBar(file, 'bytes');
  const total = statSync(file).size;
  const totals = { accepted: 0, duplicate: 0, superseded: 0, rejected: 0 };
  const started = performance.now();
  let batch: string[] = [];
  let line = 0;
  let bytes = 0;
  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    const answer = await sendBatch(batch, sender);
    keepRejects(file, batch, answer.results);
    for (const key of namesOf(totals)) totals[key] += answer[key];
    acknowledge(file, line);
    bar.update(bytes, total);
    batch = [];
  };
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    line++;
    bytes += Buffer.byteLength(text) + 1;
    if (line <= done || text.trim() === '') continue;
    batch.push(text);
    if (batch.length >= BATCH) await flush();
  }
  await flush();
  bar.end();
  const delivered = totals.accepted + totals.duplicate + totals.superseded + totals.rejected;
  const rate = Math.round(delivered / ((performance.now() - started) / 1000));
  console.log(
    `${file}: ${delivered} delivered (${rate}/s): ${totals.accepted} accepted, ${totals.duplicate} duplicate, ${totals.superseded} superseded, ${totals.rejected} rejected${done > 0 ? `; ${done} lines had been acknowledged before` : ''}`,
  );
}

/** Sends until every record of the batch has a result; one that broke off is sent again whole: nothing is taken twice. */
async function sendBatch(batch: readonly string[], sender: Sender): Promise<z.infer<typeof answerShape>> {
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(sender.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-ndjson',
        'content-encoding': 'gzip',
        authorization: `Bearer ${await makeAssertion(sender.id, sender.key, sender.audience, new Date())}`,
      },
      body: new Uint8Array(gzipSync(batch.join('\n'))),
    }).catch(() => undefined);
    const answer = response && answerShape.safeParse(await response.json().catch(() => undefined));
    if (answer?.success && answer.data.delivered === batch.length) return answer.data;
    if (response && response.status >= 400 && response.status < 500)
      throw new Error(
        `the delivery was refused with status ${response.status}; what was acknowledged stands`,
      );
    if (attempt === ATTEMPTS)
      throw new Error(
        `${response ? `not stored (status ${response.status})` : 'no answer'}; run the same command again to go on where it stopped`,
      );
    await new Promise((resolve) => setTimeout(resolve, 250 * 2 ** attempt));
  }
}

function keepRejects(
  file: string,
  batch: readonly string[],
  results: z.infer<typeof answerShape>['results'],
): void {
  const rejects = results.filter((result) => result.result === 'rejected');
  for (const { index, field, rule } of rejects)
    appendFileSync(`${file}.rejects.ndjson`, `${JSON.stringify({ field, rule, record: batch[index] })}\n`);
}

function acknowledgedLines(file: string): number {
  const path = `${file}.progress`;
  return existsSync(path) ? Number(readFileSync(path, 'utf8')) || 0 : 0;
}

/** Written aside and put in place, so that a kill never leaves half a number. */
function acknowledge(file: string, lines: number): void {
  writeFileSync(`${file}.progress.new`, String(lines));
  renameSync(`${file}.progress.new`, `${file}.progress`);
}

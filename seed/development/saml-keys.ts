import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { daysFrom } from '../../subgraphs/shared/days/days-from.js';

const pair = z.object({ key: z.string(), certificate: z.string() });
const shape = z.object({ service: pair, provider: pair });

/** Keys and certificates of both sides of the development sign-in. */
export type SamlKeys = z.infer<typeof shape>;

const FILE = 'development-saml.json';
const TEN_YEARS_DAYS = 10 * 365;

/** Reads the sign-in's keys from the data directory; makes them on first use. */
export async function developmentSamlKeys(dataDir: string): Promise<SamlKeys> {
  const path = join(dataDir, FILE);
  if (existsSync(path)) return shape.parse(JSON.parse(readFileSync(path, 'utf8')));
  const [service, provider] = await Promise.all([
    newPair('overblik'),
    newPair('development-identity-provider'),
  ]);
  writeFileSync(path, JSON.stringify({ service, provider }), { mode: 0o600 });
  return { service, provider };
}

async function newPair(name: string): Promise<z.infer<typeof pair>> {
  // Needed once in the life of a data directory: every other start does without what it loads.
  const { generate } = await import('selfsigned');
  const notAfterDate = daysFrom(new Date(), TEN_YEARS_DAYS);
  const made = await generate([{ name: 'commonName', value: name }], {
    keySize: 2048,
    algorithm: 'sha256',
    notAfterDate,
  });
  return { key: made.private, certificate: made.cert };
}

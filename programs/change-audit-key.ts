import './env-file.js';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type KeyChangeResult, recordKeyChange } from '../subgraphs/shared/audit/change-key.js';
import { auditCollections } from '../subgraphs/shared/audit/mongo-sink.js';
import { daysFrom } from '../subgraphs/shared/days/days-from.js';
import { parseSettings, SettingsError } from '../subgraphs/shared/settings/parse.js';
import { exitOnFailure } from './exit-on-failure.js';
import { openProgramStore } from './program-store.js';
import { type GatewaySettings, gatewaySettingsShape } from './settings.js';

/** Time to start every process anew with the new key. */
const OVERLAP_DAYS = 1;

const SAID: Readonly<Record<KeyChangeResult, string>> = {
  recorded: 'The change is recorded. Set AUDIT_SIGNING_KEY to the new key and start every process anew.',
  known: 'The change was recorded before.',
  'same-key': 'AUDIT_NEXT_KEY and AUDIT_SIGNING_KEY are the same key. Nothing was changed.',
  'signed-nothing':
    'AUDIT_SIGNING_KEY has signed nothing in this log. Are the two keys in each other’s place? Nothing was changed.',
  'other-successor':
    'Another key follows AUDIT_SIGNING_KEY already. Nothing was changed. If that key is lost, name the keys of the log in AUDIT_VERIFY_KEYS.',
};

/**
 * `npm run audit:change-key [-- --from TIME] [--until TIME]`: records that AUDIT_NEXT_KEY follows AUDIT_SIGNING_KEY, signed by both, so
 * that what the old key signed stays proven. The new key is good from now on, the old one for another day.
 */
await exitOnFailure(async () => {
  const settings = parseSettings(gatewaySettingsShape, process.env);
  const { values } = parseArgs({ options: { from: { type: 'string' }, until: { type: 'string' } } });
  const { old, next } = keysOf(settings);
  const from = timeOf('from', values.from) ?? new Date();
  const until = timeOf('until', values.until) ?? daysFrom(new Date(), OVERLAP_DAYS);
  const store = await openProgramStore(settings, (error) => console.error(error.message));
  const result = await recordKeyChange(auditCollections(store.database('audit')), {
    old,
    next,
    from,
    until,
  });
  await store.close();
  console.log(SAID[result]);
  if (result === 'recorded') console.log(`The old key is good until ${until.toISOString()}.`);
  process.exit(result === 'recorded' || result === 'known' ? 0 : 1);
});

function keysOf({ AUDIT_SIGNING_KEY: old, AUDIT_NEXT_KEY: next }: GatewaySettings) {
  if (old && next) return { old, next };
  const missing = Object.entries({ AUDIT_SIGNING_KEY: old, AUDIT_NEXT_KEY: next }).filter(
    ([, key]) => key === undefined,
  );
  throw new SettingsError(missing.map(([name]) => `${name}: required to change the key`));
}

function timeOf(name: string, text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const parsed = z.iso.datetime({ offset: true }).safeParse(text);
  if (!parsed.success)
    throw new SettingsError([`--${name}: a time with its offset, as 2027-01-31T12:00:00Z`]);
  return new Date(parsed.data);
}

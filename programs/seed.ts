import './env-file.js';
import { parseArgs } from 'node:util';
import { claimStore, DEFAULT_SEED } from '../seed/claim-store.js';
import { seedOnFirstStart } from '../seed/first-start.js';
import { progressBar } from '../seed/progress.js';
import { danishDay } from '../subgraphs/shared/days/danish-day.js';
import { parseSettings, SettingsError } from '../subgraphs/shared/settings/parse.js';
import { exitOnFailure } from './exit-on-failure.js';
import { requireDevelopment } from './mode.js';
import { openProgramStore } from './program-store.js';
import { gatewaySettingsShape } from './settings.js';
import { buildSubgraphIndexes } from './wiring/indexes.js';
import { ingestPorts } from './wiring/subgraphs.js';

/** `npm run seed -- --citizens N [--seed TEXT] [--date YYYY-MM-DD]`: plants a synthetic world into an empty store. */
await exitOnFailure(async () => {
  const settings = parseSettings(gatewaySettingsShape, process.env);
  requireDevelopment(settings, 'the seed');
  const { values } = parseArgs({
    options: { citizens: { type: 'string' }, seed: { type: 'string' }, date: { type: 'string' } },
  });
  const citizens = Number(values.citizens ?? settings.SEED_CITIZENS);
  const date = values.date ?? danishDay(new Date());
  if (!Number.isInteger(citizens) || citizens < 0)
    throw new SettingsError(['--citizens: must be a whole number']);
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) throw new SettingsError(['--date: must be a day, YYYY-MM-DD']);
  const store = await openProgramStore(settings, (error) => console.error(error.message));
  const spec = { seed: values.seed ?? DEFAULT_SEED, date, citizens };
  await claimStore(store, spec);
  await buildSubgraphIndexes(store);
  const bar = progressBar('Seeding');
  const started = performance.now();
  const { stories } = await seedOnFirstStart(store, ingestPorts(store), spec, bar.update);
  bar.end();
  const status = await store.client
    .db('admin')
    .command({ serverStatus: 1 })
    .catch(() => undefined);
  const megabytes = (bytes: number) => `${Math.round(bytes / (1 << 20))} MB`;
  console.log(`${stories.length} stories; ${((performance.now() - started) / 1000).toFixed(1)} s`);
  if (status?.['records'])
    console.log(
      `${status['records']} records in the store, ${megabytes(Number(status['fileBytes']))} on disk, resident memory ${megabytes(process.memoryUsage.rss())}`,
    );
  await store.close();
});

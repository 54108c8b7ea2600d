import './env-file.js';
import { parseArgs } from 'node:util';
import { parseSettings, SettingsError } from '../subgraphs/shared/settings/parse.js';
import { exitOnFailure } from './exit-on-failure.js';
import { openProgramStore } from './program-store.js';
import { gatewaySettingsShape } from './settings.js';
import { SetupFaults } from './setup/fault.js';
import { diffLines, summaryLines } from './setup/print.js';
import { readSetupFile } from './setup/read-file.js';
import { exportInstallation, planFile, setUp } from './setup/set-up.js';

const USAGE =
  'FILE: a set-up file (JSON or YAML), with --check or --diff to store nothing; or --export alone';

/**
 * `npm run setup -- FILE [--check] [--diff]` and `npm run setup -- --export`: makes the store what a file says, or writes what is
 * there. Exit code 1 when the file has faults.
 */
await exitOnFailure(async () => {
  const settings = parseSettings(gatewaySettingsShape, process.env);
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { check: { type: 'boolean' }, diff: { type: 'boolean' }, export: { type: 'boolean' } },
  });
  const [path] = positionals;
  if (positionals.length > 1 || (path === undefined) !== (values.export === true))
    throw new SettingsError([USAGE]);
  const store = await openProgramStore(settings, (error) => console.error(error.message));
  try {
    if (path === undefined) console.log(JSON.stringify(await exportInstallation(store, new Date()), null, 2));
    else for (const line of await linesOf(path, values)) console.log(line);
  } catch (error) {
    if (!(error instanceof SetupFaults)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  } finally {
    await store.close();
  }

  async function linesOf(file: string, { check, diff }: typeof values): Promise<string[]> {
    const asked = readSetupFile(file);
    const now = new Date();
    if (!check && !diff) return summaryLines(await setUp(asked, { store, settings, now }));
    const { plan } = await planFile(asked, store, now);
    return [...(check ? ['The file has no faults.'] : []), ...(diff ? diffLines(plan) : [])];
  }
});

import './env-file.js';
import { importStore } from '../store/export/import-store.js';
import { parseSettings } from '../subgraphs/shared/settings/parse.js';
import { exitOnFailure } from './exit-on-failure.js';
import { openProgramStore } from './program-store.js';
import { gatewaySettingsShape } from './settings.js';
import { trustedKeys } from './wiring/log-keys.js';
import { logProof, oneDirectory, printExport, showProgress, trustedOf } from './wiring/store-copy.js';

/** `npm run store:import -- DIR`: reads an export into an empty store, embedded or MongoDB, and compares what is there then. */
await exitOnFailure(async () => {
  const settings = parseSettings(gatewaySettingsShape, process.env);
  const from = oneDirectory('store:import');
  const store = await openProgramStore(settings, (error) => console.error(error.message));
  const { onProgress, end } = showProgress('records');
  const manifest = await importStore({
    store,
    from,
    onProgress,
    proveLog: (read) => async (filled) => {
      end();
      await logProof(await trustedKeys(settings, trustedOf(read.logKeys)))(filled);
    },
  });
  printExport(manifest);
  console.log('The export is imported.');
  await store.close();
  process.exit(0);
});

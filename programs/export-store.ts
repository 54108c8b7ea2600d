import './env-file.js';
import { exportStore } from '../store/export/export-store.js';
import { parseSettings } from '../subgraphs/shared/settings/parse.js';
import { exitOnFailure } from './exit-on-failure.js';
import { openProgramStore } from './program-store.js';
import { gatewaySettingsShape } from './settings.js';
import { trustedKeys } from './wiring/log-keys.js';
import { keptLogKeys, logProof, oneDirectory, printExport, showProgress } from './wiring/store-copy.js';

/** `npm run store:export -- DIR`: writes all that the store holds, embedded or MongoDB, to files that mongorestore reads. */
await exitOnFailure(async () => {
  const settings = parseSettings(gatewaySettingsShape, process.env);
  const to = oneDirectory('store:export');
  const keys = await trustedKeys(settings);
  const store = await openProgramStore(settings, (error) => console.error(error.message));
  const { onProgress, end } = showProgress('records');
  const proveLog = logProof(keys);
  const manifest = await exportStore({
    store,
    to,
    logKeys: keptLogKeys(keys),
    onProgress,
    async proveLog(proven) {
      end();
      await proveLog(proven);
    },
  });
  printExport(manifest);
  console.log('The export is whole.');
  await store.close();
  process.exit(0);
});

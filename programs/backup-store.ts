import './env-file.js';
import { backUp } from '../store/backup.js';
import { parseSettings } from '../subgraphs/shared/settings/parse.js';
import { exitOnFailure } from './exit-on-failure.js';
import { gatewaySettingsShape } from './settings.js';
import { trustedKeys } from './wiring/log-keys.js';
import {
  keptLogKeys,
  logProof,
  oneDirectory,
  printManifest,
  requireEmbedded,
  showProgress,
} from './wiring/store-copy.js';

/** `npm run store:backup -- DIR`: backs the embedded store up into an empty directory, proven; Overblik may run meanwhile. */
await exitOnFailure(async () => {
  const settings = parseSettings(gatewaySettingsShape, process.env);
  requireEmbedded(settings);
  const to = oneDirectory('store:backup');
  const keys = await trustedKeys(settings);
  const { onProgress, end } = showProgress();
  const manifest = await backUp({
    dataDir: settings.DATA_DIR,
    to,
    logKeys: keptLogKeys(keys),
    onProgress,
    async proveLog(store) {
      end();
      await logProof(keys)(store);
    },
  });
  printManifest(manifest);
  console.log('The backup is whole.');
  process.exit(0);
});

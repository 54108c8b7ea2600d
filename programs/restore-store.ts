import './env-file.js';
import { restore } from '../store/restore.js';
import { parseSettings } from '../subgraphs/shared/settings/parse.js';
import { exitOnFailure } from './exit-on-failure.js';
import { gatewaySettingsShape } from './settings.js';
import { trustedKeys } from './wiring/log-keys.js';
import {
  logProof,
  oneDirectory,
  printManifest,
  requireEmbedded,
  showProgress,
  trustedOf,
} from './wiring/store-copy.js';

/** `npm run store:restore -- DIR`: restores a backup into an empty DATA_DIR, proven as it was when it was made. */
await exitOnFailure(async () => {
  const settings = parseSettings(gatewaySettingsShape, process.env);
  requireEmbedded(settings);
  const from = oneDirectory('store:restore');
  const { onProgress, end } = showProgress();
  const manifest = await restore({
    from,
    dataDir: settings.DATA_DIR,
    onProgress,
    proveLog: (read) => async (store) => {
      end();
      await logProof(await trustedKeys(settings, trustedOf(read.logKeys)))(store);
    },
  });
  printManifest(manifest);
  console.log(`The backup is restored to ${settings.DATA_DIR}.`);
  process.exit(0);
});

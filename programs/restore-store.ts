import './env-file.js';
import { parseArgs } from 'node:util';
import type { PublicLogKey } from '../store/backup-manifest.js';
import { restore } from '../store/restore.js';
import type { TrustedKey } from '../subgraphs/shared/audit/key-list.js';
import { parseSettings, SettingsError } from '../subgraphs/shared/settings/parse.js';
import { exitOnFailure } from './exit-on-failure.js';
import { gatewaySettingsShape } from './settings.js';
import { trustedKeys } from './wiring/log-keys.js';
import { logProof, printManifest, requireEmbedded, showProgress } from './wiring/store-copy.js';

/** `npm run store:restore -- DIR`: restores a backup into an empty DATA_DIR, proven as it was when it was made. */
await exitOnFailure(async () => {
  const settings = parseSettings(gatewaySettingsShape, process.env);
  requireEmbedded(settings);
  const { positionals } = parseArgs({ allowPositionals: true });
  const [from] = positionals;
  if (from === undefined || positionals.length > 1)
    throw new SettingsError(['name the directory of one backup: npm run store:restore -- DIR']);
  const { onProgress, end } = showProgress();
  const manifest = await restore({
    from,
    dataDir: settings.DATA_DIR,
    onProgress,
    proveLog: (read) => async (store) => {
      end();
      await logProof(await trustedKeys(settings, read.logKeys.map(trusted)))(store);
    },
  });
  printManifest(manifest);
  console.log(`The backup is restored to ${settings.DATA_DIR}.`);
  process.exit(0);
});

/** An empty data directory of a development installation has no keys yet: those of the backup stand in. */
function trusted({ jwk, from, to }: PublicLogKey): TrustedKey {
  const { alg: _alg, ...key } = jwk;
  return { jwk: key, from: from === null ? null : new Date(from), to: to === null ? null : new Date(to) };
}

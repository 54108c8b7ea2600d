import './env-file.js';
import { parseArgs } from 'node:util';
import { backUp } from '../store/backup.js';
import { present } from '../subgraphs/shared/certain/present.js';
import { parseSettings, SettingsError } from '../subgraphs/shared/settings/parse.js';
import { exitOnFailure } from './exit-on-failure.js';
import { gatewaySettingsShape } from './settings.js';
import { trustedKeys } from './wiring/log-keys.js';
import { logProof, printManifest, requireEmbedded, showProgress } from './wiring/store-copy.js';

/** `npm run store:backup -- DIR`: backs the embedded store up into an empty directory, proven; Overblik may run meanwhile. */
await exitOnFailure(async () => {
  const settings = parseSettings(gatewaySettingsShape, process.env);
  requireEmbedded(settings);
  const { positionals } = parseArgs({ allowPositionals: true });
  const [to] = positionals;
  if (to === undefined || positionals.length > 1)
    throw new SettingsError(['name one directory: npm run store:backup -- DIR']);
  const keys = await trustedKeys(settings);
  const { onProgress, end } = showProgress();
  const manifest = await backUp({
    dataDir: settings.DATA_DIR,
    to,
    logKeys: keys.map(({ jwk, from, to: until }) => ({
      jwk: {
        kty: 'EC',
        crv: 'P-256',
        x: present(jwk.x, 'x of a public key'),
        y: present(jwk.y, 'y of a public key'),
        kid: present(jwk.kid, 'the id of a key'),
      },
      from: from?.toISOString() ?? null,
      to: until?.toISOString() ?? null,
    })),
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

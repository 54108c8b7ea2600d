import './env-file.js';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { checkStore } from '../store/embedded/check.js';
import { STORE_FILE } from '../store/embedded/data-directory.js';
import { Engine } from '../store/embedded/engine.js';
import { storeSettingsShape } from '../store/settings.js';
import { parseSettings, SettingsError } from '../subgraphs/shared/settings/parse.js';
import { exitOnFailure } from './exit-on-failure.js';
import { gatewaySettingsShape } from './settings.js';

/** `npm run store:check`: walks all that the embedded store of a data directory holds. Exit code 1 when anything is damaged. */
await exitOnFailure(async () => {
  const settings = parseSettings(z.object(storeSettingsShape), process.env, gatewaySettingsShape.shape);
  const path = join(settings.DATA_DIR, STORE_FILE);
  if (!existsSync(path)) throw new SettingsError([`DATA_DIR: holds no ${STORE_FILE}`]);
  const engine = new Engine({ path, maxBytes: Infinity });
  const { collections, records, indexEntries, faults } = checkStore(engine);
  await engine.close();
  console.log(`${collections} collections, ${records} records, ${indexEntries} index entries`);
  for (const { namespace, record, fault } of faults)
    console.log(`DAMAGED ${namespace}${record === null ? '' : ` record ${record}`}: ${fault}`);
  console.log(faults.length === 0 ? 'The store is whole.' : `The store has ${faults.length} fault(s).`);
  process.exit(faults.length === 0 ? 0 : 1);
});

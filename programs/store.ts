import './env-file.js';
import { z } from 'zod';
import { storeSettingsShape } from '../store/settings.js';
import { startOrAttach } from '../store/start-or-attach.js';
import { parseSettings } from '../subgraphs/shared/settings/parse.js';
import { exitOnFailure } from './exit-on-failure.js';
import { programStoreSettings } from './program-store.js';
import { gatewaySettingsShape } from './settings.js';
import { settingsInForce } from './settings-in-force.js';
import { stopAtSignal } from './wiring/until-signal.js';

/** `npm run store`: the embedded server alone, for distributed mode on one machine. */
await exitOnFailure(async () => {
  const settings = parseSettings(z.object(storeSettingsShape), process.env, gatewaySettingsShape.shape);
  console.log(settingsInForce(process.env));
  const store = await startOrAttach(programStoreSettings(settings), (error) => console.error(error.message), {
    onSlow: (slow) => console.error(`slow search: ${JSON.stringify(slow)}`),
  });
  // Before a word is said: whoever reads it may send a signal at once.
  if (!store.attached) stopAtSignal(() => store.close());
  console.log(`${store.attached ? 'A store already answers' : 'The embedded store answers'} at ${store.uri}`);
  if (store.attached) process.exit(0);
});

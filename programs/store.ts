import './env-file.js';
import { z } from 'zod';
import { storeSettingsShape, toStoreSettings } from '../store/settings.js';
import { startOrAttach } from '../store/start-or-attach.js';
import { isOwnName } from '../subgraphs/shared/names/own-value.js';
import { parseSettings } from '../subgraphs/shared/settings/parse.js';
import { exitOnFailure } from './exit-on-failure.js';
import { stopAtSignal } from './wiring/until-signal.js';

/** `npm run store`: the embedded server alone, for distributed mode on one machine. */
await exitOnFailure(async () => {
  // Everything else that stands in the environment is the gateway's.
  const known = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => isOwnName(storeSettingsShape, name)),
  );
  const settings = parseSettings(z.object(storeSettingsShape), known);
  const store = await startOrAttach(toStoreSettings(settings), (error) => console.error(error.message));
  console.log(`${store.attached ? 'A store already answers' : 'The embedded store answers'} at ${store.uri}`);
  if (store.attached) process.exit(0);
  stopAtSignal(() => store.close());
});

import './env-file.js';
import { z } from 'zod';
import { startOrAttach } from '../store/open.js';
import { storeSettingsShape, toStoreSettings } from '../store/settings.js';

/** `npm run store`: the embedded server alone, for distributed mode on one machine. */
const parsed = z.object(storeSettingsShape).safeParse(process.env);
if (!parsed.success) {
  console.error(z.prettifyError(parsed.error));
  process.exit(1);
}
const store = await startOrAttach(toStoreSettings(parsed.data), (error) => console.error(error.message));
console.log(`${store.attached ? 'A store already answers' : 'The embedded store answers'} at ${store.uri}`);

const stop = (): void => {
  void store.close().then(() => process.exit(0));
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
if (store.attached) process.exit(0);

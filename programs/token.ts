import './env-file.js';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { DevelopmentIdentityProvider } from '../seed/development/identity-provider.js';
import { SIGN_INS } from '../seed/development/sign-ins.js';
import { developmentKeys } from '../subgraphs/shared/settings/keys.js';
import { parseSettings } from '../subgraphs/shared/settings/parse.js';
import { exitOnFailure } from './exit-on-failure.js';
import { requireDevelopment } from './mode.js';
import { gatewaySettingsShape } from './settings.js';

/** `npm run token -- --as NAME`: prints a bearer token of a development sign-in, alone on the last line. */
await exitOnFailure(async () => {
  const settings = parseSettings(gatewaySettingsShape, process.env);
  requireDevelopment(settings, 'a development sign-in');
  const { values } = parseArgs({ options: { as: { type: 'string' } } });
  const signIn = SIGN_INS.find(({ name }) => name === z.string().safeParse(values.as).data);
  if (!signIn) {
    console.error(`--as must be one of: ${SIGN_INS.map(({ name }) => name).join(', ')}`);
    process.exit(1);
  }
  const keys = await developmentKeys(settings.DATA_DIR);
  const provider = new DevelopmentIdentityProvider(keys.identityProvider, settings.TOKEN_AUDIENCE, false);
  console.log(await provider.issue(signIn, new Date()));
});

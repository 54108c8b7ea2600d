import './env-file.js';
import { z } from 'zod';
import { startKsd, USUAL_PORT } from '../seed/development/ksd/server.js';
import { isOwnName } from '../subgraphs/shared/names/own-value.js';
import { developmentKeys } from '../subgraphs/shared/settings/keys.js';
import { parseSettings } from '../subgraphs/shared/settings/parse.js';
import { exitOnFailure } from './exit-on-failure.js';
import { requireDevelopment } from './mode.js';
import { gatewaySettingsShape } from './settings.js';
import { stopAtSignal } from './wiring/until-signal.js';

const shape = z.object({
  DATA_DIR: z.string().min(1).default('./data'),
  KSD_OVERBLIK_URL: z.url().default('http://127.0.0.1:4000'),
  FEED_AUDIENCE: z.string().min(1).default('overblik-feed'),
  TOKEN_AUDIENCE: z.string().min(1).default('overblik'),
  KSD_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
});

/** `npm run ksd`: a stand-in for KSD, a second system with a key of its own, on another site than Overblik. */
await exitOnFailure(async () => {
  // Everything else that stands in the environment is Overblik's.
  const known = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => isOwnName(shape.shape, name)),
  );
  const settings = parseSettings(shape, known);
  requireDevelopment(parseSettings(gatewaySettingsShape, process.env), 'the KSD stand-in', [
    settings.KSD_OVERBLIK_URL,
  ]);
  const keys = await developmentKeys(settings.DATA_DIR);
  const running = await startKsd({
    port: settings.KSD_PORT,
    overblikUrl: settings.KSD_OVERBLIK_URL,
    key: keys.ksd,
    identityKey: keys.identityProvider,
    ticketAudience: settings.FEED_AUDIENCE,
    tokenAudience: settings.TOKEN_AUDIENCE,
    production: false,
  });
  console.log(`The KSD stand-in answers at ${running.url}`);
  if (running.port !== USUAL_PORT)
    console.log(
      `Jumps from Overblik back to KSD lead to port ${USUAL_PORT} until JUMP_HOSTS names localhost:${running.port} and a role administrator has changed the jump.`,
    );
  stopAtSignal(() => running.close());
});

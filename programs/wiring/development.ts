import type { TrustedIssuer } from '../../gateway/auth/bearer.js';
import { claimStore, DEFAULT_SEED, isClaimed } from '../../seed/claim-store.js';
import { DevelopmentIdentityProvider } from '../../seed/development/identity-provider.js';
import { SOURCE_SYSTEMS, systemId, takesNotes } from '../../seed/source-systems.js';
import type { OpenStore } from '../../store/open.js';
import { danishDay } from '../../subgraphs/shared/days/danish-day.js';
import { developmentKeys, publicKey } from '../../subgraphs/shared/settings/keys.js';
import type { Logger } from '../../subgraphs/shared/settings/logger.js';
import { modeOf } from '../mode.js';
import type { GatewaySettings } from '../settings.js';
import type { FirstStart } from './first-start.js';
import { ingestPorts } from './subgraphs.js';

/** Before anything is written: a store that development did not make stays as it is. */
export async function takeStore(
  store: OpenStore,
  settings: GatewaySettings,
  at: Date,
  logger: Logger,
): Promise<void> {
  if (modeOf(settings) === 'development') await claimStore(store, specOf(settings, at));
  else if (await isClaimed(store))
    logger.warn({}, 'store holds synthetic citizens of development: give production a store of its own');
}

/** @returns the issuer of development's bearer tokens. */
export async function developmentIssuer(settings: GatewaySettings): Promise<TrustedIssuer> {
  const { identityProvider } = await developmentKeys(settings.DATA_DIR);
  const production = modeOf(settings) === 'production';
  return new DevelopmentIdentityProvider(
    identityProvider,
    settings.TOKEN_AUDIENCE,
    production,
  ).trustedIssuer();
}

/** Development seeds an empty store on first start; production never makes data. @returns the stories, and whether they were planted now. */
export async function prepare(
  settings: GatewaySettings,
  store: OpenStore,
  onProgress: (citizens: number, total: number) => void,
  now: () => Date,
): ReturnType<FirstStart['prepare']> {
  if (modeOf(settings) === 'production') return { stories: [], planted: false };
  const { seedOnFirstStart } = await import('../../seed/first-start.js');
  await registerSystems(settings, store);
  return seedOnFirstStart(store, ingestPorts(store), specOf(settings, now()), onProgress);
}

/** In development every seeded source system delivers with one key, which lies in the data directory. */
async function registerSystems(settings: GatewaySettings, store: OpenStore): Promise<void> {
  const { sourceSystems, ksd } = await developmentKeys(settings.DATA_DIR);
  const keysOfSystem = (code: string) =>
    [sourceSystems, ...(code === 'KSD' ? [ksd] : [])].map((key) => publicKey(key));
  await ingestPorts(store).access.systems(
    SOURCE_SYSTEMS.map(({ code, name }) => ({
      id: systemId(code),
      code,
      name,
      keys: keysOfSystem(code),
      takesNotes: takesNotes(code),
    })),
  );
}

function specOf({ SEED_CITIZENS: citizens }: GatewaySettings, at: Date) {
  return { seed: DEFAULT_SEED, date: danishDay(at), citizens };
}

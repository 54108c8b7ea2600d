import type { IdentityProvider } from '../../gateway/saml/provider.js';
import type { OpenStore } from '../../store/open.js';
import { readProviders } from '../../subgraphs/access/installation/read-installation.js';
import { modeOf, productionDemands } from '../mode.js';
import { type GatewaySettings, signInProblems } from '../settings.js';

/**
 * @returns the identity providers that were set up (npm run setup); one that the settings name too is the settings'
 * @throws SettingsError when nobody could sign in
 */
export async function storedProviders(
  settings: GatewaySettings,
  store: Pick<OpenStore, 'database'>,
): Promise<IdentityProvider[]> {
  const named = new Set(settings.SAML_PROVIDERS.map(({ entityId }) => entityId));
  const stored = (await readProviders(store.database('access'))).filter(({ _id }) => !named.has(_id));
  const problems = modeOf(settings) === 'production' ? signInProblems(settings, stored.length) : [];
  if (problems.length > 0) throw productionDemands(settings, problems);
  return stored.map(({ _id: entityId, sloUrl, delegated, certificates, ...rest }) => ({
    ...{ entityId, ...rest, delegated: [...delegated], certificates: [...certificates] },
    ...(sloUrl !== null && { sloUrl }),
  }));
}

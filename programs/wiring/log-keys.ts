import type { TrustedKey } from '../../subgraphs/shared/audit/key-list.js';
import { developmentKeys, hasDevelopmentKeys } from '../../subgraphs/shared/settings/keys.js';
import { SettingsError } from '../../subgraphs/shared/settings/parse.js';
import { modeOf, productionDemands } from '../mode.js';
import type { GatewaySettings } from '../settings.js';
import { ownKey } from './audit.js';

/**
 * The public keys that the look-up log is proven with. A key made on the spot would make every checkpoint look forged.
 * @param inDevelopment used in development when nothing is named and the data directory has no keys
 * @throws SettingsError when there is none
 */
export async function trustedKeys(
  settings: GatewaySettings,
  inDevelopment: readonly TrustedKey[] = [],
): Promise<readonly TrustedKey[]> {
  const { AUDIT_VERIFY_KEYS: named, AUDIT_SIGNING_KEY: signing, DATA_DIR: dataDir } = settings;
  if (named) return named;
  if (signing) return [ownKey(signing)];
  const demand = 'AUDIT_VERIFY_KEYS: required to verify a log, or AUDIT_SIGNING_KEY';
  if (modeOf(settings) === 'production') throw productionDemands(settings, [demand]);
  if (hasDevelopmentKeys(dataDir)) return [ownKey((await developmentKeys(dataDir)).audit)];
  if (inDevelopment.length === 0) throw new SettingsError([demand]);
  return inDevelopment;
}

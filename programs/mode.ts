import { SUBGRAPH_NAMES } from '../schema/subgraph-names.js';
import { type Mode, statedMode } from '../store/settings.js';
import { isLoopback, isLoopbackUrl } from '../subgraphs/shared/settings/loopback.js';
import { SettingsError } from '../subgraphs/shared/settings/parse.js';
import { type GatewaySettings, productionProblems, secretProblems, subgraphUrls } from './settings.js';

/** What speaks of the mode: the gateway's settings, or a subgraph's. */
export type ModeSettings = Omit<GatewaySettings, 'INTERNAL_VERIFY_KEYS'>;

/**
 * The mode a process runs in. Without a word from the operator it is development only where nobody else is concerned:
 * on a loopback address, with the embedded store and nothing of a real installation within its reach.
 */
export function modeOf(settings: ModeSettings): Mode {
  return statedMode(settings) ?? (realParts(settings).length === 0 ? 'development' : 'production');
}

/** @returns names of the settings that mean production where no mode is stated. */
function realParts(settings: ModeSettings): string[] {
  const { HOST, OPERATIONS_HOST, PUBLIC_URL, AMQP_URL } = settings;
  const speaking: readonly (readonly [name: string, real: boolean])[] = [
    ['MONGODB_URI', settings.MONGODB_URI !== undefined],
    ['AUDIT_MONGODB_URI', settings.AUDIT_MONGODB_URI !== undefined],
    ['STORE_EMBEDDED_IN_PRODUCTION', settings.STORE_EMBEDDED_IN_PRODUCTION === 'yes'],
    ['HOST', !isLoopback(HOST)],
    ['OPERATIONS_HOST', !isLoopback(OPERATIONS_HOST)],
    ['PUBLIC_URL', PUBLIC_URL !== undefined && !isLoopbackUrl(PUBLIC_URL)],
    ['AMQP_URL', AMQP_URL !== undefined && !isLoopbackUrl(AMQP_URL)],
    ['TRUSTED_PROXIES', settings.TRUSTED_PROXIES.length > 0],
    ...SUBGRAPH_NAMES.map(
      (name) => [`SUBGRAPH_${name.toUpperCase()}_URL`, subgraphUrls(settings)[name] !== undefined] as const,
    ),
  ];
  return speaking.filter(([, real]) => real).map(([name]) => name);
}

/** @returns the unmet demands as one error, with why it is production for an operator who did not say so. */
export function productionDemands(settings: ModeSettings, demands: readonly string[]): SettingsError {
  return new SettingsError([...whyProduction(settings), ...demands]);
}

function whyProduction(settings: ModeSettings): string[] {
  const parts = realParts(settings);
  if (statedMode(settings) !== undefined || parts.length === 0) return [];
  const why = `OVERBLIK_MODE: not stated, and ${parts.join(', ')} mean${parts.length === 1 ? 's' : ''} production; state development if nothing here is real`;
  return [why];
}

/**
 * Before anything is opened.
 * @throws SettingsError with every unmet demand, when a secret is missing in production
 */
export function requireSecrets(settings: GatewaySettings): void {
  if (modeOf(settings) === 'production' && secretProblems(settings).length > 0)
    throw productionDemands(settings, productionProblems(settings));
}

/**
 * For what exists in development alone.
 * @param what as the message names it
 * @param urls addresses of the settings; one that is not loopback needs the stated mode
 * @throws SettingsError in any other mode
 */
export function requireDevelopment(settings: ModeSettings, what: string, urls: readonly string[] = []): void {
  const refusal = `OVERBLIK_MODE: ${what} exists in development only`;
  if (modeOf(settings) === 'production') throw productionDemands(settings, [refusal]);
  if (statedMode(settings) === undefined && !urls.every(isLoopbackUrl))
    throw new SettingsError([`${refusal}; towards another machine the mode must be stated`]);
}

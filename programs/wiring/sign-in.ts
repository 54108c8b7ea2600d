import { JumpLinks } from '../../gateway/jumps/links.js';
import type { IdentityProvider } from '../../gateway/saml/provider.js';
import { type ServiceKeys, ServiceProvider } from '../../gateway/saml/service-provider.js';
import { AccessTokens } from '../../gateway/sessions/access-tokens.js';
import { SessionKeeper } from '../../gateway/sessions/session-keeper.js';
import { AUTHORITIES } from '../../seed/authorities.js';
import { developmentSamlKeys } from '../../seed/development/saml-keys.js';
import {
  type DevelopmentProvider,
  type DevelopmentProviderOptions,
  developmentProviders,
  startDevelopmentProvider,
} from '../../seed/development/saml-provider.js';
import { SIGN_INS } from '../../seed/development/sign-ins.js';
import { present } from '../../subgraphs/shared/certain/present.js';
import type { AccessPort } from '../../subgraphs/shared/ports/access.js';
import { developmentKeys, type Keys } from '../../subgraphs/shared/settings/keys.js';
import { modeOf } from '../mode.js';
import type { GatewaySettings } from '../settings.js';

interface SignInParts {
  readonly keys: Keys;
  readonly access: AccessPort;
  /** Identity providers that were set up in the store. */
  readonly stored: readonly IdentityProvider[];
  readonly publicUrl: () => string;
  /** Where another process runs the development identity provider; undefined when this one is to run it. */
  readonly developmentUrl: string | undefined;
  readonly now: () => Date;
}

/** What sign-in, sessions and jumps are made of in one gateway. */
export interface SignIn {
  readonly service: ServiceProvider;
  readonly keeper: SessionKeeper;
  readonly links: JumpLinks | undefined;
  readonly developmentUrl: string | undefined;
  close(): Promise<void>;
}

/** Prepares sign-in and jumps: with the identity providers of the settings and of the store, and in development with its own. */
export async function openSignIn(settings: GatewaySettings, parts: SignInParts): Promise<SignIn> {
  const { keys, access, stored, publicUrl, now } = parts;
  const development = modeOf(settings) === 'production' ? undefined : await openDevelopment(settings, parts);
  const service = new ServiceProvider({
    publicUrl,
    keys: serviceKeys(settings) ?? development?.keys ?? NO_KEYS,
    providers: [...settings.SAML_PROVIDERS, ...stored, ...(development?.providers ?? [])],
    once: (id, until) => access.once(id, until),
    clockSkewSeconds: settings.SAML_CLOCK_SKEW_SECONDS,
  });
  const linkKey = settings.LINK_KEY ?? development?.linkKey;
  return {
    service,
    keeper: new SessionKeeper(new AccessTokens(keys.cursor, now), access, now),
    links: linkKey && (await JumpLinks.open(linkKey)),
    developmentUrl: development?.url,
    close: () => development?.own?.close() ?? Promise.resolve(),
  };
}

/** An installation that takes bearer tokens alone signs nobody in by SAML, and needs no keys for it. */
const NO_KEYS: ServiceKeys = { key: '', certificate: '' };

function serviceKeys({
  SAML_KEY: key,
  SAML_CERTIFICATE: certificate,
}: GatewaySettings): ServiceKeys | undefined {
  return key !== undefined && certificate !== undefined ? { key, certificate } : undefined;
}

async function openDevelopment(settings: GatewaySettings, parts: SignInParts) {
  const options = await developmentOptions(settings, parts);
  const own = parts.developmentUrl === undefined ? await startDevelopmentProvider(options) : undefined;
  const url = own?.url ?? present(parts.developmentUrl, 'the address of the identity provider');
  const { links: linkKey } = await developmentKeys(settings.DATA_DIR);
  return { keys: options.keys.service, providers: developmentProviders(url, options), linkKey, url, own };
}

/** Starts the development identity provider alone, for gateways in other processes. */
export async function startProviderAlone(
  settings: GatewaySettings,
  parts: Pick<SignInParts, 'publicUrl' | 'now'>,
): Promise<DevelopmentProvider> {
  return startDevelopmentProvider(await developmentOptions(settings, parts));
}

async function developmentOptions(
  settings: GatewaySettings,
  { publicUrl, now }: Pick<SignInParts, 'publicUrl' | 'now'>,
): Promise<DevelopmentProviderOptions> {
  const keys = await developmentSamlKeys(settings.DATA_DIR);
  return {
    port: settings.SAML_DEVELOPMENT_PORT,
    keys: { ...keys, service: serviceKeys(settings) ?? keys.service },
    signIns: SIGN_INS,
    names: Object.fromEntries(AUTHORITIES.map(({ cvr, name }) => [cvr, name])),
    production: modeOf(settings) === 'production',
    serviceUrl: publicUrl,
    now,
  };
}

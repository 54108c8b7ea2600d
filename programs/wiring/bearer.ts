import {
  bearerVerifier,
  remoteIssuer,
  type TrustedIssuer,
  type VerifyBearer,
} from '../../gateway/auth/bearer.js';
import { foreignTokenRecorder } from '../../gateway/auth/foreign-tokens.js';
import type { IdentityProvider } from '../../gateway/saml/provider.js';
import { SignInLog } from '../../gateway/sessions/sign-in-log.js';
import type { AuditWriter } from '../../subgraphs/shared/audit/writer.js';
import type { GatewaySettings } from '../settings.js';

interface VerifierParts {
  readonly audit: AuditWriter;
  readonly providers: readonly IdentityProvider[];
  readonly now: () => Date;
}

/** Bearer tokens are taken of the issuers of the settings, and in development of its own. */
export function verifierOf(
  settings: GatewaySettings,
  development: TrustedIssuer | undefined,
  { audit, providers, now }: VerifierParts,
): VerifyBearer {
  const issuers = [...settings.TRUSTED_ISSUERS.map(remoteIssuer), ...(development ? [development] : [])];
  const authorities = new Set([
    ...issuers.flatMap(({ cvrs }) => cvrs),
    ...providers.flatMap(({ cvr, delegated }) => [cvr, ...delegated]),
  ]);
  const record = foreignTokenRecorder(new SignInLog(audit, now), authorities);
  return bearerVerifier(issuers, settings.TOKEN_AUDIENCE, now, record);
}

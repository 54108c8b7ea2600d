import type { CitizensPort } from '../../subgraphs/shared/ports/citizens.js';
import type { SessionsPort } from '../../subgraphs/shared/ports/sessions.js';
import type { OnError } from '../http/attempt.js';
import type { SessionKeeper } from '../sessions/session-keeper.js';
import type { SignInLog } from '../sessions/sign-in-log.js';
import type { ServiceProvider } from './service-provider.js';

/** What sign-in by SAML needs. */
export interface SamlParts {
  readonly service: ServiceProvider;
  readonly keeper: SessionKeeper;
  readonly sessions: SessionsPort;
  readonly citizens: Pick<CitizensPort, 'resolve'>;
  readonly log: SignInLog;
  readonly publicUrl: () => string;
  readonly now: () => Date;
  readonly isReady: () => boolean;
  /** Called when every certificate of an authority's identity provider has run out. */
  readonly onExpired: (cvr: string | null) => void;
  readonly onError: OnError;
}

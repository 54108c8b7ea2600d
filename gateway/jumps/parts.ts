import type { SubgraphPorts } from '../../subgraphs/shared/ports/ports.js';
import type { AccessClient } from '../auth/access-client.js';
import type { Answers, OnError } from '../http/attempt.js';
import { UNAVAILABLE } from '../http/messages.js';
import type { SystemLimit } from '../limits/system-limit.js';
import type { SessionKeeper } from '../sessions/session-keeper.js';
import type { SignInLog } from '../sessions/sign-in-log.js';
import type { Transports } from '../transport/transport.js';
import type { JumpLinks } from './links.js';

/** What jumps in and out are made of. */
export interface ContextParts {
  readonly access: AccessClient;
  readonly ports: SubgraphPorts;
  readonly transports: Pick<Transports, 'cases'>;
  readonly keeper: SessionKeeper;
  readonly log: SignInLog;
  /** Undefined when the installation has no key for links. */
  readonly links: JumpLinks | undefined;
  readonly now: () => Date;
  readonly isReady: () => boolean;
  /** How much a system may ask. */
  readonly systemLimit: SystemLimit;
  /** The address a system's assertion must be for. */
  readonly audience: string;
  readonly publicUrl: () => string;
  /** Hosts a case may be opened at in its own system. */
  readonly jumpHosts: readonly string[];
  readonly onError: OnError;
}

/** What fails on a jump says no more than that; nothing opens by a failure. */
export function jumpAnswers({ isReady, onError }: Pick<ContextParts, 'isReady' | 'onError'>): Answers {
  return { isReady, onError, failed: UNAVAILABLE };
}

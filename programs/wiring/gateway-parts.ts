import type { AccessClient } from '../../gateway/auth/access-client.js';
import type { VerifyBearer } from '../../gateway/auth/bearer.js';
import type { AskReadiness } from '../../gateway/health/readiness.js';
import type { JumpLinks } from '../../gateway/jumps/links.js';
import type { LookUpLimit } from '../../gateway/limits/look-up-limit.js';
import type { Metrics } from '../../gateway/metrics.js';
import type { ServiceProvider } from '../../gateway/saml/service-provider.js';
import type { SessionKeeper } from '../../gateway/sessions/session-keeper.js';
import type { StoredOperations } from '../../gateway/stored-operations.js';
import type { Transports } from '../../gateway/transport/transport.js';
import type { DevelopmentSite } from '../../seed/development/site.js';
import type { AuditWriter } from '../../subgraphs/shared/audit/writer.js';
import type { SubgraphPorts } from '../../subgraphs/shared/ports/ports.js';
import type { Logger } from '../../subgraphs/shared/settings/logger.js';

/** What the gateway is built from. */
export interface GatewayParts {
  readonly supergraphSdl: string;
  readonly transports: Transports;
  readonly verify: VerifyBearer;
  readonly access: AccessClient;
  readonly operations: StoredOperations;
  /** Whether callers may run documents of their own beside the stored operations. */
  readonly anyOperation: boolean;
  readonly ready: AskReadiness;
  /** Whether first-start work (the seed) is done. */
  readonly isReady: () => boolean;
  readonly metrics: Metrics;
  /** Counts the look-ups of each user; undefined for none, in tests and benchmarks alone. */
  readonly lookUps: LookUpLimit | undefined;
  readonly logger: Logger;
  readonly now: () => Date;
  readonly subgraphTimeoutMs: number;
  /** Undefined in production: nothing of it exists there. */
  readonly development: DevelopmentSite | undefined;
  /** How records enter the subgraphs. */
  readonly ports: SubgraphPorts;
  /** The address a source system's assertion must be for. */
  readonly feedAudience: string;
  readonly audit: Pick<AuditWriter, 'append'>;
  readonly service: ServiceProvider;
  readonly keeper: SessionKeeper;
  readonly links: JumpLinks | undefined;
  /** Where users reach Overblik; known once it listens. */
  readonly publicUrl: () => string;
  readonly jumpHosts: readonly string[];
  /** Proxies whose word for a caller's address is taken; with none it is the connection's own. */
  readonly trustedProxies: readonly string[];
  /** Requests a minute. */
  readonly limits: {
    readonly perAddress: number;
    readonly perSystem: number;
    readonly operationsAtOnce: number;
  };
}

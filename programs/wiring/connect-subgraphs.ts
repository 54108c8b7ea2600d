import type { AccessClient } from '../../gateway/auth/access-client.js';
import { httpTransport } from '../../gateway/transport/http.js';
import { inProcessTransport } from '../../gateway/transport/in-process.js';
import type { SubgraphTransport, Transports } from '../../gateway/transport/transport.js';
import { SUBGRAPH_NAMES, type SubgraphName } from '../../schema/subgraph-names.js';
import type { OpenStore } from '../../store/open.js';
import { present } from '../../subgraphs/shared/certain/present.js';
import { identitySigner } from '../../subgraphs/shared/identity/signature.js';
import { recordOf } from '../../subgraphs/shared/names/known-names.js';
import type { Keys } from '../../subgraphs/shared/settings/keys.js';
import { loggable, type Logger } from '../../subgraphs/shared/settings/logger.js';
import { type GatewaySettings, subgraphUrls } from '../settings.js';
import type { OpenAudit } from './audit.js';
import { buildSubgraphs } from './subgraphs.js';

interface ConnectParts {
  readonly settings: GatewaySettings;
  readonly keys: Keys;
  readonly store: OpenStore;
  readonly audit: OpenAudit;
  readonly logger: Logger;
  readonly now: () => Date;
  /** Stands between the gateway and a subgraph; left out for nothing. */
  readonly wrap: ((transport: SubgraphTransport) => SubgraphTransport) | undefined;
}

/** @returns how each subgraph is reached; those without an address of their own are built in this process. */
export async function connectSubgraphs(parts: ConnectParts): Promise<Transports> {
  const { settings, keys, wrap = (transport: SubgraphTransport) => transport } = parts;
  const urls = subgraphUrls(settings);
  const isLocal = SUBGRAPH_NAMES.some((name) => urls[name] === undefined);
  const built = isLocal ? await buildHere(parts) : undefined;
  const sign = await identitySigner(keys.internal);
  const transportOf = (name: SubgraphName): SubgraphTransport => {
    const url = urls[name];
    if (url !== undefined) return wrap(httpTransport(name, url, sign));
    return wrap(inProcessTransport(name, present(built, 'the subgraphs of this process')[name]));
  };
  return recordOf(SUBGRAPH_NAMES, transportOf);
}

/** Closes the ways to every subgraph. */
export async function closeTransports(transports: Transports): Promise<void> {
  await Promise.all(Object.values(transports).map((transport) => transport.close()));
}

function buildHere({ settings, store, audit, keys, now, logger }: ConnectParts) {
  return buildSubgraphs(store, {
    audit: audit.writer,
    auditTrust: audit.trust,
    cursorKey: keys.cursor,
    verifyIdentity: undefined,
    now,
    timeoutMs: settings.SUBGRAPH_TIMEOUT_MS,
    onError: (error, requestId) =>
      logger.error(
        { requestId, error: loggable(error) },
        'subgraph failed: a part of the answer is missing; read error and check the store',
      ),
  });
}

/** A section's subgraph may be down; the store, persons' rights and the log may not. */
export function checksOf(transports: Transports, store: OpenStore, access: AccessClient) {
  const pings = (name: SubgraphName) => () => access.reaches(transports[name]);
  return [
    {
      name: 'store',
      required: true,
      check: async () => (await store.client.db('admin').command({ ping: 1 }))['ok'] === 1,
    },
    ...SUBGRAPH_NAMES.map((name) => ({ name, required: name === 'access', check: pings(name) })),
  ];
}

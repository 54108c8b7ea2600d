import { asGateway } from '../../subgraphs/shared/identity/as-gateway.js';
import { ingestBody } from '../../subgraphs/shared/ports/endpoint.js';
import type { IngestPorts } from '../../subgraphs/shared/ports/ingest-port.js';
import { decodeWire, encodeWire } from '../../subgraphs/shared/ports/wire.js';
import { type SubgraphTransport, type Transports, withDeadline } from './transport.js';

/** How long one batch may take in one subgraph. */
const BATCH_TIMEOUT_MS = 30_000;

/** @returns ingest ports that reach the owning subgraphs under the gateway's own identity, in-process or over HTTP. */
export function remotePorts(transports: Transports, now: () => Date): IngestPorts {
  const port = <P extends keyof IngestPorts>(name: P): IngestPorts[P] =>
    new Proxy({} as IngestPorts[P], {
      get: (_target, method) =>
        typeof method === 'string' && method !== 'then'
          ? (...args: unknown[]) => call(transports[name], method, args, now)
          : undefined,
    });
  return {
    citizens: port('citizens'),
    cases: port('cases'),
    documents: port('documents'),
    benefits: port('benefits'),
    alerts: port('alerts'),
    access: port('access'),
  };
}

async function call(
  transport: SubgraphTransport,
  method: string,
  args: readonly unknown[],
  now: () => Date,
): Promise<unknown> {
  const encoded = encodeWire(args);
  const identity = asGateway(transport.name, ingestBody(method, encoded), 'feed', now());
  const result = await withDeadline(transport.name, BATCH_TIMEOUT_MS, (signal) =>
    transport.ingest(method, encoded, identity, signal),
  );
  return decodeWire(result);
}

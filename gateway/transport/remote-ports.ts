import { asGateway } from '../../subgraphs/shared/identity/as-gateway.js';
import { ingestBody } from '../../subgraphs/shared/ports/endpoint.js';
import { eachPort, type PortName, type SubgraphPorts } from '../../subgraphs/shared/ports/ports.js';
import { decodeWire, encodeWire } from '../../subgraphs/shared/ports/wire.js';
import { type SubgraphTransport, type Transports, withDeadline } from './transport.js';

/** How long one batch may take in one subgraph. */
const BATCH_TIMEOUT_MS = 30_000;

/** @returns ingest ports that reach the owning subgraphs under the gateway's own identity, in-process or over HTTP. */
export function remotePorts(transports: Transports, now: () => Date): SubgraphPorts {
  return eachPort(
    <P extends PortName>(name: P) =>
      // cast: the proxy answers for every method
      new Proxy({} as SubgraphPorts[P], {
        get: (_target, method) =>
          typeof method === 'string' && method !== 'then'
            ? (...args: unknown[]) => call(transports[name], method, args, now)
            : undefined,
      }),
  );
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

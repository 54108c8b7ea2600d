import type { AccessClient } from '../../gateway/auth/access-client.js';
import type { Metrics } from '../../gateway/metrics.js';
import { MessageBroker } from '../../intake/messages/broker.js';
import type { SubgraphPorts } from '../../subgraphs/shared/ports/ports.js';
import { loggable, type Logger } from '../../subgraphs/shared/settings/logger.js';
import type { GatewaySettings } from '../settings.js';

interface Parts {
  readonly ports: SubgraphPorts;
  readonly access: AccessClient;
  readonly metrics: Metrics;
  readonly prepared: Promise<void>;
  readonly now: () => Date;
  readonly logger: Logger;
}

/** Takes messages from RabbitMQ when `AMQP_URL` is set, from the moment the gateway is ready. */
export function startBroker(
  { AMQP_URL: url }: GatewaySettings,
  { ports, access, metrics, prepared, now, logger }: Parts,
): MessageBroker | undefined {
  if (url === undefined) return undefined;
  const broker = new MessageBroker({
    url,
    ports,
    now,
    systemById: (id) => access.systemById(id),
    onMessage: metrics.onMessage,
    onTrouble: (error) =>
      logger.warn(
        { error: loggable(error) },
        'message broker failed: Overblik connects again by itself; check the broker and AMQP_URL',
      ),
  });
  void prepared.then(() => broker.start()).catch(() => undefined);
  return broker;
}

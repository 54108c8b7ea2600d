import { type OperationsParts, operationsServer } from '../../gateway/health/operations-server.js';
import { listenAt } from '../../subgraphs/shared/settings/listen.js';
import { modeOf } from '../mode.js';
import { type GatewaySettings, USUAL_OPERATIONS_PORT } from '../settings.js';
import type { StartPart } from './parts.js';

/**
 * Starts what operators watch a gateway by. Production is watched at a known port; a development start stands beside others.
 * @returns where it answers
 */
export async function startOperations(
  start: StartPart,
  settings: GatewaySettings,
  parts: OperationsParts,
): Promise<string> {
  const operations = await start(
    'operations',
    () => operationsServer(parts),
    (server) => server.close(),
  );
  const { OPERATIONS_HOST: host, OPERATIONS_PORT: given } = settings;
  const named = given ?? (modeOf(settings) === 'production' ? USUAL_OPERATIONS_PORT : undefined);
  const place = { host, named, usual: USUAL_OPERATIONS_PORT, setting: 'OPERATIONS_PORT' };
  return (await listenAt(operations, place)).url;
}

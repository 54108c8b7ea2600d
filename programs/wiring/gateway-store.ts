import type { OpenStore } from '../../store/open.js';
import { loggable, type Logger } from '../../subgraphs/shared/settings/logger.js';
import { openProgramStore } from '../program-store.js';
import type { GatewaySettings } from '../settings.js';

/** Opens the store of a gateway, or of the first process of its cluster. */
export function openGatewayStore(
  settings: GatewaySettings,
  logger: Logger,
  monitorStore = false,
): Promise<OpenStore> {
  return openProgramStore(
    settings,
    (error) =>
      logger.error(
        { error: loggable(error) },
        'embedded store failed: read error, make room on the disk, run npm run store:check',
      ),
    {
      monitorCommands: monitorStore,
      onTakeOver: () => logger.warn('embedded store taken over: find out why the process that kept it ended'),
      onSlow: (slow) =>
        logger.warn(
          slow,
          'search of the store was slow: find out what asks so much, or what else the machine does',
        ),
    },
  );
}

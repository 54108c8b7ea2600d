import '../../../programs/no-telemetry.js';
import { gatewaySettingsShape } from '../../../programs/settings.js';
import { startGatewayProcess } from '../../../programs/wiring/gateway-process.js';
import { countCommands, countsCommands } from './commands.js';

/** Overblik as it is run, but that one user may look up without end; subgraphs with an address run elsewhere. */
const running = await startGatewayProcess(gatewaySettingsShape.parse(process.env), {
  onSeedProgress: () => undefined,
  limitLookUps: false,
  monitorStore: countsCommands,
});
countCommands(running.store.client);
await running.prepared;
console.log(`answers at ${running.url}/graphql`);

import '../../../programs/no-telemetry.js';
import { gatewaySettingsShape } from '../../../programs/settings.js';
import { startGatewayProcess } from '../../../programs/wiring/gateway-process.js';
import { ingestPorts } from '../../../programs/wiring/subgraphs.js';
import { DevelopmentIdentityProvider } from '../../../seed/development/identity-provider.js';
import { SIGN_INS } from '../../../seed/development/sign-ins.js';
import { developmentKeys, publicKey } from '../../../subgraphs/shared/settings/keys.js';
import { plantTypicalCitizen } from '../world.js';

/** Seeds the store of all fronts once, with the typical citizen among the seeded ones, and makes a caseworker's token. */
const settings = gatewaySettingsShape.parse(process.env);
const running = await startGatewayProcess(settings, { onSeedProgress: () => undefined });
await running.prepared;
const citizenId = await plantTypicalCitizen(ingestPorts(running.store));
const keys = await developmentKeys(settings.DATA_DIR);
const signIn = SIGN_INS.find(({ name }) => name === 'vip-cleared')!;
const token = await new DevelopmentIdentityProvider(keys.identityProvider, 'overblik', false).issue(
  signIn,
  new Date(),
);
await running.close();
const bearerKey = publicKey(keys.identityProvider);
console.log(`answers at ${JSON.stringify({ citizenId, token, bearerKey })}`);
process.exit(0);

import '../../../programs/no-telemetry.js';
import { gatewaySettingsShape } from '../../../programs/settings.js';
import { startGatewayProcess } from '../../../programs/wiring/gateway-process.js';
import { ingestPorts } from '../../../programs/wiring/subgraphs.js';
import { DevelopmentIdentityProvider } from '../../../seed/development/identity-provider.js';
import { SIGN_INS } from '../../../seed/development/sign-ins.js';
import { developmentKeys, publicKey } from '../../../subgraphs/shared/settings/keys.js';
import { plantTypicalCitizen } from '../world.js';
import { plantGrowth, type PlantedGrowth } from './plant-growth.js';

/** What this program prints. */
export interface Planted {
  readonly citizenId: string;
  readonly token: string;
  /** What checks the token's signature. */
  readonly bearerKey: object;
  readonly growth?: PlantedGrowth;
}

/** Seeds the store of all fronts once, with the typical citizen among the seeded ones, and makes a caseworker's token. */
const settings = gatewaySettingsShape.parse(process.env);
const running = await startGatewayProcess(settings, { onSeedProgress: () => undefined });
await running.prepared;
const ports = ingestPorts(running.store);
const citizenId = await plantTypicalCitizen(ports);
const keys = await developmentKeys(settings.DATA_DIR);
const provider = new DevelopmentIdentityProvider(keys.identityProvider, 'overblik', false);
const signIn = SIGN_INS.find(({ name }) => name === 'vip-cleared')!;
const planted: Planted = {
  citizenId,
  token: await provider.issue(signIn, new Date()),
  bearerKey: publicKey(keys.identityProvider),
  ...(process.argv.includes('growth') && { growth: await plantGrowth(ports, provider, signIn) }),
};
await running.close();
console.log(`answers at ${JSON.stringify(planted)}`);
process.exit(0);

import './env-file.js';
import './no-telemetry.js';
import cluster from 'node:cluster';
import { SIGN_INS } from '../seed/development/sign-ins.js';
import { type ProgressBar, progressBar } from '../seed/progress.js';
import { parseSettings } from '../subgraphs/shared/settings/parse.js';
import { exitOnFailure } from './exit-on-failure.js';
import { modeOf } from './mode.js';
import {
  type GatewaySettings,
  gatewaySettingsShape,
  subgraphUrls,
  USUAL_OPERATIONS_PORT,
} from './settings.js';
import { settingsInForce } from './settings-in-force.js';
import { stopAtSignal } from './wiring/until-signal.js';

/**
 * `npm start`: the gateway, with every subgraph that has no address of its own in the same process; with WORKERS in several such processes.
 * Each loads what it is alone.
 */
await exitOnFailure(async () => {
  const settings = parseSettings(gatewaySettingsShape, process.env);
  if (!cluster.isPrimary) {
    const { runWorker } = await import('./wiring/workers/worker-process.js');
    runWorker(settings);
    return;
  }
  console.log(settingsInForce(process.env));
  const bar = progressBar('Making Korsbæk and two more municipalities');
  const running = await (settings.WORKERS > 1 ? startSeveral(settings) : startAlone(settings, bar));
  // A second signal, or ten seconds, ends it whatever is still open.
  stopAtSignal(
    () => running.close(),
    () => setTimeout(() => process.exit(1), 10_000).unref(),
  );
  console.log(
    `For operations: ${running.operationsUrl}/metrics and /health/ready${otherPort(settings, running.operationsUrl)}`,
  );
  await running.prepared;
  bar.end();
  console.log(`Overblik answers at ${running.url}`);
  const remote = Object.keys(subgraphUrls(settings));
  if (remote.length > 0) console.log(`Subgraphs in processes of their own: ${remote.join(', ')}`);
  if (modeOf(settings) === 'production') return;
  console.log('\nDevelopment sign-ins (npm run -s token -- --as NAME):');
  for (const { name, shows } of SIGN_INS) console.log(`  ${name.padEnd(20)} ${shows}`);
  console.log(
    `\nSign in: ${running.url}/saml/login (identity provider ${running.identityProviderUrl ?? ''})`,
  );
  console.log('Begin in KSD: npm run ksd, which prints its address');
  console.log(`\nStart page ${running.url}/   sign-ins and stories ${running.url}/dev/directory`);
});

async function startAlone(settings: GatewaySettings, bar: ProgressBar) {
  const { startGatewayProcess } = await import('./wiring/gateway-process.js');
  return startGatewayProcess(settings, { onSeedProgress: bar.update });
}

async function startSeveral(settings: GatewaySettings) {
  const { startFirstProcess } = await import('./wiring/workers/first-process.js');
  return startFirstProcess(settings);
}

/** Says so when the usual port was taken. */
function otherPort({ OPERATIONS_PORT: named }: GatewaySettings, url: string): string {
  return named === undefined && new URL(url).port !== String(USUAL_OPERATIONS_PORT)
    ? ` (port ${USUAL_OPERATIONS_PORT} is in use)`
    : '';
}

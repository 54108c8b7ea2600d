import '../../../programs/no-telemetry.js';
import cluster from 'node:cluster';
import { gatewaySettingsShape } from '../../../programs/settings.js';

/** Overblik with WORKERS=2, but that one user may look up without end. */
const settings = gatewaySettingsShape.parse({ ...process.env, WORKERS: '2' });
if (cluster.isPrimary) {
  // What a worker has used is read from outside: what is preloaded here would answer in the words of the first process.
  cluster.setupPrimary({ execArgv: [] });
  const { startFirstProcess } = await import('../../../programs/wiring/workers/first-process.js');
  const running = await startFirstProcess(settings);
  await running.prepared;
  console.log(`answers at ${running.url}/graphql`);
} else {
  const { runWorker } = await import('../../../programs/wiring/workers/worker-process.js');
  runWorker(settings, { limitLookUps: false });
}

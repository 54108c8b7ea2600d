import { existsSync } from 'node:fs';
import { defaultAnchorFile } from './wiring/audit.js';
import { modeOf, productionDemands } from './mode.js';
import { gatewaySettingsShape } from './settings.js';
import { openStore } from '../store/open.js';
import { toStoreSettings } from '../store/settings.js';
import { checkpointReader } from '../subgraphs/shared/audit/checkpoint.js';
import { auditCollections } from '../subgraphs/shared/audit/mongo-sink.js';
import { verifyAudit } from '../subgraphs/shared/audit/verify.js';
import { developmentKeys, publicKey } from '../subgraphs/shared/settings/keys.js';
import { exitOnFailure, parseSettings } from '../subgraphs/shared/settings/parse.js';

/** `npm run audit:verify`: proves the look-up log up to the last checkpoint. Exit code 1 when anything is wrong. */
await exitOnFailure(async () => {
  const settings = parseSettings(gatewaySettingsShape, process.env);
  if (!settings.AUDIT_SIGNING_KEY && modeOf(settings) === 'production')
    throw productionDemands(settings, ['AUDIT_SIGNING_KEY: required in production']);
  const key = settings.AUDIT_SIGNING_KEY ?? (await developmentKeys(settings.DATA_DIR)).audit;
  const store = await openStore(toStoreSettings(settings), (error) => console.error(error.message));
  const anchorFile = settings.AUDIT_ANCHOR_FILE ?? defaultAnchorFile(settings.DATA_DIR);
  const report = await verifyAudit(
    auditCollections(store.database('audit')),
    checkpointReader({ keys: [publicKey(key)] }),
    { anchorFile: existsSync(anchorFile) ? anchorFile : undefined },
  );
  console.log(
    `${report.entries} entries of ${report.writers} writers under ${report.checkpoints} checkpoints`,
  );
  for (const { writer, cvr, fromSeq, toSeq } of report.unproven)
    console.log(`not yet vouched for: ${writer} ${cvr} entries ${fromSeq} to ${toSeq}`);
  for (const { place, fault } of report.faults) console.log(`FAULT at ${place}: ${fault}`);
  console.log(
    report.faults.length === 0 ? 'The log is whole.' : `The log has ${report.faults.length} fault(s).`,
  );
  await store.close();
  process.exit(report.faults.length === 0 ? 0 : 1);
});

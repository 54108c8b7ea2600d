import './env-file.js';
import { AUDIT_FAULTS } from '../subgraphs/shared/audit/faults.js';
import { auditCollections } from '../subgraphs/shared/audit/mongo-sink.js';
import { verifyAudit, type VerifyReport } from '../subgraphs/shared/audit/verify.js';
import { parseSettings } from '../subgraphs/shared/settings/parse.js';
import { exitOnFailure } from './exit-on-failure.js';
import { openProgramStore } from './program-store.js';
import { gatewaySettingsShape } from './settings.js';
import { anchorFileOf } from './wiring/audit.js';
import { trustedKeys } from './wiring/log-keys.js';

/**
 * `npm run audit:verify`: proves the look-up log up to the last checkpoint, against public keys alone. Exit code 1 when anything is
 * wrong.
 */
await exitOnFailure(async () => {
  const settings = parseSettings(gatewaySettingsShape, process.env);
  const keys = await trustedKeys(settings);
  const store = await openProgramStore(settings, (error) => console.error(error.message));
  const report = await verifyAudit(auditCollections(store.database('audit')), {
    keys,
    anchorFile: anchorFileOf(settings),
  });
  print(report);
  await store.close();
  process.exit(report.faults.length === 0 ? 0 : 1);
});

function print({ entries, writers, checkpoints, anchors, keys, unproven, faults }: VerifyReport): void {
  console.log(`${entries} entries of ${writers} writers under ${checkpoints} checkpoints`);
  console.log(
    anchors === null
      ? 'No copy of the checkpoints outside the database is kept here (AUDIT_ANCHOR_FILE).'
      : `${anchors} checkpoints outside the database compared`,
  );
  for (const { jwk, from, to } of keys)
    console.log(`key ${jwk.kid} from ${from?.toISOString() ?? 'the start'} to ${to?.toISOString() ?? 'now'}`);
  for (const { writer, cvr, fromSeq, toSeq } of unproven)
    console.log(`not yet vouched for: ${writer} ${cvr} entries ${fromSeq} to ${toSeq}`);
  for (const { place, kind } of faults) console.log(`FAULT at ${place}: ${AUDIT_FAULTS[kind]}`);
  console.log(faults.length === 0 ? 'The log is whole.' : `The log has ${faults.length} fault(s).`);
}

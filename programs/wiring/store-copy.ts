import { parseArgs } from 'node:util';
import { progressBar } from '../../seed/progress.js';
import type { OnProgress } from '../../store/backup.js';
import type { BackupManifest } from '../../store/backup-manifest.js';
import type { ExportManifest } from '../../store/export/export-manifest.js';
import type { PublicLogKey } from '../../store/manifest-file.js';
import { DamagedCopy, type Proof } from '../../store/prove-copy.js';
import { AUDIT_FAULTS } from '../../subgraphs/shared/audit/faults.js';
import type { TrustedKey } from '../../subgraphs/shared/audit/key-list.js';
import { auditCollections } from '../../subgraphs/shared/audit/mongo-sink.js';
import { verifyAudit } from '../../subgraphs/shared/audit/verify.js';
import { present } from '../../subgraphs/shared/certain/present.js';
import { SettingsError } from '../../subgraphs/shared/settings/parse.js';
import type { GatewaySettings } from '../settings.js';

const MB = 1 << 20;

/**
 * Proves the look-up log of a copy and says so. The file of checkpoints outside the database is left out: it goes on while a copy is
 * made, and is ahead of an older copy as it should be.
 * @returns a proof that throws when the log has a fault
 */
export function logProof(keys: readonly TrustedKey[]): Proof {
  return async (store) => {
    const { entries, checkpoints, faults } = await verifyAudit(auditCollections(store.database('audit')), {
      keys,
      anchorFile: undefined,
    });
    for (const { place, kind } of faults) console.log(`FAULT at ${place}: ${AUDIT_FAULTS[kind]}`);
    if (faults.length > 0) throw new DamagedCopy([`the look-up log has ${faults.length} fault(s)`]);
    console.log(`The look-up log is whole: ${entries} entries under ${checkpoints} checkpoints.`);
  };
}

/** Shows each step of a backup, a restore, an export or an import. @param copied what is counted while it copies: records, or bytes that are shown as MB */
export function showProgress(copied: 'MB' | 'records' = 'MB'): {
  readonly onProgress: OnProgress;
  readonly end: () => void;
} {
  const bars = { copy: progressBar('Copying', copied), check: progressBar('Checking', 'records') };
  let last: keyof typeof bars | undefined;
  return {
    onProgress(step, done, total) {
      if (last !== undefined && last !== step) bars[last].end();
      last = step;
      const unit = step === 'copy' && copied === 'MB' ? MB : 1;
      bars[step].update(Math.ceil(done / unit), Math.ceil(total / unit));
    },
    end: () => last && bars[last].end(),
  };
}

/** Says what a backup holds. */
export function printManifest({ takenAt, bytes, collections }: BackupManifest): void {
  const records = collections.reduce((sum, collection) => sum + collection.records, 0);
  for (const { namespace, records: count, sha256 } of collections)
    console.log(`${namespace}: ${count} records, SHA-256 ${sha256}`);
  console.log(`${collections.length} collections, ${records} records, ${Math.ceil(bytes / MB)} MB`);
  console.log(`Point in time: ${takenAt.toISOString()}; all that was answered before it is in the backup.`);
}

/** @returns the one directory a command was given @throws SettingsError when it was given none, or more */
export function oneDirectory(command: string): string {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [directory] = positionals;
  if (directory === undefined || positionals.length > 1)
    throw new SettingsError([`name one directory: npm run ${command} -- DIR`]);
  return directory;
}

/** Says what an export holds. */
export function printExport({ exportedAt, collections }: ExportManifest): void {
  for (const { part, name, records, checksum } of collections)
    console.log(`${part}.${name}: ${records} records, checksum ${checksum}`);
  const records = collections.reduce((sum, collection) => sum + collection.records, 0);
  console.log(`${collections.length} collections, ${records} records, as of ${exportedAt.toISOString()}`);
}

/** @returns public keys of the log as a manifest keeps them */
export function keptLogKeys(keys: readonly TrustedKey[]): PublicLogKey[] {
  return keys.map(({ jwk, from, to }) => ({
    jwk: {
      kty: 'EC',
      crv: 'P-256',
      x: present(jwk.x, 'x of a public key'),
      y: present(jwk.y, 'y of a public key'),
      kid: present(jwk.kid, 'the id of a key'),
    },
    from: from?.toISOString() ?? null,
    to: to?.toISOString() ?? null,
  }));
}

/** An empty data directory of a development installation has no keys yet: those of a manifest stand in. */
export function trustedOf(kept: readonly PublicLogKey[]): TrustedKey[] {
  return kept.map(({ jwk, from, to }) => {
    const { alg: _alg, ...key } = jwk;
    return {
      jwk: key,
      from: from === null ? null : new Date(from),
      to: to === null ? null : new Date(to),
    };
  });
}

/** Refuses settings that name a MongoDB: it has tools of its own. */
export function requireEmbedded({ MONGODB_URI: uri }: GatewaySettings): void {
  if (uri !== undefined)
    throw new SettingsError([
      'MONGODB_URI: a MongoDB is backed up and restored by its own tools (mongodump, mongorestore)',
    ]);
}

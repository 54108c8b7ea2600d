import { join } from 'node:path';
import type { JWK } from 'jose';
import { connectStore, type StoreConnection } from '../../store/connection.js';
import { checkpointSigner } from '../../subgraphs/shared/audit/checkpoint.js';
import type { TrustedKey } from '../../subgraphs/shared/audit/key-list.js';
import { mongoAuditSink } from '../../subgraphs/shared/audit/mongo-sink.js';
import type { AuditTrust } from '../../subgraphs/shared/audit/verify.js';
import { AuditWriter } from '../../subgraphs/shared/audit/writer.js';
import { publicKey } from '../../subgraphs/shared/settings/keys.js';
import { loggable, type Logger } from '../../subgraphs/shared/settings/logger.js';
import type { GatewaySettings } from '../settings.js';

export interface AuditSettings {
  readonly process: string;
  readonly key: JWK;
  /** The keys the log is verified against; undefined for the one that signs. */
  readonly trustedKeys: readonly TrustedKey[] | undefined;
  /** A connection string of its own, with an insert-only credential. */
  readonly mongodbUri: string | undefined;
  readonly anchorFile: string | undefined;
}

export interface OpenAudit {
  readonly writer: AuditWriter;
  /** What the log is verified against. */
  readonly trust: AuditTrust;
  close(): Promise<void>;
}

/** Opens this process's part of the look-up log and records its start. */
export async function openAudit(
  store: StoreConnection,
  settings: AuditSettings,
  logger: Logger,
): Promise<OpenAudit> {
  const { databasePrefix } = store;
  const own =
    settings.mongodbUri === undefined
      ? undefined
      : await connectStore(settings.mongodbUri, { databasePrefix });
  const writer = new AuditWriter({
    process: settings.process,
    sink: mongoAuditSink((own ?? store).database('audit'), settings.anchorFile),
    sign: await checkpointSigner(settings.key),
    now: () => new Date(),
    onError: (error) =>
      logger.error(
        { error: loggable(error) },
        'look-up log could not be written: look-ups are refused until the store takes writes again',
      ),
  });
  await writer.start();
  return {
    writer,
    trust: { keys: settings.trustedKeys ?? [ownKey(settings.key)], anchorFile: settings.anchorFile },
    async close() {
      await writer.stop();
      await own?.close();
    },
  };
}

/** @returns the public half of the key that signs, trusted without a limit */
export function ownKey(privateKey: JWK): TrustedKey {
  return { jwk: publicKey(privateKey), from: null, to: null };
}

/** @returns where the checkpoints' copies outside the database lie; undefined when none are kept */
export function anchorFileOf({
  AUDIT_ANCHOR_FILE: named,
  MONGODB_URI: uri,
  DATA_DIR: dataDir,
}: Pick<GatewaySettings, 'AUDIT_ANCHOR_FILE' | 'MONGODB_URI' | 'DATA_DIR'>): string | undefined {
  return named ?? (uri === undefined ? join(dataDir, 'audit-anchors.log') : undefined);
}

import { join } from 'node:path';
import type { JWK } from 'jose';
import { connectStore, type StoreConnection } from '../../store/connection.js';
import {
  checkpointReader,
  checkpointSigner,
  type ReadCheckpoint,
} from '../../subgraphs/shared/audit/checkpoint.js';
import { mongoAuditSink } from '../../subgraphs/shared/audit/mongo-sink.js';
import { AuditWriter } from '../../subgraphs/shared/audit/writer.js';
import { publicKey } from '../../subgraphs/shared/settings/keys.js';
import { loggable, type Logger } from '../../subgraphs/shared/settings/logger.js';

export interface AuditSettings {
  readonly process: string;
  readonly key: JWK;
  /** A connection string of its own, with an insert-only credential. */
  readonly mongodbUri: string | undefined;
  readonly anchorFile: string | undefined;
}

export interface OpenAudit {
  readonly writer: AuditWriter;
  /** Reads checkpoints signed by this installation's audit key. */
  readonly readCheckpoint: ReadCheckpoint;
  close(): Promise<void>;
}

/** Opens this process's part of the look-up log and records its start. */
export async function openAudit(
  store: StoreConnection,
  settings: AuditSettings,
  logger: Logger,
): Promise<OpenAudit> {
  const own = settings.mongodbUri === undefined ? undefined : await connectStore(settings.mongodbUri);
  const writer = new AuditWriter({
    process: settings.process,
    sink: mongoAuditSink((own ?? store).database('audit'), settings.anchorFile),
    sign: await checkpointSigner(settings.key),
    now: () => new Date(),
    onError: (error) => logger.error({ error: loggable(error) }, 'the look-up log could not be written'),
  });
  await writer.start();
  return {
    writer,
    readCheckpoint: checkpointReader({ keys: [publicKey(settings.key)] }),
    async close() {
      await writer.stop();
      await own?.close();
    },
  };
}

/** @returns the default place of the checkpoints' copies outside the database. */
export function defaultAnchorFile(dataDir: string): string {
  return join(dataDir, 'audit-anchors.log');
}

import { join } from 'node:path';
import type { JWK } from 'jose';
import type { Db } from 'mongodb';
import { checkpointSigner } from '../../subgraphs/shared/audit/checkpoint.js';
import type { AuditFact } from '../../subgraphs/shared/audit/entry.js';
import type { TrustedKey } from '../../subgraphs/shared/audit/key-list.js';
import {
  auditCollections,
  ensureAuditIndexes,
  mongoAuditSink,
  type AuditCollections,
} from '../../subgraphs/shared/audit/mongo-sink.js';
import { verifyAudit, type VerifyReport } from '../../subgraphs/shared/audit/verify.js';
import { AuditWriter, type AuditSink } from '../../subgraphs/shared/audit/writer.js';
import { newKey, publicKey } from '../../subgraphs/shared/settings/keys.js';
import { startTestStore } from './store.js';

/** Two authorities that own entries. */
const CVRS = ['12345678', '23456780'] as const;

export interface TestLog {
  readonly collections: AuditCollections;
  readonly anchor: string;
  /** The key writers sign with from now on. */
  key: JWK;
  /** @returns a sink as a process of its own has it */
  newSink(): AuditSink;
  openWriter(sink?: AuditSink): Promise<AuditWriter>;
  /** Writes 40 entries for both authorities and stops. */
  write(sink?: AuditSink): Promise<AuditWriter>;
  /** Verifies against today's key alone. */
  verify(withAnchor?: boolean, cvrs?: readonly string[]): Promise<VerifyReport>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** @returns a key, trusted without a limit */
export function trusted(privateKey: JWK): TrustedKey {
  return { jwk: publicKey(privateKey), from: null, to: null };
}

export const fact = (change: Partial<AuditFact> = {}): AuditFact => ({
  at: new Date(),
  cvr: CVRS[0],
  user: 'user',
  unit: null,
  event: 'opened',
  decision: 'PERMIT',
  permission: 'citizen-read',
  ruleCode: null,
  operation: 'CitizenOverview',
  purpose: null,
  lookupId: null,
  requestId: 'request',
  citizenId: 'citizen',
  objects: ['citizen'],
  kle: [],
  rights: ['citizen-read'],
  criteria: [{ name: 'name', value: 'line\nbreak | = "quote" \u001b[31m' }],
  alarms: [],
  ...change,
});

/** A writer that has started a log, and what programs need to prove it. */
export interface StartedLog {
  readonly writer: AuditWriter;
  readonly environment: { readonly AUDIT_SIGNING_KEY: string };
}

/** Starts a look-up log in a database, with a key of its own. */
export async function startLog(database: Db): Promise<StartedLog> {
  await ensureAuditIndexes(auditCollections(database));
  const key = await newKey();
  const writer = new AuditWriter({
    process: 'test',
    sink: mongoAuditSink(database, undefined),
    sign: await checkpointSigner(key),
    now: () => new Date(),
    onError: (error) => {
      throw error;
    },
  });
  await writer.start();
  return { writer, environment: { AUDIT_SIGNING_KEY: JSON.stringify(key) } };
}

/** @returns an empty look-up log in a store of its own */
export async function openTestLog(): Promise<TestLog> {
  const store = await startTestStore();
  const database = store.client.db('audit');
  const collections = auditCollections(database);
  await ensureAuditIndexes(collections);
  const anchor = join(store.directory, 'anchors.log');
  const log: TestLog = {
    collections,
    anchor,
    key: await newKey(),
    newSink: () => mongoAuditSink(database, anchor),
    async openWriter(sink = log.newSink()) {
      const writer = new AuditWriter({
        process: 'test',
        sink,
        sign: await checkpointSigner(log.key),
        now: () => new Date(),
        onError: () => undefined,
      });
      await writer.start();
      return writer;
    },
    async write(sink) {
      const writer = await log.openWriter(sink);
      const append = (_: unknown, i: number) => writer.append([fact({ cvr: CVRS[i % 2 ? 0 : 1] }), fact()]);
      await Promise.all(Array.from({ length: 20 }, append));
      await writer.stop();
      return writer;
    },
    verify: (withAnchor = true, cvrs?: readonly string[]) =>
      verifyAudit(
        collections,
        { keys: [trusted(log.key)], anchorFile: withAnchor ? anchor : undefined },
        cvrs,
      ),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
  return log;
}

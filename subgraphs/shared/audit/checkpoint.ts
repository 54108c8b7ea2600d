import { createHash } from 'node:crypto';
import { CompactSign, compactVerify, decodeProtectedHeader, importJWK, type JWK } from 'jose';
import { present } from '../certain/present.js';
import type { AuditFaultKind } from './faults.js';
import type { TrustedKey } from './key-list.js';

/** Why a checkpoint was made. */
export type CheckpointReason = 'start' | 'interval' | 'stop';

/** What a checkpoint vouches for: the heads of all chains of one writer at one time. */
export interface CheckpointStatement {
  readonly writer: string;
  readonly no: number;
  readonly at: string;
  readonly reason: CheckpointReason;
  readonly heads: readonly { readonly cvr: string; readonly seq: number; readonly hash: string }[];
  /** Hash of the writer's checkpoint before; null for the first. */
  readonly prev: string | null;
}

/** A checkpoint as stored: the statement inside a signature. */
export interface Checkpoint {
  /** `<writer>:<no>` */
  readonly _id: string;
  readonly writer: string;
  readonly no: number;
  readonly at: Date;
  readonly jws: string;
}

const TYPE = 'overblik-checkpoint+jws';

export type SignCheckpoint = (statement: CheckpointStatement) => Promise<Checkpoint>;

/** A signed statement as it was read, or why it cannot be believed. */
export type CheckpointRead =
  | { readonly statement: CheckpointStatement }
  | { readonly fault: Extract<AuditFaultKind, 'CHECKPOINT_FORGED' | 'KEY_UNKNOWN' | 'KEY_EXPIRED'> };

export type ReadCheckpoint = (jws: string) => Promise<CheckpointRead>;

/** @returns a signer over the audit key (ES256 JWK with `kid`). */
export async function checkpointSigner(privateKey: JWK): Promise<SignCheckpoint> {
  const key = await importJWK(privateKey, 'ES256');
  const header = { alg: 'ES256', typ: TYPE, kid: present(privateKey.kid, 'the id of a key') };
  return async (statement) => {
    const bytes = new TextEncoder().encode(JSON.stringify(statement));
    const jws = await new CompactSign(bytes).setProtectedHeader(header).sign(key);
    return {
      _id: `${statement.writer}:${statement.no}`,
      writer: statement.writer,
      no: statement.no,
      at: new Date(statement.at),
      jws,
    };
  };
}

/** Clocks of the machines that sign may differ by this much. */
const SKEW_MS = 5 * 60_000;

/** @returns a reader of what the keys of a list have signed while they were valid */
export function checkpointReader(keys: readonly TrustedKey[]): ReadCheckpoint {
  return async (jws) => {
    const kid = keyIdOf(jws);
    const named = keys.filter(({ jwk }) => jwk.kid === kid);
    for (const key of named) {
      const statement = await verified(jws, key.jwk);
      if (statement) return isInTime(key, statement.at) ? { statement } : { fault: 'KEY_EXPIRED' };
    }
    return { fault: kid === undefined || named.length > 0 ? 'CHECKPOINT_FORGED' : 'KEY_UNKNOWN' };
  };
}

function keyIdOf(jws: string): string | undefined {
  try {
    return decodeProtectedHeader(jws).kid;
  } catch {
    return undefined;
  }
}

async function verified(jws: string, jwk: JWK): Promise<CheckpointStatement | undefined> {
  try {
    const { payload, protectedHeader } = await compactVerify(jws, jwk, { algorithms: ['ES256'] });
    if (protectedHeader.typ !== TYPE) return undefined;
    // cast: only a writer of the log can sign it
    return JSON.parse(new TextDecoder().decode(payload)) as CheckpointStatement;
  } catch {
    return undefined;
  }
}

function isInTime({ from, to }: TrustedKey, at: string): boolean {
  const time = Date.parse(at);
  return (
    (from === null || time >= from.getTime() - SKEW_MS) && (to === null || time <= to.getTime() + SKEW_MS)
  );
}

/** @returns what the next checkpoint points back to. */
export function hashCheckpoint(jws: string): string {
  return createHash('sha256').update(jws).digest('base64url');
}

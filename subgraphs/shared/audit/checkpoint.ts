import { createHash } from 'node:crypto';
import { CompactSign, compactVerify, createLocalJWKSet, importJWK, type JSONWebKeySet, type JWK } from 'jose';

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
export type ReadCheckpoint = (checkpoint: Checkpoint) => Promise<CheckpointStatement>;

/** @returns a signer over the audit key (ES256 JWK with `kid`). */
export async function checkpointSigner(privateKey: JWK): Promise<SignCheckpoint> {
  const key = await importJWK(privateKey, 'ES256');
  const header = { alg: 'ES256', typ: TYPE, kid: privateKey.kid! };
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

/** @returns a reader that throws when the signature is not by one of the keys. */
export function checkpointReader(keys: JSONWebKeySet): ReadCheckpoint {
  const keySet = createLocalJWKSet(keys);
  return async ({ jws }) => {
    const { payload, protectedHeader } = await compactVerify(jws, keySet, { algorithms: ['ES256'] });
    if (protectedHeader.typ !== TYPE) throw new Error('not a checkpoint');
    return JSON.parse(new TextDecoder().decode(payload)) as CheckpointStatement;
  };
}

/** @returns what the next checkpoint points back to. */
export function hashCheckpoint(checkpoint: Checkpoint): string {
  return createHash('sha256').update(checkpoint.jws).digest('base64url');
}

import {
  calculateJwkThumbprint,
  type GeneralJWS,
  GeneralSign,
  generalVerify,
  importJWK,
  type JWK,
} from 'jose';
import { z } from 'zod';
import { present } from '../certain/present.js';

/** A public key of the log that the operator vouches for, with the time its signatures are good for; null is open. */
export interface TrustedKey {
  readonly jwk: JWK;
  readonly from: Date | null;
  readonly to: Date | null;
}

/** What is agreed when the log's key is changed. */
export interface KeyChangeTerms {
  /** Private keys, ES256, with `kid`. */
  readonly old: JWK;
  readonly next: JWK;
  /** First moment the new key's signatures are good for. */
  readonly from: Date;
  /** Last moment the old key's are: processes that still run with it need it until they have been started anew. */
  readonly until: Date;
}

/** A change of the log's key as stored: one successor for each key, in a statement that both have signed. */
export interface KeyChange {
  /** RFC 7638 thumbprint of the old key. */
  readonly _id: string;
  /** Thumbprint of the new one. */
  readonly next: string;
  readonly jws: GeneralJWS;
}

const TYPE = 'overblik-key-change+jws';

const publicJwk = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  kid: z.string(),
});

const statementShape = z.strictObject({
  type: z.literal(TYPE),
  old: publicJwk,
  next: publicJwk,
  from: z.iso.datetime().transform((at) => new Date(at)),
  until: z.iso.datetime().transform((at) => new Date(at)),
});

type Statement = z.infer<typeof statementShape>;

/** @returns the change as it is stored, signed with both private keys: the old names its successor, the new its predecessor */
export async function signKeyChange({ old, next, from, until }: KeyChangeTerms): Promise<KeyChange> {
  const statement = {
    type: TYPE,
    old: publicJwk.parse(old),
    next: publicJwk.parse(next),
    from: from.toISOString(),
    until: until.toISOString(),
  };
  const sign = new GeneralSign(new TextEncoder().encode(JSON.stringify(statement)));
  for (const key of [old, next])
    sign
      .addSignature(await importJWK(key, 'ES256'))
      .setProtectedHeader({ alg: 'ES256', typ: TYPE, kid: present(key.kid, 'the id of a key') });
  return {
    _id: await calculateJwkThumbprint(statement.old),
    next: await calculateJwkThumbprint(statement.next),
    jws: await sign.sign(),
  };
}

/** The keys that checkpoints may be signed with, and changes that could not be believed. */
export interface KeyList {
  readonly keys: readonly TrustedKey[];
  /** Ids of changes that are not signed by both of their keys, or that no trusted key leads to. */
  readonly refused: readonly string[];
}

/**
 * Builds the key list from the keys that are trusted beforehand and from the changes that lead from them to others, backwards and
 * forwards. A change counts when both of its keys have signed it and one of them is trusted already, so that nobody who can write to
 * the database alone can put a key into the list.
 */
export async function readKeyList(
  trusted: readonly TrustedKey[],
  changes: readonly KeyChange[],
): Promise<KeyList> {
  const known = new Map<string, TrustedKey>();
  for (const key of trusted) known.set(await calculateJwkThumbprint(key.jwk), key);
  let open = [...changes];
  for (let grew = true; grew;) {
    const left: KeyChange[] = [];
    for (const change of open) if (!(await takeChange(change, known))) left.push(change);
    grew = left.length < open.length;
    open = left;
  }
  return { keys: [...known.values()], refused: open.map(({ _id }) => _id) };
}

async function takeChange(change: KeyChange, known: Map<string, TrustedKey>): Promise<boolean> {
  const { _id: old, next } = change;
  if (!known.has(old) && !known.has(next)) return false;
  const statement = await readStatement(change);
  if (!statement) return false;
  const { from, until } = statement;
  known.set(old, { ...(known.get(old) ?? unbounded(statement.old)), to: earlier(known.get(old)?.to, until) });
  known.set(next, {
    ...(known.get(next) ?? unbounded(statement.next)),
    from: later(known.get(next)?.from, from),
  });
  return true;
}

/** @returns what both keys have signed; undefined when they have not */
async function readStatement({ _id, next, jws }: KeyChange): Promise<Statement | undefined> {
  try {
    const unchecked: unknown = JSON.parse(Buffer.from(jws.payload, 'base64url').toString('utf8'));
    const statement = statementShape.parse(unchecked);
    for (const [thumbprint, key] of [
      [_id, statement.old],
      [next, statement.next],
    ] as const) {
      if ((await calculateJwkThumbprint(key)) !== thumbprint) return undefined;
      const { protectedHeader } = await generalVerify(jws, await importJWK(key, 'ES256'), {
        algorithms: ['ES256'],
      });
      if (protectedHeader?.typ !== TYPE) return undefined;
    }
    return statement;
  } catch {
    // Whatever cannot be read or verified has not been signed by both.
    return undefined;
  }
}

const unbounded = (jwk: JWK): TrustedKey => ({ jwk, from: null, to: null });
const earlier = (a: Date | null | undefined, b: Date): Date => (a && a < b ? a : b);
const later = (a: Date | null | undefined, b: Date): Date => (a && a > b ? a : b);

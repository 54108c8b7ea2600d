import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JSONWebKeySet, type JWK } from 'jose';
import { z } from 'zod';
import type { TrustedKey } from '../audit/key-list.js';
import { systemCode } from '../errors/system-code.js';

/** Every secret of an installation. */
export interface Keys {
  /** Signs internal identities (gateway). */
  readonly internal: JWK;
  /** Signs checkpoints of the look-up log. */
  readonly audit: JWK;
  /** Signs cursors. */
  readonly cursor: Buffer;
}

/** Keys made on the spot for development, the identity provider's among them. */
export interface DevelopmentKeys extends Keys {
  readonly identityProvider: JWK;
  /** Signs for every seeded source system. */
  readonly sourceSystems: JWK;
  /** The KSD stand-in's own. */
  readonly ksd: JWK;
  /** Opens encrypted links. */
  readonly links: JWK;
}

const jwk = z.looseObject({ kty: z.literal('EC'), crv: z.literal('P-256'), d: z.string(), kid: z.string() });

/** A private ES256 key as JSON text, for a setting. */
export const privateKeySetting = z.string().transform((text, context): JWK => {
  try {
    return jwk.parse(JSON.parse(text));
  } catch {
    context.addIssue({
      code: 'custom',
      message: 'must be a private P-256 JWK with kid, as JSON (npm run keys prints one)',
    });
    return z.NEVER;
  }
});

/** A set of public ES256 keys as JSON text, for a setting. */
export const publicKeysSetting = z.string().transform((text, context): JSONWebKeySet => {
  try {
    return z
      .looseObject({ keys: z.array(z.looseObject({ kty: z.literal('EC'), kid: z.string() })).min(1) })
      .parse(JSON.parse(text));
  } catch {
    context.addIssue({ code: 'custom', message: 'must be a JWK set with at least one public key, as JSON' });
    return z.NEVER;
  }
});

const instant = z.iso
  .datetime({ offset: true })
  .transform((at) => new Date(at))
  .optional();

/** Public keys of the look-up log as JSON text, each with the time it is valid, for a setting. */
export const logKeysSetting = z.string().transform((text, context): TrustedKey[] => {
  try {
    const key = z.strictObject({
      kty: z.literal('EC'),
      crv: z.literal('P-256'),
      x: z.string(),
      y: z.string(),
      kid: z.string(),
      alg: z.literal('ES256').optional(),
      use: z.literal('sig').optional(),
      validFrom: instant,
      validTo: instant,
    });
    const { keys } = z.strictObject({ keys: z.array(key).min(1) }).parse(JSON.parse(text));
    return keys.map(({ validFrom, validTo, kty, crv, x, y, kid }) => ({
      jwk: { kty, crv, x, y, kid },
      from: validFrom ?? null,
      to: validTo ?? null,
    }));
  } catch {
    context.addIssue({
      code: 'custom',
      message:
        'must be a JWK set of public P-256 keys with kid, each with validFrom and validTo if it has any, as JSON',
    });
    return z.NEVER;
  }
});

/** A cursor secret, for a setting. */
export const cursorKeySetting = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43,}$/, 'must be at least 32 bytes in base64url (npm run keys prints one)')
  .transform((text) => Buffer.from(text, 'base64url'));

/** @returns a new private ES256 key with a random id. */
export async function newKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return { ...(await exportJWK(privateKey)), alg: 'ES256', kid: randomBytes(9).toString('base64url') };
}

/** @returns the public half of a private key. */
export function publicKey({ d: _private, ...rest }: JWK): JWK {
  return rest;
}

const FILE = 'development-keys.json';
const anyKey = z.looseObject({ kty: z.string() });
const keyFile = z.looseObject({
  ...{ internal: anyKey, audit: anyKey, identityProvider: anyKey, cursor: z.string() },
  /** Keys that came later: a data directory made before gets them on its next start. */
  ...{ sourceSystems: anyKey.optional(), ksd: anyKey.optional(), links: anyKey.optional() },
});

/** @returns whether a data directory has keys of a development installation */
export function hasDevelopmentKeys(dataDir: string): boolean {
  return existsSync(join(dataDir, FILE));
}

/** Reads the keys of a development installation from its data directory; makes them on first use. */
export async function developmentKeys(dataDir: string): Promise<DevelopmentKeys> {
  const path = join(dataDir, FILE);
  if (!hasDevelopmentKeys(dataDir)) await makeKeys(dataDir, path);
  const { sourceSystems, ksd, links, ...raw } = keyFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  const all = {
    ...raw,
    sourceSystems: sourceSystems ?? (await newKey()),
    ksd: ksd ?? (await newKey()),
    links: links ?? (await newKey()),
  };
  if (!sourceSystems || !ksd || !links) writeFileSync(path, JSON.stringify(all), { mode: 0o600 });
  return { ...all, cursor: Buffer.from(raw.cursor, 'base64url') };
}

/** Two processes may get here at once: the first link wins, and both read the same file. */
async function makeKeys(dataDir: string, path: string): Promise<void> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const [internal, audit, identityProvider, sourceSystems, ksd, links] = await Promise.all(
    Array.from({ length: 6 }, newKey),
  );
  const cursor = randomBytes(32).toString('base64url');
  const own = `${path}.${process.pid}`;
  writeFileSync(
    own,
    JSON.stringify({ internal, audit, identityProvider, sourceSystems, ksd, links, cursor }),
    {
      mode: 0o600,
    },
  );
  try {
    linkSync(own, path);
    rmSync(own);
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') renameSync(own, path);
    else rmSync(own);
  }
}

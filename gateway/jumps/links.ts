import { calculateJwkThumbprint, compactDecrypt, type CryptoKey, decodeJwt, importJWK, type JWK } from 'jose';
import { z } from 'zod';
import { type AskedTarget, targetShape } from './target.js';

const privateKeyShape = z.object({
  kty: z.string(),
  crv: z.string(),
  x: z.string(),
  y: z.string(),
  d: z.string(),
});
const linkShape = z.object({ target: targetShape });
/** Longest link that is read. */
const MAX_LINK = 6000;

/**
 * Links of systems that cannot ask for a ticket: a JWS as the system signs everywhere (`private_key_jwt`, with the target
 * as a claim), inside a JWE to our key, so that nothing of it can be read on its way.
 */
export class JumpLinks {
  private constructor(
    readonly privateKey: CryptoKey | Uint8Array,
    /** What systems encrypt to. */
    readonly publicKey: JWK,
  ) {}

  /** @param key a private P-256 JWK */
  static async open(key: JWK): Promise<JumpLinks> {
    const { d, ...bare } = privateKeyShape.parse(key);
    const kid = await calculateJwkThumbprint(bare);
    return new JumpLinks(await importJWK({ ...bare, d }, 'ECDH-ES+A256KW'), {
      ...bare,
      kid,
      use: 'enc',
      alg: 'ECDH-ES+A256KW',
    });
  }

  /** @returns the signed part of a link and what it asks for, not yet verified; undefined for what is no link. */
  async read(link: string): Promise<{ readonly signed: string; readonly asked: AskedTarget } | undefined> {
    if (link.length > MAX_LINK) return undefined;
    try {
      const { plaintext } = await compactDecrypt(link, this.privateKey, {
        keyManagementAlgorithms: ['ECDH-ES+A256KW'],
        contentEncryptionAlgorithms: ['A256GCM'],
        // A link is short: what is packed could be anything once unpacked.
        maxDecompressedLength: 0,
      });
      const signed = new TextDecoder('utf-8', { fatal: true }).decode(plaintext);
      return { signed, asked: linkShape.parse(decodeJwt(signed)).target };
    } catch {
      // Broken, not for us, or of another shape: the true reason is one and the same refusal.
      return undefined;
    }
  }
}

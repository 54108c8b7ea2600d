import { createHash, randomBytes } from 'node:crypto';

/** @returns 256 random bits, as a browser or a system holds them. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** @returns what is kept of a secret: who reads the store cannot use it. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

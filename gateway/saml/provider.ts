import { createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import { z } from 'zod';

const certificate = z
  .string()
  .transform((text) => text.replace(/\\n/g, '\n').trim())
  .refine(isCertificate, 'a PEM certificate that can be read');

/** One that cannot be read is found here, when the settings are, and not by the first who signs in. */
function isCertificate(text: string): boolean {
  if (!/^-----BEGIN (CERTIFICATE|PUBLIC KEY)-----/.test(text)) return false;
  try {
    createPublicKey(text);
    return true;
  } catch {
    return false;
  }
}

/** An identity provider that signs in users of some authorities. */
export const providerShape = z.strictObject({
  name: z.string().min(1).max(100),
  entityId: z.string().min(1),
  /** Where sign-in requests go (HTTP redirect binding). */
  ssoUrl: z.url(),
  /** Where logout requests go; left out when the provider has no single logout. */
  sloUrl: z.url().optional(),
  /** The authority whose users it signs in. */
  cvr: z.string().regex(/^\d{8}$/),
  /** Other authorities whose roles its users may hold (delegeretTilCvr). */
  delegated: z.array(z.string().regex(/^\d{8}$/)).default([]),
  /** Two during a change. */
  certificates: z.array(certificate).min(1).max(3),
});

export type IdentityProvider = z.infer<typeof providerShape>;

/** @returns the provider that signs in for an authority; the own one before one that may by delegation. */
export function providerFor(
  providers: readonly IdentityProvider[],
  cvr: string,
): IdentityProvider | undefined {
  return (
    providers.find((provider) => provider.cvr === cvr) ??
    providers.find(({ delegated }) => delegated.includes(cvr))
  );
}

/** A certificate as it is used, with when it runs out. */
interface Prepared {
  readonly pem: string;
  readonly key: KeyObject;
  /** A bare public key has no end. */
  readonly endsAt: Date | undefined;
}

/** Read once: signatures of strangers are tried against every provider's. It goes with the provider's own record. */
const prepared = new WeakMap<IdentityProvider, readonly Prepared[]>();

function preparedOf(provider: IdentityProvider): readonly Prepared[] {
  const known =
    prepared.get(provider) ??
    provider.certificates.map((pem) => ({
      pem,
      key: createPublicKey(pem),
      endsAt: pem.includes('BEGIN CERTIFICATE') ? new Date(new X509Certificate(pem).validTo) : undefined,
    }));
  prepared.set(provider, known);
  return known;
}

/** @returns the provider's certificates that have not run out, with their keys */
export function currentKeys(provider: IdentityProvider, now: Date): readonly Pick<Prepared, 'pem' | 'key'>[] {
  return preparedOf(provider).filter(({ endsAt }) => endsAt === undefined || endsAt > now);
}

/** @returns the provider's certificates that have not run out */
export function currentCertificates(provider: IdentityProvider, now: Date): string[] {
  return currentKeys(provider, now).map(({ pem }) => pem);
}

import {
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  errors,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
} from 'jose';

/** The issuer's keys cannot be had, so nobody can say whether a token is good. */
export class KeysUnavailable extends Error {
  constructor(cause: unknown) {
    super('the keys of a token issuer cannot be fetched', { cause });
  }
}

export interface RemoteKeyLimits {
  /** How long a fetched set is used before it is fetched again, in milliseconds. */
  readonly maxAgeMs: number;
  /** How soon after a fetch an unknown key makes another one, in milliseconds. */
  readonly cooldownMs: number;
  /** How long after its fetch the last good set holds while the issuer does not answer, in milliseconds. */
  readonly outageMs: number;
}

const LIMITS: RemoteKeyLimits = { maxAgeMs: 600_000, cooldownMs: 10_000, outageMs: 3_600_000 };
const TIMEOUT_MS = 3000;
/** Longest set of keys that is read. */
const MAX_BYTES = 256 << 10;

/**
 * Keys of an issuer, fetched from its JWKS address and again when it changes them. While the issuer does not answer, the
 * last set it gave holds, for a bounded time; a set that it did give and that lacks a key is an answer. Throws KeysUnavailable
 * when there is no set to use.
 * @param clock milliseconds since 1970
 */
export function remoteKeys(
  jwksUrl: string,
  limits: RemoteKeyLimits = LIMITS,
  clock: () => number = () => Date.now(),
): JWTVerifyGetKey {
  let good: { readonly keys: JSONWebKeySet; readonly at: number } | undefined;
  const remote = createRemoteJWKSet(new URL(jwksUrl), {
    timeoutDuration: TIMEOUT_MS,
    cacheMaxAge: limits.maxAgeMs,
    cooldownDuration: limits.cooldownMs,
    [customFetch]: async (url, options) => {
      const response = await fetch(url, options);
      const text = await bounded(response);
      // cast: createLocalJWKSet checks the form before a key of it counts
      if (response.ok) good = { keys: JSON.parse(text) as JSONWebKeySet, at: clock() };
      return new Response(text, { status: response.status });
    },
  });
  return async (header, token) => {
    try {
      return await remote(header, token);
    } catch (error) {
      const answered = error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSInvalid;
      if (answered) throw error;
      if (!good || clock() - good.at > limits.outageMs) throw new KeysUnavailable(error);
      return createLocalJWKSet(good.keys)(header, token);
    }
  };
}

/** @returns a body's text, read no further than a set of keys can be long */
async function bounded({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw new Error(`the issuer's keys are longer than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

import type { Caller, IdentityClaims } from '../identity/caller.js';
import type { Permission } from '../policy/permissions.js';
import type { AccessFor } from './permit.js';

/** A caller asks for few permissions, on one or two days, with few purposes; beyond this it begins anew. */
const MOST_OF_A_CALLER = 100;

/** What a caller's rights have been compiled to, as long as the gateway knows the caller by the same object. */
const known = new WeakMap<Caller, Map<string, unknown>>();

/**
 * @param today the day in Denmark, `yyyy-mm-dd`
 * @returns what the caller's grants give for a permission. Compiled once for a caller, a day and a purpose, and for a simulation each time
 */
export function compiledAccess<P extends Permission>(
  permission: P,
  claims: IdentityClaims,
  today: string,
  compile: (claims: IdentityClaims, today: string) => AccessFor<P>,
): AccessFor<P> {
  if (claims.kind !== 'caller') return compile(claims, today);
  const { caller, purpose } = claims;
  const ofCaller = known.get(caller) ?? new Map<string, unknown>();
  known.set(caller, ofCaller);
  const key = JSON.stringify([permission, today, purpose]);
  // cast: the key begins with the permission that the access was compiled for
  const compiled = ofCaller.get(key) as AccessFor<P> | undefined;
  if (compiled !== undefined) return compiled;
  const access = compile(claims, today);
  if (ofCaller.size >= MOST_OF_A_CALLER) ofCaller.clear();
  ofCaller.set(key, access);
  return access;
}

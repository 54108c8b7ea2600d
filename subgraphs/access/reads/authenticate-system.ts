import { createLocalJWKSet, decodeJwt, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { AuthenticatedSystem } from '../../../schema/generated/access.js';
import { codedError } from '../../shared/errors/coded-error.js';
import type { Permit } from '../../shared/guard/permit.js';
import { SENSITIVITY_NAMES } from '../../shared/policy/sensitivity.js';
import { verbatimShape } from '../../shared/scalars/clean-text.js';
import { uuidShape } from '../../shared/scalars/uuid.js';
import type { Context } from '../context.js';
import { agreementAt } from '../governed/effective.js';
import type { SystemRecord } from '../source/records.js';

const MAX_SECONDS = 60;
const CLOCK_SKEW_SECONDS = 5;

const claimsShape = z.object({
  iss: uuidShape,
  jti: verbatimShape(100).min(8),
  iat: z.number(),
  exp: z.number(),
});

/**
 * Who an assertion speaks for (`private_key_jwt`): ES256 by a registered key, for exactly this endpoint, at
 * most 60 seconds long and used once. @returns null for any other, whatever the reason
 */
export async function authenticateSystem(
  context: Context,
  assertion: string,
  audience: string,
): Promise<AuthenticatedSystem | null> {
  const result = await context.guard.read(
    'gateway-internal',
    { event: 'section-read' },
    async (permit) => {
      const system = await verified(context, permit, assertion, audience);
      return system && describe(context, permit, system);
    },
    () => ({ objects: [] }),
  );
  if (!result.permitted) throw codedError('NOT_PERMITTED');
  return result.value;
}

/** A registered system that is named by an envelope from the broker, whose own sign-in vouches for what lies in its queue. */
export async function deliveringSystem(context: Context, id: string): Promise<AuthenticatedSystem | null> {
  const result = await context.guard.read(
    'gateway-internal',
    { event: 'section-read' },
    async (permit) => {
      const system = await context.systems.byId(permit, id);
      return system?.active ? describe(context, permit, system) : null;
    },
    () => ({ objects: [] }),
  );
  if (!result.permitted) throw codedError('NOT_PERMITTED');
  return result.value;
}

/** Imported keys, by what is registered: a change of keys is another entry. */
const KEY_SETS = new LRUCache<string, JWTVerifyGetKey>({ max: 200 });

function keysOf({ keys }: SystemRecord): JWTVerifyGetKey {
  const registered = JSON.stringify(keys);
  const known = KEY_SETS.get(registered);
  if (known) return known;
  const made = createLocalJWKSet({ keys: [...keys] });
  KEY_SETS.set(registered, made);
  return made;
}

/** A store that does not answer is no refusal: its error is thrown, and the sender comes again. */
async function verified(
  { systems, now }: Context,
  permit: Permit<'gateway-internal'>,
  assertion: string,
  audience: string,
): Promise<SystemRecord | null> {
  const issuer = issuerOf(assertion);
  if (issuer === undefined) return null;
  const system = await systems.byId(permit, issuer.canonical);
  if (!system) return null;
  const jti = await idOfValid(assertion, { issuer: issuer.written, audience, system, at: now() });
  if (jti === undefined) return null;
  return (await systems.claim(permit, `${issuer.canonical}|${jti}`, now())) ? system : null;
}

interface Issuer {
  /** As it stands in the assertion. */
  readonly written: string;
  readonly canonical: string;
}

/** @returns whom an assertion names, which nothing vouches for yet; undefined for what is no assertion. */
function issuerOf(assertion: string): Issuer | undefined {
  try {
    const asked = decodeJwt(assertion);
    return { written: String(asked.iss), canonical: claimsShape.parse(asked).iss };
  } catch {
    return undefined;
  }
}

interface Expected {
  readonly issuer: string;
  readonly audience: string;
  readonly system: SystemRecord;
  readonly at: Date;
}

/** @returns the id of an assertion that holds; undefined for any other: what is wrong with it stays here. */
async function idOfValid(assertion: string, expected: Expected): Promise<string | undefined> {
  const { issuer, audience, system, at } = expected;
  try {
    const { payload } = await jwtVerify(assertion, keysOf(system), {
      algorithms: ['ES256'],
      issuer,
      audience,
      clockTolerance: CLOCK_SKEW_SECONDS,
      currentDate: at,
    });
    const { jti, iat, exp } = claimsShape.parse(payload);
    const isEarly = iat > at.getTime() / 1000 + CLOCK_SKEW_SECONDS;
    return exp - iat > MAX_SECONDS || isEarly ? undefined : jti;
  } catch {
    return undefined;
  }
}

async function describe(
  { source, now }: Context,
  permit: Permit<'gateway-internal'>,
  { _id: id, code, name }: SystemRecord,
): Promise<AuthenticatedSystem> {
  const items = await source.agreementsOfSystem(permit, code);
  const deliveries = items.flatMap((item) => {
    const content = agreementAt(item, now());
    if (!content || content.ended || !content.deliver) return [];
    const { kinds, kle, sensitivity, crossAuthority } = content;
    return [{ cvr: item.cvr, kinds, kle, sensitivity: SENSITIVITY_NAMES[sensitivity], crossAuthority }];
  });
  return { id, code, name, deliveries };
}

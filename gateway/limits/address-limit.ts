import rateLimit, { type FastifyRateLimitStore } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendPage } from '../http/message-page.js';
import { pageFor } from '../http/messages.js';
import { refuse } from '../http/refuse.js';
import { addressKey } from './address-key.js';
import { MinuteCounts } from './minute-counts.js';

const UNAUTHENTICATED = 401;
/** Addresses that are counted at a time; each takes some hundred bytes. */
const MAX_ADDRESSES = 20_000;

/** Ways in that nobody has to be signed in for, as routes are named, and whether people or programs read the answer. */
const BEFORE_SIGN_IN: readonly (readonly [path: RegExp, reader: 'person' | 'program'])[] = [
  [/^\/(saml|open|login)(\/|$)/, 'person'],
  [/^\/session(\/|$)/, 'program'],
  [/^\/context\/v1\/keys$/, 'program'],
];

export interface AddressLimitParts {
  /** Requests that one address may make in a minute; an IPv6 network of 64 bits is one address. */
  readonly perMinute: number;
  /** Called for each request that is refused. */
  readonly onRefused: () => void;
}

/**
 * Bounds what one address may ask for before anybody is signed in, unknown addresses of the site included. To be
 * installed before the routes. What comes after sign-in is not counted by address, but for what is refused there: a municipality may
 * have one address for all.
 */
export async function installAddressLimit(app: FastifyInstance, parts: AddressLimitParts): Promise<void> {
  await app.register(rateLimit, {
    global: false,
    store: MinuteStore,
    keyGenerator: ({ ip }: FastifyRequest) => addressKey(ip),
  });
  installRefusedLimit(app, parts);
  const limit = app.createRateLimit({ max: parts.perMinute, timeWindow: '1 minute' });
  app.addHook('onRequest', async (request, reply) => {
    const reader = readerBeforeSignIn(request);
    if (reader === undefined) return undefined;
    const count = await limit(request);
    if (count.isAllowed || !count.isExceeded) return undefined;
    parts.onRefused();
    reply.header('retry-after', Math.max(1, count.ttlInSeconds));
    return tooMany(reply, reader);
  });
}

/**
 * Bounds how often one address may come with a token or assertion that is refused. Sessions are left alone: people share the address of
 * their municipality with whoever tries out tokens there.
 */
function installRefusedLimit(app: FastifyInstance, { perMinute, onRefused }: AddressLimitParts): void {
  const refused = new MinuteCounts(MAX_ADDRESSES);
  app.addHook('onRequest', async (request, reply) => {
    if (!bearsToken(request)) return undefined;
    const { times, leftMs } = refused.look(addressKey(request.ip));
    if (times < perMinute) return undefined;
    onRefused();
    reply.header('retry-after', Math.ceil(leftMs / 1000));
    return tooMany(reply, 'program');
  });
  app.addHook('onResponse', async (request, reply) => {
    if (reply.statusCode === UNAUTHENTICATED && bearsToken(request)) refused.count(addressKey(request.ip));
  });
}

const bearsToken = (request: FastifyRequest): boolean =>
  request.headers.authorization !== undefined && readerBeforeSignIn(request) === undefined;

/** @returns who reads the answer; undefined for what is not counted. */
function readerBeforeSignIn(request: FastifyRequest): 'person' | 'program' | undefined {
  // The route's own name: however an address is spelled, it is counted as what answers it.
  const path = request.is404 ? '/saml' : (request.routeOptions.url ?? '');
  return BEFORE_SIGN_IN.find(([pattern]) => pattern.test(path))?.[1];
}

function tooMany(reply: FastifyReply, reader: 'person' | 'program'): FastifyReply {
  return reader === 'person'
    ? sendPage(reply, pageFor('TOO_MANY_REQUESTS'))
    : refuse(reply, 'TOO_MANY_REQUESTS');
}

/** Counts of addresses, bounded by number and age. */
class MinuteStore implements FastifyRateLimitStore {
  readonly #counts = new MinuteCounts(MAX_ADDRESSES);

  incr(key: string, done: (error: Error | null, result?: { current: number; ttl: number }) => void): void {
    const { times, leftMs } = this.#counts.count(key);
    done(null, { current: times, ttl: leftMs });
  }

  child(): FastifyRateLimitStore {
    return new MinuteStore();
  }
}

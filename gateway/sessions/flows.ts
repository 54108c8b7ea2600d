import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clearCookie, cookiesOf, type FlowKind, setCookie } from './cookies.js';
import { newSecret } from './secrets.js';

/**
 * A sign-in or a jump under way in one tab of a browser. Each has a cookie of its own, named after it: two at once never
 * take each other's place. The cookie holds when the flow began and a random secret, and nothing of a person.
 */
export interface Flow {
  /** Names the flow in a cookie's name and in an address; it proves nothing. */
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly begunAt: number;
  /** Proves that this browser began it; kept elsewhere as a hash only. */
  readonly secret: string;
}

/** Most flows of a kind one browser keeps; the oldest gives way. A reopened browser window may bring back this many tabs at once. */
const MAX_FLOWS = 20;
const KEY = /^[0-9a-f]{16}$/;
const VALUE = /^([0-9a-z]{8,9})\.([\w-]{43})$/;

/** @returns the key of a sign-in, from the id of its request; undefined for what is no id of ours. */
export function signInKey(requestId: string): string | undefined {
  const key = requestId.slice(1, 17);
  return isFlowKey(key) ? key : undefined;
}

/** @returns whether a text can name a flow. */
export function isFlowKey(key: unknown): key is string {
  return typeof key === 'string' && KEY.test(key);
}

/** @returns the flows of a kind that a browser holds, oldest first. */
export function flowsOf(request: FastifyRequest, kind: FlowKind): Flow[] {
  const found = cookiesOf(request, kind).flatMap(({ key, value }) => {
    const [, begunAt, secret] = VALUE.exec(value) ?? [];
    return isFlowKey(key) && begunAt !== undefined && secret !== undefined
      ? [{ key, begunAt: Number.parseInt(begunAt, 36), secret }]
      : [];
  });
  return found.sort((a, b) => a.begunAt - b.begunAt || (a.key < b.key ? -1 : 1));
}

/** @returns one flow of a browser by its key. */
export function flowOf(request: FastifyRequest, kind: FlowKind, key: string | undefined): Flow | undefined {
  return flowsOf(request, kind).find((flow) => flow.key === key);
}

/** @returns a flow that nobody holds yet. */
export function newFlow(key: string, now: Date): Flow {
  return { key, begunAt: now.getTime(), secret: newSecret() };
}

/**
 * Gives a flow to the browser that asks.
 * @param seconds how long the browser keeps it
 * @param stays which of its flows must not give way
 */
export function holdFlow(
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  kind: FlowKind,
  flow: Flow,
  seconds: number,
  stays: (flow: Flow) => boolean = () => false,
): void {
  const others = flowsOf(request, kind).filter((other) => !stays(other));
  const surplus = others.slice(0, Math.max(0, others.length + 1 - MAX_FLOWS));
  for (const old of surplus) clearCookie(reply, kind, old.key);
  setCookie(reply, kind, valueOf(flow), { key: flow.key, seconds });
}

/** Keeps a flow until the browser is closed: an answer that comes again is known to be this browser's. */
export function keepFlow(reply: FastifyReply, kind: FlowKind, flow: Flow): void {
  setCookie(reply, kind, valueOf(flow), { key: flow.key });
}

/**
 * @returns what marks the sessions of a browser, from one of its sign-ins: sign-ins that end at the same moment in two tabs
 * both know the oldest flow, and so mark their sessions alike without waiting for each other
 */
export function browserMark({ secret }: Flow): string {
  return createHash('sha256').update(`browser|${secret}`).digest('base64url');
}

const valueOf = ({ begunAt, secret }: Flow): string => `${begunAt.toString(36)}.${secret}`;

import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Cookies of the sign-in and of jumps. All are out of reach of scripts and of plain HTTP (browsers take this machine's own
 * names for safe); none holds anything of a person. `Lax` where another site's link may lead in, `Strict` where only our page
 * calls, `None` for the one that must come along with the identity provider's post, which holds a random secret alone. The
 * names of sign-ins and jumps under way go on with the flow's own key.
 */
const COOKIES = {
  access: { name: '__Host-overblik_session', path: '/', sameSite: 'lax' },
  browser: { name: '__Host-overblik_browser', path: '/', sameSite: 'lax' },
  refresh: { name: '__Secure-overblik_refresh', path: '/session', sameSite: 'strict' },
  signIn: { name: '__Host-overblik_signin_', path: '/', sameSite: 'none' },
  jump: { name: '__Host-overblik_jump_', path: '/', sameSite: 'lax' },
} as const;

export type CookieName = keyof typeof COOKIES;
/** Cookies of which a browser holds one for each flow (flows.ts). */
export type FlowKind = 'signIn' | 'jump';

const MAX_VALUE = 2048;

/** @returns a cookie's value; undefined when the browser sent none. */
export function readCookie(
  request: FastifyRequest,
  cookie: Exclude<CookieName, FlowKind>,
): string | undefined {
  const value = request.cookies[COOKIES[cookie].name];
  return value === undefined || value.length > MAX_VALUE ? undefined : value;
}

/** @returns the cookies of a kind, by what follows the kind's name in theirs. */
export function cookiesOf(
  request: FastifyRequest,
  kind: FlowKind,
): { readonly key: string; readonly value: string }[] {
  const { name: prefix } = COOKIES[kind];
  return Object.entries(request.cookies).flatMap(([name, value]) =>
    name.startsWith(prefix) && value !== undefined && value.length <= MAX_VALUE
      ? [{ key: name.slice(prefix.length), value }]
      : [],
  );
}

interface CookieOptions {
  /** The flow it is for. */
  readonly key?: string;
  /** How long the browser keeps it; until it is closed when left out. */
  readonly seconds?: number;
}

export function setCookie(
  reply: FastifyReply,
  cookie: CookieName,
  value: string,
  { key = '', seconds }: CookieOptions = {},
): void {
  const { name, ...rest } = COOKIES[cookie];
  const age = seconds === undefined ? {} : { maxAge: seconds };
  void reply.setCookie(`${name}${key}`, value, { ...rest, ...age, httpOnly: true, secure: true });
}

export function clearCookie(reply: FastifyReply, cookie: CookieName, key = ''): void {
  const { name, ...rest } = COOKIES[cookie];
  void reply.clearCookie(`${name}${key}`, { ...rest, httpOnly: true, secure: true });
}

import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Cookies of the two doors. All are out of reach of scripts and of plain HTTP (browsers take this machine's own names for
 * safe); none holds anything of a person. `Lax` where another site's link may lead in, `Strict` where only our page calls,
 * `None` for the one that must come along with the identity provider's post, which holds a random id alone.
 */
const COOKIES = {
  access: { name: '__Host-overblik_session', path: '/', sameSite: 'lax' },
  browser: { name: '__Host-overblik_browser', path: '/', sameSite: 'lax' },
  refresh: { name: '__Secure-overblik_refresh', path: '/session', sameSite: 'strict' },
  signIn: { name: '__Host-overblik_signin', path: '/', sameSite: 'none' },
  jump: { name: '__Host-overblik_jump', path: '/', sameSite: 'lax' },
} as const;

export type CookieName = keyof typeof COOKIES;

/** @returns a cookie's value; undefined when the browser sent none. */
export function readCookie(request: FastifyRequest, cookie: CookieName): string | undefined {
  const value = request.cookies[COOKIES[cookie].name];
  return value === undefined || value.length > 2048 ? undefined : value;
}

/** @param seconds how long the browser keeps it; until it is closed when left out */
export function setCookie(reply: FastifyReply, cookie: CookieName, value: string, seconds?: number): void {
  const { name, ...rest } = COOKIES[cookie];
  const age = seconds === undefined ? {} : { maxAge: seconds };
  void reply.setCookie(name, value, { ...rest, ...age, httpOnly: true, secure: true });
}

export function clearCookie(reply: FastifyReply, cookie: CookieName): void {
  const { name, ...rest } = COOKIES[cookie];
  void reply.clearCookie(name, { ...rest, httpOnly: true, secure: true });
}

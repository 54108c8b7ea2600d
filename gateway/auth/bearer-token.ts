import type { IncomingHttpHeaders } from 'node:http';

/** A token is at most as long as the server lets all headers be together. */
const BEARER = /^Bearer ([A-Za-z0-9._~+/=-]{1,16384})$/;

/** @returns the token that a request carries in `authorization`; undefined when it carries none, or something else (RFC 6750 §2.1) */
export function bearerToken({ authorization = '' }: IncomingHttpHeaders): string | undefined {
  return BEARER.exec(authorization)?.[1];
}

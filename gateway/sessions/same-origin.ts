import type { FastifyRequest } from 'fastify';

/**
 * Whether a request that changes something was sent by our own page: browsers say so themselves, and no other site's page
 * can make them say it (CSRF). A request without a browser's word for it is not taken on cookies.
 */
export function isOwnPage({ headers }: FastifyRequest, publicUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  return headers.origin === new URL(publicUrl).origin && (site === undefined || site === 'same-origin');
}

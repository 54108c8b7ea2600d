import type { IncomingHttpHeaders } from 'node:http';

/** A body that is packed in a way nobody unpacks where it was sent. */
export interface PackingFault {
  readonly field: 'content-encoding';
  readonly rule: string;
}

const PLAIN: ReadonlySet<string> = new Set(['', 'identity']);
const GZIP: ReadonlySet<string> = new Set(['gzip', 'x-gzip']);
/** Names of encodings are tokens; anything else is not repeated in an answer. */
const NAME = /^[a-z0-9-]{1,20}$/;

/**
 * Reads how a body is packed, in whatever letters its header is.
 * @param unpacks whether gzip is unpacked where the body was sent
 * @returns whether it is gzip; or what is taken instead
 */
export function packingOf(
  headers: IncomingHttpHeaders,
  unpacks: boolean,
): { readonly gzip: boolean } | PackingFault {
  const packing = (headers['content-encoding'] ?? '').trim().toLowerCase();
  if (PLAIN.has(packing)) return { gzip: false };
  if (unpacks && GZIP.has(packing)) return { gzip: true };
  const named = NAME.test(packing) ? `, not ${packing}` : '';
  return { field: 'content-encoding', rule: `${unpacks ? 'gzip or none' : 'none'}${named}` };
}

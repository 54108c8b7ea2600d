import type { IncomingHttpHeaders } from 'node:http';
import type { DeliveryForm } from './read-lines.js';

/** How a delivery's body is written. */
export interface BodyForm {
  readonly form: DeliveryForm;
  readonly gzip: boolean;
}

/** A body that is packed in a way nobody unpacks here. */
export interface UnknownPacking {
  readonly field: 'content-encoding';
  readonly rule: string;
}

const PLAIN = ['', 'identity'];
const GZIP = ['gzip', 'x-gzip'];
/** Names of encodings are tokens; anything else is not repeated in an answer. */
const NAME = /^[a-z0-9-]{1,20}$/;

/** Reads how a body is written, in whatever letters its headers are. @returns the form, or what about it cannot be read */
export function bodyFormOf(headers: IncomingHttpHeaders): BodyForm | UnknownPacking {
  const packing = (headers['content-encoding'] ?? '').trim().toLowerCase();
  if (!PLAIN.includes(packing) && !GZIP.includes(packing)) {
    const named = NAME.test(packing) ? `, not ${packing}` : '';
    return { field: 'content-encoding', rule: `gzip or none${named}` };
  }
  const type = (headers['content-type'] ?? '').trim().toLowerCase();
  return { form: type.startsWith('application/json') ? 'json' : 'ndjson', gzip: GZIP.includes(packing) };
}

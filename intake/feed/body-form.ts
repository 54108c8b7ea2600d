import type { IncomingHttpHeaders } from 'node:http';
import { type PackingFault, packingOf } from '../../gateway/http/packing.js';
import type { DeliveryForm } from './read-lines.js';

/** How a delivery's body is written. */
export interface BodyForm {
  readonly form: DeliveryForm;
  readonly gzip: boolean;
}

/** Reads how a body is written, in whatever letters its headers are. @returns the form, or what about it cannot be read */
export function bodyFormOf(headers: IncomingHttpHeaders): BodyForm | PackingFault {
  const packing = packingOf(headers, true);
  if ('rule' in packing) return packing;
  const type = (headers['content-type'] ?? '').trim().toLowerCase();
  return { form: type.startsWith('application/json') ? 'json' : 'ndjson', gzip: packing.gzip };
}

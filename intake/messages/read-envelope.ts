import { firstBrokenRule } from '../../subgraphs/shared/errors/issue-words.js';
import { type Envelope, envelopeShape } from './envelope.js';

/** A message that cannot be taken as it is: which field breaks which rule, never the value. */
export interface RejectedMessage {
  readonly result: 'rejected';
  readonly field: string;
  readonly rule: string;
}

/** How far a sender's clock may be ahead. */
const SKEW_MS = 5 * 60_000;
/** Longest message that is read. */
export const MAX_MESSAGE_BYTES = 256 << 10;

/** @returns the envelope of a message; or which field breaks which rule, never the value. */
export function readEnvelope(text: string, now: Date): { readonly envelope: Envelope } | RejectedMessage {
  if (Buffer.byteLength(text) > MAX_MESSAGE_BYTES) return rejected('', 'at most 256 kB');
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return rejected('', 'JSON');
  }
  const parsed = envelopeShape.safeParse(raw);
  if (!parsed.success) {
    const { field, rule } = firstBrokenRule(parsed.error);
    return rejected(field, rule);
  }
  if (parsed.data.filterData.objectRegistration.registeredAt.getTime() > now.getTime() + SKEW_MS)
    return rejected('filterData.objectRegistration.registeredAt', 'not in the future');
  return { envelope: parsed.data };
}

const rejected = (field: string, rule: string): RejectedMessage => ({ result: 'rejected', field, rule });

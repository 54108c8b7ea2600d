import { createSign, createVerify, type KeyLike } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { utf8 } from './documents.js';
import { SamlRefusal } from './refusal.js';

/** Signatures an address may bear, with what verifies them. */
const SIGNATURES = new Map([
  ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', 'RSA-SHA256'],
  ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha512', 'RSA-SHA512'],
]);
const OURS = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
const MAX_QUERY = 16_384;
const MAX_INFLATED = 64 << 10;
const NAMES = ['SAMLRequest', 'SAMLResponse', 'RelayState', 'SigAlg', 'Signature'];

export type MessageName = 'SAMLRequest' | 'SAMLResponse';

/** A message of the HTTP redirect binding as it came; nothing of it has been unpacked. */
export interface SignedQuery {
  readonly relayState: string;
  isSignedBy(certificate: KeyLike): boolean;
  /** @returns the message's text; throws SamlRefusal for what is none, or more than 64 kB. Call it once it is known who signed. */
  unpack(): string;
}

/**
 * Reads the query of an address as it was sent: a signature covers the very characters.
 * @returns undefined for a query without this message, without a signature of a kind that counts, or with one thing twice
 */
export function readSignedQuery(query: string, name: MessageName): SignedQuery | undefined {
  if (query.length > MAX_QUERY) return undefined;
  const parts = query.split('&').map((part) => {
    const [key = ''] = part.split('=', 1);
    return [key, part] as const;
  });
  const known = parts.filter(([key]) => NAMES.includes(key));
  const given = new Map(known);
  const [message, relay, sigAlg, signature] = [name, 'RelayState', 'SigAlg', 'Signature'].map((key) =>
    given.get(key),
  );
  if (!message || !sigAlg || !signature || given.size !== known.length) return undefined;
  const algorithm = SIGNATURES.get(valueOf(sigAlg) ?? '');
  const [packed, bytes, relayState] = [valueOf(message), valueOf(signature), relay ? valueOf(relay) : ''];
  if (algorithm === undefined || packed === undefined || bytes === undefined || relayState === undefined)
    return undefined;
  const signed = [message, relay, sigAlg].filter((part) => part !== undefined).join('&');
  return {
    relayState,
    isSignedBy: (certificate) =>
      createVerify(algorithm).update(signed).verify(certificate, Buffer.from(bytes, 'base64')),
    unpack: () => inflate(Buffer.from(packed, 'base64')),
  };
}

function valueOf(part: string): string | undefined {
  try {
    return decodeURIComponent(part.slice(part.indexOf('=') + 1).replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

function inflate(packed: Buffer): string {
  try {
    return utf8(inflateRawSync(packed, { maxOutputLength: MAX_INFLATED }));
  } catch {
    throw new SamlRefusal('SAML_NOT_READABLE', null, 'DEFLATE');
  }
}

/** A message to send on. */
export interface Outgoing {
  readonly name: MessageName;
  readonly xml: string;
  /** What the other side gave, returned as it was. */
  readonly relayState: string;
}

/** @returns the address that takes a browser to `url` with a message, signed. @param key PEM private key (RSA) */
export function redirectAddress(url: string, { name, xml, relayState }: Outgoing, key: string): string {
  const packed = deflateRawSync(Buffer.from(xml)).toString('base64');
  const relay = relayState === '' ? '' : `&RelayState=${encodeURIComponent(relayState)}`;
  const signed = `${name}=${encodeURIComponent(packed)}${relay}&SigAlg=${encodeURIComponent(OURS)}`;
  const signature = createSign('RSA-SHA256').update(signed).sign(key, 'base64');
  const before = url.includes('?') ? '&' : '?';
  return `${url}${before}${signed}&Signature=${encodeURIComponent(signature)}`;
}

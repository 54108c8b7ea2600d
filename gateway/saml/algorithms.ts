import { childrenOf, type XmlElement, XMLNS } from '../../subgraphs/shared/identity/xml-document.js';

/**
 * Algorithms that signatures and their transforms may name. Anything else is refused before validation: node-saml would take
 * a genuine SHA-1 signature.
 */
const SIGNING = new Set([
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
  'http://www.w3.org/2001/04/xmlenc#sha256',
  'http://www.w3.org/2001/04/xmlenc#sha512',
  'http://www.w3.org/2001/10/xml-exc-c14n#',
  'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
]);

const SHA1 = 'http://www.w3.org/2000/09/xmldsig#sha1';
const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256';

/** How the key of an encryption may come: RSA-OAEP with a digest, and with the mask function its name leaves open. */
export interface KeyTransport {
  readonly algorithm: string;
  readonly digest: string;
  /** Null where the algorithm's name fixes it (SHA-1, XML Encryption 1.1, section 5.5.2). */
  readonly mask: string | null;
}

const OAEP_MGF1P = 'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p';
const OAEP = 'http://www.w3.org/2009/xmlenc11#rsa-oaep';
const MASK_SHA256 = 'http://www.w3.org/2009/xmlenc11#mgf1sha256';

/** Every way in which a key may come; the metadata names exactly these. In OAEP, SHA-1 signs nothing. */
export const KEY_TRANSPORTS: readonly KeyTransport[] = [
  { algorithm: OAEP, digest: SHA256, mask: MASK_SHA256 },
  { algorithm: OAEP, digest: SHA1, mask: MASK_SHA256 },
  { algorithm: OAEP_MGF1P, digest: SHA256, mask: null },
  { algorithm: OAEP_MGF1P, digest: SHA1, mask: null },
];

/** What may be encrypted with; the metadata names exactly these. No cipher without integrity. */
export const CONTENT_CIPHERS: readonly string[] = [
  'http://www.w3.org/2009/xmlenc11#aes256-gcm',
  'http://www.w3.org/2009/xmlenc11#aes128-gcm',
];

/** @returns whether every algorithm a document names, written plainly, is allowed where it stands. */
export function allowsEveryAlgorithm(root: XmlElement): boolean {
  return isAllowed(root, undefined);
}

function isAllowed(element: XmlElement, inside: XmlElement | undefined): boolean {
  const named = element.attributes.filter(({ name }) => name === 'Algorithm').map(({ value }) => value);
  if (named.length > 0 && !element.isPlain) return false;
  if (element.name === 'EncryptionMethod')
    return inside?.name === 'EncryptedKey' ? isKeyTransport(element) : isContentCipher(element);
  return (
    named.every((algorithm) => SIGNING.has(algorithm)) &&
    element.children.every((child) => isAllowed(child, element))
  );
}

function isKeyTransport(method: XmlElement): boolean {
  const algorithm = algorithmOf(method);
  const [digests, masks] = [childrenOf(method, 'DigestMethod'), childrenOf(method, 'MGF')];
  const isUnderstood = method.children.length === digests.length + masks.length;
  const given = method.children.every(({ isPlain, children }) => isPlain && children.length === 0);
  if (!isUnderstood || !given || digests.length > 1 || masks.length > 1) return false;
  const digest = digests[0] ? algorithmOf(digests[0]) : SHA1;
  const mask = masks[0] ? algorithmOf(masks[0]) : null;
  return KEY_TRANSPORTS.some(
    (allowed) => allowed.algorithm === algorithm && allowed.digest === digest && allowed.mask === mask,
  );
}

function isContentCipher(method: XmlElement): boolean {
  return method.children.length === 0 && CONTENT_CIPHERS.includes(algorithmOf(method) ?? '');
}

/** The one attribute an algorithm is named by; undefined for anything more. */
function algorithmOf({ attributes }: XmlElement): string | undefined {
  const [first, ...more] = attributes.filter(({ namespace }) => namespace !== XMLNS);
  return more.length === 0 && first?.name === 'Algorithm' ? first.value : undefined;
}

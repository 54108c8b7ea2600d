/**
 * Every algorithm a response may name. Anything else is refused before validation: node-saml would take a genuine SHA-1
 * signature (stack.md §2, finding 5), and an encryption of a kind that leaks.
 */
const ALLOWED = new Set([
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
  'http://www.w3.org/2001/04/xmlenc#sha256',
  'http://www.w3.org/2001/04/xmlenc#sha512',
  'http://www.w3.org/2001/10/xml-exc-c14n#',
  'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
  'http://www.w3.org/2009/xmlenc11#aes128-gcm',
  'http://www.w3.org/2009/xmlenc11#aes256-gcm',
  'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p',
]);

/** SHA-1 is what OAEP's own digest is by default; it signs nothing there. */
const OAEP_DIGEST =
  /<(?:\w+:)?EncryptionMethod\s[^>]*rsa-oaep-mgf1p"[^>]*(?<!\/)>\s*<(?:\w+:)?DigestMethod\s[^>]*Algorithm="http:\/\/www\.w3\.org\/2000\/09\/xmldsig#sha1"[^>]*>/g;

/** @returns whether every algorithm a document names, written plainly, is one of those allowed. */
export function allowsEveryAlgorithm(xml: string): boolean {
  const named = [...xml.replace(OAEP_DIGEST, '').matchAll(/\bAlgorithm\s*=\s*(?:"([^"]*)"|'([^']*)')/g)];
  const words = xml.match(/\bAlgorithm\b/g)?.length ?? 0;
  const counted = [...xml.matchAll(/\bAlgorithm\s*=\s*(?:"[^"]*"|'[^']*')/g)].length;
  return words === counted && named.every(([, double, single]) => ALLOWED.has(double ?? single ?? ''));
}

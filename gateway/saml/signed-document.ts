import { DOMParser } from '@xmldom/xmldom';
import { SignedXml } from 'xml-crypto';
import { attributeOf, everythingIn } from '../../subgraphs/shared/identity/xml-document.js';
import { readDocument } from './documents.js';
import { SamlRefusal } from './refusal.js';

const SIGNATURE = 'http://www.w3.org/2000/09/xmldsig#';

/**
 * Verifies the one signature of a document, which must stand in its root and cover it whole.
 * @param certificates PEM; those brought along in the document do not count
 * @returns the document's text, as far as the signature covers it
 * @throws SamlRefusal
 */
export function signedText(received: string, certificates: readonly string[]): string {
  // Line ends are normalised before anything is signed (XML 1.0, section 2.11); the parser here leaves that to its caller.
  const xml = received.replace(/\r\n?/g, '\n');
  const root = readDocument(xml);
  const [signature, ...more] = everythingIn(root).filter(({ name }) => name === 'Signature');
  const id = attributeOf(root, 'ID');
  if (!signature || more.length > 0 || !root.children.includes(signature) || !id)
    throw new SamlRefusal('SAML_INVALID', null, 'SIGNATURE');
  for (const certificate of certificates) {
    const signed = verified(xml, id, certificate);
    if (signed !== undefined) return signed;
  }
  throw new SamlRefusal('SAML_INVALID', null, 'SIGNATURE');
}

function verified(xml: string, id: string, publicCert: string): string | undefined {
  try {
    const root = new DOMParser({ errorHandler: refuse }).parseFromString(xml, 'text/xml').documentElement;
    const node = root.getElementsByTagNameNS(SIGNATURE, 'Signature')[0];
    const verifier = new SignedXml({ publicCert, getCertFromKeyInfo: () => null });
    // cast: xml-crypto's types name the browser's nodes; it works on those of this parser
    verifier.loadSignature(node as unknown as Node);
    const [reference, ...more] = verifier.getReferences();
    if (reference?.uri !== `#${id}` || more.length > 0) return undefined;
    return verifier.checkSignature(xml) ? verifier.getSignedReferences()[0] : undefined;
  } catch {
    // The library throws for a signature of another key as for a broken one; its words may hold the document's.
    return undefined;
  }
}

function refuse(): never {
  throw new SamlRefusal('SAML_NOT_READABLE');
}

import { attributeOf, everythingIn, type XmlElement } from '../../subgraphs/shared/identity/xml-document.js';
import { decodeBase64, isMessage, PROTOCOL, readDocument, statusOf, textOf } from './documents.js';
import { openEncrypted } from './encryption.js';
import { SamlRefusal } from './refusal.js';

/** Longest response that is read, in base64: an assertion, encrypted, with the roles of several hundred groups. */
export const MAX_RESPONSE = 256 << 10;
const MAX_ID = 200;
const SUCCESS = 'urn:oasis:names:tc:SAML:2.0:status:Success';

/** A posted response; nothing of it is trusted before the signature of its assertion is. */
export interface SamlResponse {
  readonly xml: string;
  readonly root: XmlElement;
  readonly inResponseTo: string;
  readonly destination: string;
  readonly issuer: string;
}

/** @returns a posted response; throws SamlRefusal for what is none, or too large. */
export function readResponse(base64: string): SamlResponse {
  if (base64.length > MAX_RESPONSE) throw new SamlRefusal('SAML_TOO_LARGE');
  const xml = decodeBase64(base64);
  const root = readDocument(xml);
  const [inResponseTo, destination] = [attributeOf(root, 'InResponseTo'), attributeOf(root, 'Destination')];
  const issuer = textOf(root, 'Issuer');
  if (!isMessage(root, 'Response') || !inResponseTo || inResponseTo.length > MAX_ID)
    throw new SamlRefusal('SAML_NOT_READABLE');
  if (destination === undefined || issuer === undefined) throw new SamlRefusal('SAML_NOT_READABLE');
  return { xml, root, inResponseTo, destination, issuer };
}

/**
 * The response as it is validated: with its one assertion in the open. What was encrypted is opened here and nowhere else, and
 * looked at before anything believes it.
 * @param decryptionKey PEM private key of the service
 * @returns the response's text; an opened assertion stands in an envelope of ours, for the one around it is not believed
 */
export async function inTheOpen(
  { xml, root, inResponseTo }: SamlResponse,
  decryptionKey: string,
): Promise<string> {
  if (statusOf(root) !== SUCCESS) throw new SamlRefusal('SAML_STATUS');
  const [assertion, ...more] = everythingIn(root).filter(({ name }) =>
    /^(?:Encrypted)?Assertion$/.test(name),
  );
  if (!assertion || more.length > 0 || !root.children.includes(assertion))
    throw new SamlRefusal('SAML_INVALID', null, 'ASSERTIONS');
  if (assertion.name === 'Assertion') return xml;
  const opened = await openEncrypted(xml.slice(assertion.start, assertion.end), decryptionKey);
  const inside = readDocument(opened);
  if (inside.name !== 'Assertion') throw new SamlRefusal('SAML_INVALID', null, 'NOT_DECRYPTED');
  const { id, text } = { id: escapeAttribute(inResponseTo), text: opened.slice(inside.start, inside.end) };
  return `<around:Response xmlns:around="${PROTOCOL}" InResponseTo="${id}">${text}</around:Response>`;
}

function escapeAttribute(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

import { randomBytes } from 'node:crypto';
import {
  childrenOf,
  onlyChild,
  readXml,
  type XmlElement,
  XmlError,
  type XmlLimits,
} from '../../subgraphs/shared/identity/xml-document.js';
import { allowsEveryAlgorithm } from './algorithms.js';
import { SamlRefusal } from './refusal.js';

export const PROTOCOL = 'urn:oasis:names:tc:SAML:2.0:protocol';
export const ASSERTION = 'urn:oasis:names:tc:SAML:2.0:assertion';

/**
 * What the largest messages of identity providers need, several times over. A list of privileges is one text, whatever it
 * holds. What validates afterwards looks at each element from each other; bounds make that little.
 */
const LIMITS: XmlLimits = { depth: 32, elements: 1000, attributes: 32, namespaces: 256, value: 4096 };

/** @returns a fresh id of a message. */
export function samlId(): string {
  return `_${randomBytes(20).toString('hex')}`;
}

/** @returns the bytes of a base64 text, as strict UTF-8; throws SamlRefusal. */
export function decodeBase64(base64: string): string {
  const compact = base64.replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) throw new SamlRefusal('SAML_NOT_READABLE');
  return utf8(Buffer.from(compact, 'base64'));
}

/** @returns bytes as text; throws SamlRefusal for what is no UTF-8. */
export function utf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new SamlRefusal('SAML_NOT_READABLE');
  }
}

/**
 * Reads a SAML document within bounds, before anything believes or validates it.
 * @returns its root
 * @throws SamlRefusal for what is no XML, brings a DOCTYPE, names an algorithm that is not allowed, or is too complex
 */
export function readDocument(xml: string): XmlElement {
  // Line separators of Unicode, which no message needs, make the validator's parser look at a line over and over.
  if (/[\u2028\u2029]/.test(xml)) throw new SamlRefusal('SAML_NOT_READABLE', null, 'LINE_SEPARATOR');
  const root = read(xml);
  if (!allowsEveryAlgorithm(root)) throw new SamlRefusal('SAML_ALGORITHM');
  return root;
}

function read(xml: string): XmlElement {
  try {
    return readXml(xml, LIMITS);
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    if (error.problem === 'DOCTYPE') throw new SamlRefusal('SAML_DOCTYPE');
    throw new SamlRefusal('SAML_NOT_READABLE', null, error.problem);
  }
}

/** @returns the text of the one child of this name; undefined for none, several, and one with elements inside. */
export function textOf(parent: XmlElement, name: string, namespace = ASSERTION): string | undefined {
  const child = onlyChild(parent, name, namespace);
  return child?.children.length === 0 ? child.text.trim() : undefined;
}

/** @returns whether a document is one of this protocol message. */
export function isMessage({ name, namespace }: XmlElement, message: string): boolean {
  return name === message && namespace === PROTOCOL;
}

/** @returns the code of the outcome that a response states. */
export function statusOf(response: XmlElement): string | undefined {
  const status = onlyChild(response, 'Status', PROTOCOL);
  const code = status && childrenOf(status, 'StatusCode', PROTOCOL)[0];
  return code?.attributes.find(({ name, namespace }) => name === 'Value' && namespace === '')?.value;
}

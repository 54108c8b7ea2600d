import { z } from 'zod';
import {
  attributeOf,
  childrenOf,
  onlyChild,
  type XmlElement,
} from '../../subgraphs/shared/identity/xml-document.js';
import { verbatimShape } from '../../subgraphs/shared/scalars/clean-text.js';
import { isMessage, PROTOCOL, readDocument, textOf } from './documents.js';
import { openEncrypted } from './encryption.js';
import { SamlRefusal } from './refusal.js';

/** What an identity provider asks to end. */
export interface LogoutRequest {
  readonly id: string;
  readonly nameId: string;
  /** Empty for all sessions of the person. */
  readonly sessionIndexes: readonly string[];
}

export interface LogoutChecks {
  /** Entity id of the provider that signed it. */
  readonly issuer: string;
  /** Where it must be for. */
  readonly destination: string;
  /** PEM private key of the service: a name may come encrypted. */
  readonly key: string;
  readonly now: Date;
  readonly clockSkewMs: number;
}

/** A request comes by the browser, at once. One that is older ends nothing: an address kept somewhere could end later sessions. */
const MAX_AGE_MS = 5 * 60_000;
const time = z.iso.datetime().transform((text) => new Date(text).getTime());
const text = verbatimShape(2000);
const shape = z.object({
  id: verbatimShape(200),
  issuer: text,
  destination: text,
  issuedAt: time,
  notOnOrAfter: time.optional(),
  nameId: text,
  sessionIndexes: z.array(text).max(100),
});

/**
 * Reads a logout request whose signature has been verified.
 * @param text as it was signed
 * @throws SamlRefusal for what is none, for somebody else, or too old
 */
export async function readLogoutRequest(text: string, checks: LogoutChecks): Promise<LogoutRequest> {
  const root = readDocument(text);
  if (!isMessage(root, 'LogoutRequest')) throw new SamlRefusal('SAML_NOT_READABLE');
  const parsed = shape.safeParse({
    id: attributeOf(root, 'ID'),
    issuer: textOf(root, 'Issuer'),
    destination: attributeOf(root, 'Destination'),
    issuedAt: attributeOf(root, 'IssueInstant'),
    notOnOrAfter: attributeOf(root, 'NotOnOrAfter'),
    nameId: await nameIdOf(root, text, checks.key),
    sessionIndexes: childrenOf(root, 'SessionIndex', PROTOCOL).map((index) => index.text.trim()),
  });
  if (!parsed.success) throw new SamlRefusal('SAML_NOT_READABLE');
  const { id, issuer, destination, issuedAt, notOnOrAfter = Infinity, nameId, sessionIndexes } = parsed.data;
  if (issuer !== checks.issuer) throw new SamlRefusal('SAML_ISSUER');
  if (destination !== checks.destination) throw new SamlRefusal('SAML_DESTINATION');
  const [now, skew] = [checks.now.getTime(), checks.clockSkewMs];
  if (issuedAt > now + skew || issuedAt + MAX_AGE_MS < now - skew || notOnOrAfter <= now - skew)
    throw new SamlRefusal('SAML_INVALID', null, 'TIME');
  return { id, nameId, sessionIndexes };
}

async function nameIdOf(root: XmlElement, text: string, key: string): Promise<string | undefined> {
  const encrypted = onlyChild(root, 'EncryptedID');
  if (encrypted === undefined) return textOf(root, 'NameID');
  const inside = readDocument(await openEncrypted(text.slice(encrypted.start, encrypted.end), key));
  return inside.name === 'NameID' && inside.children.length === 0 ? inside.text.trim() : undefined;
}

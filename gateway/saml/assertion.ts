import { z } from 'zod';
import {
  attributeOf,
  childrenOf,
  onlyChild,
  type XmlElement,
} from '../../subgraphs/shared/identity/xml-document.js';
import { verbatimShape } from '../../subgraphs/shared/scalars/clean-text.js';
import { ASSERTION, readDocument, textOf } from './documents.js';
import { SamlRefusal } from './refusal.js';

/** What a signed assertion says, read from the bytes that its signature covers. */
export interface Assertion {
  readonly id: string;
  readonly issuer: string;
  readonly recipient: string;
  readonly inResponseTo: string;
  readonly notOnOrAfter: Date;
  readonly nameId: string;
  readonly nameIdFormat: string;
  readonly sessionIndex: string | null;
  /** Values by name, in their order; an attribute given twice has them all. Null is a value with elements inside. */
  readonly attributes: ReadonlyMap<string, readonly (string | null)[]>;
}

const UNSPECIFIED = 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified';
const text = verbatimShape(2000);
const shape = z.object({
  id: verbatimShape(200),
  issuer: text,
  method: z.literal('urn:oasis:names:tc:SAML:2.0:cm:bearer'),
  recipient: text,
  inResponseTo: text,
  notOnOrAfter: z.iso.datetime().transform((time) => new Date(time)),
  nameId: text.or(z.literal('')).default(''),
  nameIdFormat: text.default(UNSPECIFIED),
  sessionIndex: text.nullable(),
});

/** @param xml the assertion as it was signed; throws SamlRefusal for one that says less than it must, or one thing twice */
export function readAssertion(xml: string): Assertion {
  const root = readDocument(xml);
  const subject = onlyChild(root, 'Subject', ASSERTION);
  const confirmation = subject && onlyChild(subject, 'SubjectConfirmation', ASSERTION);
  const data = confirmation && onlyChild(confirmation, 'SubjectConfirmationData', ASSERTION);
  const name = subject && onlyChild(subject, 'NameID', ASSERTION);
  const statements = childrenOf(root, 'AuthnStatement', ASSERTION);
  if (!subject || !confirmation || !data || statements.length > 1) throw new SamlRefusal('SAML_NOT_READABLE');
  const read = shape.safeParse({
    id: attributeOf(root, 'ID'),
    issuer: textOf(root, 'Issuer'),
    method: attributeOf(confirmation, 'Method'),
    recipient: attributeOf(data, 'Recipient'),
    inResponseTo: attributeOf(data, 'InResponseTo'),
    notOnOrAfter: attributeOf(data, 'NotOnOrAfter'),
    nameId: textOf(subject, 'NameID'),
    nameIdFormat: name && attributeOf(name, 'Format'),
    sessionIndex: (statements[0] && attributeOf(statements[0], 'SessionIndex')) ?? null,
  });
  if (!read.success) throw new SamlRefusal('SAML_NOT_READABLE');
  const { method: _bearer, ...head } = read.data;
  return { ...head, attributes: attributesOf(root) };
}

function attributesOf(root: XmlElement): Assertion['attributes'] {
  const all = new Map<string, readonly (string | null)[]>();
  const statements = childrenOf(root, 'AttributeStatement', ASSERTION);
  for (const attribute of statements.flatMap((statement) => childrenOf(statement, 'Attribute', ASSERTION))) {
    const name = attributeOf(attribute, 'Name') ?? '';
    const values = childrenOf(attribute, 'AttributeValue', ASSERTION);
    const given = values.map(({ children, text: value }) => (children.length === 0 ? value.trim() : null));
    all.set(name, [...(all.get(name) ?? []), ...given]);
  }
  return all;
}

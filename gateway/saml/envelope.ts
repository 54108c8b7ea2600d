import { XMLParser } from 'fast-xml-parser';
import { decrypt } from 'xml-encryption';
import { z } from 'zod';
import { allowsEveryAlgorithm } from './algorithms.js';
import { SamlRefusal } from './refusal.js';

/** Longest response that is read, in base64. */
export const MAX_RESPONSE = 512 << 10;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
});

const text = z.union([z.string(), z.object({ '#text': z.string() }).transform((one) => one['#text'])]);
const responseShape = z.object({
  Response: z.object({
    '@InResponseTo': z.string().min(1).max(200),
    '@Destination': z.string(),
    Issuer: text,
  }),
});
const assertionShape = z.object({
  Assertion: z.object({
    '@ID': z.string().min(1).max(200),
    Issuer: text,
    Subject: z.object({
      SubjectConfirmation: z.object({
        '@Method': z.literal('urn:oasis:names:tc:SAML:2.0:cm:bearer'),
        SubjectConfirmationData: z.object({
          '@Recipient': z.string(),
          '@InResponseTo': z.string(),
          '@NotOnOrAfter': z.iso.datetime(),
        }),
      }),
    }),
  }),
});

/** What stands around an assertion; nothing of it is trusted before the signature is. */
export interface Envelope {
  readonly inResponseTo: string;
  readonly destination: string;
  readonly issuer: string;
}

/** What a signed assertion says of itself. */
export interface AssertionHead {
  readonly id: string;
  readonly issuer: string;
  readonly recipient: string;
  readonly inResponseTo: string;
  readonly notOnOrAfter: Date;
}

/** @returns the text of a posted response; throws SamlRefusal for what is no plain XML of a bearable size. */
export function decodeResponse(base64: string): string {
  if (base64.length > MAX_RESPONSE) throw new SamlRefusal('SAML_TOO_LARGE');
  const compact = base64.replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) throw new SamlRefusal('SAML_NOT_READABLE');
  const xml = utf8(Buffer.from(compact, 'base64'));
  refuseUnsafe(xml);
  return xml;
}

function utf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new SamlRefusal('SAML_NOT_READABLE');
  }
}

function refuseUnsafe(xml: string): void {
  if (/<!\s*(DOCTYPE|ENTITY)/i.test(xml)) throw new SamlRefusal('SAML_DOCTYPE');
  if (!allowsEveryAlgorithm(xml)) throw new SamlRefusal('SAML_ALGORITHM');
}

/** @returns what stands around the assertion. */
export function readEnvelope(xml: string): Envelope {
  const parsed = responseShape.safeParse(parse(xml));
  if (!parsed.success) throw new SamlRefusal('SAML_NOT_READABLE');
  const { '@InResponseTo': inResponseTo, '@Destination': destination, Issuer: issuer } = parsed.data.Response;
  return { inResponseTo, destination, issuer: issuer.trim() };
}

/** @param xml the assertion as it was signed */
export function readAssertionHead(xml: string): AssertionHead {
  const parsed = assertionShape.safeParse(parse(xml));
  if (!parsed.success) throw new SamlRefusal('SAML_NOT_READABLE');
  const { '@ID': id, Issuer: issuer, Subject: subject } = parsed.data.Assertion;
  const data = subject.SubjectConfirmation.SubjectConfirmationData;
  return {
    id,
    issuer: issuer.trim(),
    recipient: data['@Recipient'],
    inResponseTo: data['@InResponseTo'],
    notOnOrAfter: new Date(data['@NotOnOrAfter']),
  };
}

/** An encrypted assertion may hide what would be refused in the open: it is looked at before anything believes it. */
export async function refuseUnsafeInside(xml: string, decryptionKey: string): Promise<void> {
  if (!xml.includes('EncryptedAssertion')) return;
  // Whatever its prefix: one that is named and not found here would be opened by the library alone.
  const encrypted =
    /<(?:[^\s<>/]+:)?EncryptedAssertion[\s>][\s\S]*<\/(?:[^\s<>/]+:)?EncryptedAssertion\s*>/.exec(xml)?.[0];
  if (encrypted === undefined) throw new SamlRefusal('SAML_INVALID', null, 'NOT_DECRYPTED');
  const opened = await new Promise<string | undefined>((resolve) => {
    const options = { key: decryptionKey, disallowDecryptionWithInsecureAlgorithm: true };
    decrypt(encrypted, options, (error, result) => resolve(error ? undefined : String(result)));
  });
  if (opened === undefined) throw new SamlRefusal('SAML_INVALID', null, 'NOT_DECRYPTED');
  refuseUnsafe(opened);
}

function parse(xml: string): unknown {
  try {
    return parser.parse(xml);
  } catch {
    throw new SamlRefusal('SAML_NOT_READABLE');
  }
}

import { randomBytes } from 'node:crypto';
import { SignedXml } from 'xml-crypto';
import { encrypt } from 'xml-encryption';

/** What a development response says; a test bends single parts of it. */
export interface ResponseSpec {
  readonly issuer: string;
  readonly destination: string;
  readonly audience: string;
  readonly inResponseTo: string;
  readonly nameId: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly sessionIndex: string;
  readonly now: Date;
  /** How long the assertion holds. */
  readonly seconds: number;
}

/** Keys a response is signed and its assertion encrypted with (PEM). */
export interface ResponseKeys {
  readonly signingKey: string;
  readonly signingCertificate: string;
  /** Certificate of the service; left out, the assertion stays readable. */
  readonly encryptTo?: string;
}

const escape = (text: string): string =>
  text.replace(/[<>&"]/g, (character) => `&#${character.charCodeAt(0)};`);

/** @returns a fresh id of a SAML element. */
export function samlId(): string {
  return `_${randomBytes(20).toString('hex')}`;
}

/** @returns the assertion alone, not yet signed. */
export function assertionXml(spec: ResponseSpec, id = samlId()): string {
  const instant = spec.now.toISOString();
  const until = new Date(spec.now.getTime() + spec.seconds * 1000).toISOString();
  const before = new Date(spec.now.getTime() - 5000).toISOString();
  const attributes = Object.entries(spec.attributes)
    .map(
      ([name, value]) =>
        `<saml:Attribute Name="${escape(name)}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri"><saml:AttributeValue>${escape(value)}</saml:AttributeValue></saml:Attribute>`,
    )
    .join('');
  return (
    `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${id}" Version="2.0" IssueInstant="${instant}">` +
    `<saml:Issuer>${escape(spec.issuer)}</saml:Issuer>` +
    `<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">${escape(spec.nameId)}</saml:NameID>` +
    `<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData Recipient="${escape(spec.destination)}" InResponseTo="${escape(spec.inResponseTo)}" NotOnOrAfter="${until}"/></saml:SubjectConfirmation></saml:Subject>` +
    `<saml:Conditions NotBefore="${before}" NotOnOrAfter="${until}"><saml:AudienceRestriction><saml:Audience>${escape(spec.audience)}</saml:Audience></saml:AudienceRestriction></saml:Conditions>` +
    `<saml:AuthnStatement AuthnInstant="${instant}" SessionIndex="${escape(spec.sessionIndex)}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>` +
    `<saml:AttributeStatement>${attributes}</saml:AttributeStatement></saml:Assertion>`
  );
}

/** @returns the document with the element of this local name signed, its signature after the issuer. */
export function signElement(
  xml: string,
  element: 'Assertion' | 'Response',
  keys: Pick<ResponseKeys, 'signingKey' | 'signingCertificate'>,
  algorithms = {
    signature: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    digest: 'http://www.w3.org/2001/04/xmlenc#sha256',
  },
): string {
  const signer = new SignedXml({
    privateKey: keys.signingKey,
    publicCert: keys.signingCertificate,
    signatureAlgorithm: algorithms.signature,
    canonicalizationAlgorithm: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  });
  const xpath = `//*[local-name(.)='${element}']`;
  signer.addReference({
    xpath,
    digestAlgorithm: algorithms.digest,
    transforms: [
      'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
      'http://www.w3.org/2001/10/xml-exc-c14n#',
    ],
  });
  const location = { reference: `${xpath}/*[local-name(.)='Issuer']`, action: 'after' as const };
  signer.computeSignature(xml, { location });
  return signer.getSignedXml();
}

/** @returns a response around what stands inside it. */
export function responseXml(spec: ResponseSpec, inside: string, id = samlId()): string {
  return (
    `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="${id}" Version="2.0" IssueInstant="${spec.now.toISOString()}" Destination="${escape(spec.destination)}" InResponseTo="${escape(spec.inResponseTo)}">` +
    `<saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${escape(spec.issuer)}</saml:Issuer>` +
    `<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>${inside}</samlp:Response>`
  );
}

/** @returns an encrypted assertion. */
export async function encryptAssertion(assertion: string, certificate: string): Promise<string> {
  const encrypted = await new Promise<string>((resolve, reject) =>
    encrypt(
      assertion,
      {
        rsa_pub: certificate,
        pem: certificate,
        encryptionAlgorithm: 'http://www.w3.org/2009/xmlenc11#aes256-gcm',
        keyEncryptionAlgorithm: 'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p',
      },
      (error, result) => (error ? reject(error) : resolve(String(result))),
    ),
  );
  return `<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${encrypted}</saml:EncryptedAssertion>`;
}

/** @returns a whole response in base64: assertion signed, and encrypted when the service has a certificate. */
export async function buildResponse(spec: ResponseSpec, keys: ResponseKeys): Promise<string> {
  const signed = signElement(assertionXml(spec), 'Assertion', keys);
  const inside = keys.encryptTo === undefined ? signed : await encryptAssertion(signed, keys.encryptTo);
  return Buffer.from(responseXml(spec, inside)).toString('base64');
}

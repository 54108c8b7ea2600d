import { SignedXml } from 'xml-crypto';
import { escapeHtml } from '../http/message-page.js';
import { ASSERTION, PROTOCOL } from './documents.js';

/** What became of a logout: all that was named has ended, nobody by that name is known, or not all of it could be ended. */
export type LogoutOutcome = 'ENDED' | 'UNKNOWN' | 'NOT_ALL';

const STATUS = 'urn:oasis:names:tc:SAML:2.0:status';
const STATUSES: Readonly<Record<LogoutOutcome, readonly [string, string?]>> = {
  ENDED: ['Success'],
  UNKNOWN: ['Requester', 'UnknownPrincipal'],
  NOT_ALL: ['Responder', 'PartialLogout'],
};

export interface LogoutAnswer {
  readonly id: string;
  readonly issuer: string;
  readonly destination: string;
  /** Id of the request it answers. */
  readonly inResponseTo: string;
  readonly outcome: LogoutOutcome;
  readonly now: Date;
}

/** @returns the answer to a logout request, not yet signed. */
export function logoutResponse(answer: LogoutAnswer): string {
  const { id, issuer, destination, inResponseTo, outcome, now } = answer;
  const [code, detail] = STATUSES[outcome];
  const inner = detail === undefined ? '' : `<samlp:StatusCode Value="${STATUS}:${detail}"/>`;
  return (
    `<samlp:LogoutResponse xmlns:samlp="${PROTOCOL}" xmlns:saml="${ASSERTION}" ID="${id}" Version="2.0"` +
    ` IssueInstant="${now.toISOString()}" Destination="${escapeHtml(destination)}" InResponseTo="${escapeHtml(inResponseTo)}">` +
    `<saml:Issuer>${escapeHtml(issuer)}</saml:Issuer>` +
    `<samlp:Status><samlp:StatusCode Value="${STATUS}:${code}">${inner}</samlp:StatusCode></samlp:Status></samlp:LogoutResponse>`
  );
}

/** @returns a message with its root signed, as the HTTP POST binding wants it. @param key PEM private key (RSA) */
export function signedMessage(
  xml: string,
  keys: { readonly key: string; readonly certificate: string },
): string {
  const signer = new SignedXml({
    privateKey: keys.key,
    publicCert: keys.certificate,
    signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    canonicalizationAlgorithm: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  });
  signer.addReference({
    xpath: '/*',
    digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
    transforms: [
      'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
      'http://www.w3.org/2001/10/xml-exc-c14n#',
    ],
  });
  signer.computeSignature(xml, { location: { reference: "/*/*[local-name(.)='Issuer']", action: 'after' } });
  return signer.getSignedXml();
}

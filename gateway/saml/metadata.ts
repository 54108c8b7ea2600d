import { X509Certificate } from 'node:crypto';
import { escapeHtml } from '../http/message-page.js';
import { CONTENT_CIPHERS, KEY_TRANSPORTS } from './algorithms.js';
import { PROTOCOL } from './documents.js';

/** Where identity providers reach the service, and how. The routes are installed from this, and the metadata is written from it. */
export const SERVED = {
  metadata: { path: '/saml/metadata' },
  assertion: { path: '/saml/acs', methods: ['POST'] },
  logout: { path: '/saml/logout', methods: ['GET', 'POST'] },
} as const;

type Method = 'GET' | 'POST';

const BINDINGS: Readonly<Record<Method, string>> = {
  GET: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect',
  POST: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
};

/**
 * @param publicUrl where users reach Overblik
 * @param certificate PEM certificate of the service
 * @returns what identity providers need to know of the service: its addresses, its key, and what may be encrypted how
 */
export function serviceMetadata(publicUrl: string, certificate: string): string {
  const at = ({ path, methods }: { readonly path: string; readonly methods: readonly Method[] }) =>
    methods.map((method) => `Binding="${BINDINGS[method]}" Location="${escapeHtml(publicUrl + path)}"`);
  const key = new X509Certificate(certificate).raw.toString('base64');
  const keyInfo = `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${key}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`;
  const lines = [
    `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:xenc11="http://www.w3.org/2009/xmlenc11#" entityID="${escapeHtml(publicUrl + SERVED.metadata.path)}">`,
    `<SPSSODescriptor AuthnRequestsSigned="true" WantAssertionsSigned="true" protocolSupportEnumeration="${PROTOCOL}">`,
    `<KeyDescriptor use="signing">${keyInfo}</KeyDescriptor>`,
    `<KeyDescriptor use="encryption">${keyInfo}`,
    ...encryptionMethods(),
    '</KeyDescriptor>',
    ...at(SERVED.logout).map((place) => `<SingleLogoutService ${place}/>`),
    ...at(SERVED.assertion).map(
      (place, i) => `<AssertionConsumerService index="${i}" isDefault="true" ${place}/>`,
    ),
    '</SPSSODescriptor></EntityDescriptor>',
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n${lines.join('\n')}\n`;
}

function encryptionMethods(): string[] {
  const keys = KEY_TRANSPORTS.map(({ algorithm, digest, mask }) => {
    const parts = [
      `<ds:DigestMethod Algorithm="${digest}"/>`,
      ...(mask === null ? [] : [`<xenc11:MGF Algorithm="${mask}"/>`]),
    ];
    return `<EncryptionMethod Algorithm="${algorithm}">${parts.join('')}</EncryptionMethod>`;
  });
  return [...CONTENT_CIPHERS.map((algorithm) => `<EncryptionMethod Algorithm="${algorithm}"/>`), ...keys];
}

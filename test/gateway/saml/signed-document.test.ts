import { beforeAll, describe, expect, test } from '@jest/globals';
import { SignedXml } from 'xml-crypto';
import { signedMessage } from '../../../gateway/saml/logout-response.js';
import { SamlRefusal } from '../../../gateway/saml/refusal.js';
import { signedText } from '../../../gateway/saml/signed-document.js';
import { developmentSamlKeys, type SamlKeys } from '../../../seed/development/saml-keys.js';
import { temporaryDirectory } from '../../kit/store.js';

let keys: SamlKeys;
beforeAll(async () => {
  const directory = temporaryDirectory();
  keys = await developmentSamlKeys(directory.path);
  directory.remove();
});

const ISSUER = '<a:Issuer xmlns:a="urn:a">i</a:Issuer>';
const message = (id = ' ID="_1"') =>
  `<p:Message xmlns:p="urn:p"${id}>${ISSUER}<p:Text>one\ntwo</p:Text></p:Message>`;
const signed = (xml = message()) => signedMessage(xml, keys.provider);
const signatureIn = (xml: string) => /<Signature[^]*<\/Signature>/.exec(xml)![0];
const read = (xml: string, certificates = [keys.provider.certificate]) => {
  try {
    return signedText(xml, certificates);
  } catch (error) {
    if (error instanceof SamlRefusal) return `${error.code} ${error.detail}`;
    throw error;
  }
};
const REFUSED = 'SAML_INVALID SIGNATURE';

test('what is signed is read, without its signature', () => {
  expect(read(signed())).toBe(message());
});

test('line ends on the way change nothing', () => {
  for (const end of ['\r\n', '\r']) expect(read(signed().replaceAll('\n', end))).toBe(message());
});

test('any of the certificates may have signed it', () => {
  const { certificate } = keys.service;
  expect(read(signed(), [certificate, keys.provider.certificate])).toBe(message());
  expect([read(signed(), [certificate]), read(signed(), [])]).toEqual([REFUSED, REFUSED]);
});

/** @returns a message whose signature covers what `paths` find. */
function signing(...paths: readonly string[]): string {
  return signingAt({ reference: "/*/*[local-name(.)='Issuer']", action: 'after' }, paths);
}
function signingAt(
  location: { reference: string; action: 'after' | 'append' },
  paths: readonly string[],
  xml = message().replace('<p:Text>', '<p:Text ID="_2">'),
): string {
  const signer = new SignedXml({
    privateKey: keys.provider.key,
    signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    canonicalizationAlgorithm: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  });
  for (const xpath of paths)
    signer.addReference({
      xpath,
      digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
      transforms: [
        'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
        'http://www.w3.org/2001/10/xml-exc-c14n#',
      ],
    });
  signer.computeSignature(xml, { location });
  return signer.getSignedXml();
}

describe('a signature counts for nothing', () => {
  test.each<[string, () => string]>([
    ['when there is none', () => message()],
    ['when there are two', () => signed().replace(signatureIn(signed()), (found) => found + found)],
    [
      'when it stands elsewhere than in the root',
      () => signed().replace(signatureIn(signed()), (found) => `<p:In>${found}</p:In>`),
    ],
    [
      'when it was put into a part, and covers the whole',
      () => signingAt({ reference: "//*[local-name(.)='Text']", action: 'append' }, ['/*']),
    ],
    [
      'when it covers another of them',
      () => signed(message().replace('<p:Text>', '<p:Text><d:Signature xmlns:d="urn:d"/>')),
    ],
    ['when the root has no id', () => signed(message(''))],
    ['when something was changed', () => signed().replace('two', 'three')],
    ['when it covers a part alone', () => signing("//*[local-name(.)='Text']")],
    ['when it covers a part beside the whole', () => signing('/*', "//*[local-name(.)='Text']")],
    ['when it covers a part before the whole', () => signing("//*[local-name(.)='Text']", '/*')],
    [
      'when it is that of a message within another',
      () => {
        const signature = signatureIn(signed());
        return `<p:Message xmlns:p="urn:p" ID="_evil">${ISSUER}${signature}<p:In>${message()}</p:In></p:Message>`;
      },
    ],
    [
      'of a name that is another’s',
      () => signed().replaceAll('http://www.w3.org/2000/09/xmldsig#"', 'urn:x"'),
    ],
  ])('%s', (_says, xml) => expect(read(xml())).toBe(REFUSED));
});

test('the whole alone is what a signature may cover', () => {
  expect(read(signing('/*'))).toContain('two');
});

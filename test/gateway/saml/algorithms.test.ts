import { describe, expect, test } from '@jest/globals';
import { allowsEveryAlgorithm } from '../../../gateway/saml/algorithms.js';
import { readXml } from '../../../subgraphs/shared/identity/xml-document.js';

const LIMITS = { depth: 32, elements: 100, attributes: 32, namespaces: 32, value: 4096 };
const allows = (xml: string) => allowsEveryAlgorithm(readXml(xml, LIMITS));

const XMLENC = 'http://www.w3.org/2001/04/xmlenc#';
const XMLENC11 = 'http://www.w3.org/2009/xmlenc11#';
const SHA1 = 'http://www.w3.org/2000/09/xmldsig#sha1';
const MORE = 'http://www.w3.org/2001/04/xmldsig-more#';

describe('what a signature names', () => {
  test.each([
    `${MORE}rsa-sha256`,
    `${MORE}rsa-sha512`,
    `${XMLENC}sha256`,
    `${XMLENC}sha512`,
    'http://www.w3.org/2001/10/xml-exc-c14n#',
    'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
  ])('is allowed: %s', (algorithm) => {
    expect(allows(`<a><Method Algorithm="${algorithm}"><b/></Method></a>`)).toBe(true);
  });
  test.each([
    SHA1,
    'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
    `${MORE}hmac-sha256`,
    'http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
    `${XMLENC11}aes256-gcm`,
    '',
  ])('is refused: %s', (algorithm) => {
    const method = `<Method Algorithm="${algorithm}"/>`;
    expect([allows(method), allows(`<a><b>${method}</b><c/></a>`)]).toEqual([false, false]);
  });
  test('is refused when it is written with references, whatever it says', () => {
    expect(allows(`<a Algorithm="${XMLENC}sha25&#54;"/>`)).toBe(false);
    expect(allows(`<a Algorithm="${XMLENC}sha256" x="&amp;"/>`)).toBe(false);
    expect(allows(`<a x="&amp;"><b Algorithm="${XMLENC}sha256"/></a>`)).toBe(true);
  });
  test('counts in any namespace, and other attributes do not', () => {
    expect(allows(`<a xmlns:x="urn:x" x:Algorithm="${SHA1}"/>`)).toBe(false);
    expect(allows(`<a Other="${SHA1}"/>`)).toBe(true);
    expect(allows(`<a xmlns:x="urn:x" x:Algorithm="${SHA1}" Algorithm="${XMLENC}sha256"/>`)).toBe(false);
  });
  test('is looked at behind what is allowed', () => {
    const allowed = `<b Algorithm="${XMLENC}sha256"/>`;
    expect(allows(`<a>${allowed}<c Algorithm="${SHA1}"/></a>`)).toBe(false);
    expect(allows(`<a Algorithm="${XMLENC}sha256"><c Algorithm="${SHA1}"/></a>`)).toBe(false);
  });
});

describe('the cipher of what is encrypted', () => {
  const content = (method: string) => allows(`<EncryptedData>${method}</EncryptedData>`);
  test.each([`${XMLENC11}aes256-gcm`, `${XMLENC11}aes128-gcm`])('is allowed: %s', (algorithm) => {
    expect(content(`<EncryptionMethod Algorithm="${algorithm}"/>`)).toBe(true);
    expect(content(`<EncryptionMethod xmlns:x="urn:x" Algorithm="${algorithm}"/>`)).toBe(true);
  });
  const aes = `Algorithm="${XMLENC11}aes256-gcm"`;
  test.each([
    ['one without integrity', `<EncryptionMethod Algorithm="${XMLENC}aes256-cbc"/>`],
    ['none', '<EncryptionMethod/>'],
    ['no name', '<EncryptionMethod Algorithm=""/>'],
    ['one of a signature', `<EncryptionMethod Algorithm="${XMLENC}sha256"/>`],
    ['one with something inside', `<EncryptionMethod ${aes}><KeySize/></EncryptionMethod>`],
    ['one with another attribute behind', `<EncryptionMethod ${aes} x="y"/>`],
    ['one with another attribute before', `<EncryptionMethod x="y" ${aes}/>`],
    ['another attribute alone', `<EncryptionMethod x="${XMLENC11}aes256-gcm"/>`],
    ['one with references', `<EncryptionMethod Algorithm="${XMLENC11}aes256-gc&#109;"/>`],
  ])('is refused: %s', (_says, method) => expect(content(method)).toBe(false));
});

describe('how the key of it comes', () => {
  const key = (algorithm: string, inside = '') =>
    allows(
      `<EncryptedKey><EncryptionMethod Algorithm="${algorithm}">${inside}</EncryptionMethod></EncryptedKey>`,
    );
  const [OAEP, MGF1P] = [`${XMLENC11}rsa-oaep`, `${XMLENC}rsa-oaep-mgf1p`];
  const digest = (algorithm: string, inside = '') =>
    `<DigestMethod Algorithm="${algorithm}">${inside}</DigestMethod>`;
  const mask = (algorithm: string, inside = '') => `<MGF Algorithm="${algorithm}">${inside}</MGF>`;
  const [SHA256, MASK] = [`${XMLENC}sha256`, `${XMLENC11}mgf1sha256`];
  test.each([
    ['with a digest and a mask', OAEP, digest(SHA256) + mask(MASK)],
    ['with a mask before the digest', OAEP, mask(MASK) + digest(SHA256)],
    ['with SHA-1 by name', OAEP, digest(SHA1) + mask(MASK)],
    ['with SHA-1 by leaving it out', OAEP, mask(MASK)],
    ['with the mask its name has', MGF1P, digest(SHA256)],
    ['with nothing named', MGF1P, ''],
  ])('is allowed: %s', (_says, algorithm, inside) => expect(key(algorithm, inside)).toBe(true));
  test.each([
    ['by another way', `${XMLENC}rsa-1_5`, ''],
    ['by a cipher', `${XMLENC11}aes256-gcm`, ''],
    ['without the mask that its name leaves open', OAEP, digest(SHA256)],
    ['with a mask beside its own', MGF1P, mask(MASK)],
    ['with another digest', MGF1P, digest(`${XMLENC}sha512`)],
    ['with another mask', OAEP, digest(SHA256) + mask(`${XMLENC11}mgf1sha1`)],
    ['with two digests', MGF1P, digest(SHA256) + digest(SHA256)],
    ['with two masks', OAEP, digest(SHA256) + mask(MASK) + mask(MASK)],
    ['with something nobody knows', MGF1P, `${digest(SHA256)}<Other/>`],
    ['with something nobody knows alone', MGF1P, '<OAEPparams/>'],
    ['with something inside its digest', MGF1P, digest(SHA256, '<x/>')],
    ['with something inside its mask', OAEP, digest(SHA256) + mask(MASK, '<x/>')],
    ['with references in its digest', MGF1P, digest(`${XMLENC}sha25&#54;`)],
    ['with references in its mask alone', OAEP, digest(SHA256) + mask(`${XMLENC11}mgf1sha25&#54;`)],
    ['with another attribute of its digest', MGF1P, `<DigestMethod Algorithm="${SHA256}" x="y"/>`],
  ])('is refused: %s', (_says, algorithm, inside) => expect(key(algorithm, inside)).toBe(false));
  test('is no cipher, and a cipher is no such way', () => {
    const method = `<EncryptionMethod Algorithm="${MGF1P}"/>`;
    expect(allows(`<EncryptedData>${method}</EncryptedData>`)).toBe(false);
    expect(allows(method)).toBe(false);
  });
});

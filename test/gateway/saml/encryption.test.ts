import { beforeAll, expect, test } from '@jest/globals';
import { encrypt } from 'xml-encryption';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { developmentSamlKeys, type SamlKeys } from '../../../seed/development/saml-keys.js';
import { CONTENT_CIPHERS, KEY_TRANSPORTS } from '../../../gateway/saml/algorithms.js';
import { readDocument } from '../../../gateway/saml/documents.js';
import { openEncrypted } from '../../../gateway/saml/encryption.js';
import { serviceMetadata } from '../../../gateway/saml/metadata.js';
import { SamlRefusal } from '../../../gateway/saml/refusal.js';
import { temporaryDirectory } from '../../kit/store.js';

const OAEP = 'http://www.w3.org/2009/xmlenc11#rsa-oaep';
const MGF1P = 'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p';
const MASK = 'http://www.w3.org/2009/xmlenc11#mgf1';

let keys: SamlKeys;
beforeAll(async () => {
  const directory = temporaryDirectory();
  keys = await developmentSamlKeys(directory.path);
  directory.remove();
});

interface Choice {
  readonly content: string;
  readonly key: string;
  readonly digest?: string;
  readonly mask?: string;
}

/** @returns the text that was encrypted, or why it is refused. */
async function opened({ content, key, digest, mask }: Choice): Promise<string> {
  const xml = await new Promise<string>((resolve, reject) =>
    encrypt(
      '<a>text</a>',
      {
        rsa_pub: keys.service.certificate,
        pem: keys.service.certificate,
        encryptionAlgorithm: content,
        keyEncryptionAlgorithm: key,
        ...(digest && { keyEncryptionDigest: digest }),
        ...(mask && { keyEncryptionMgf: mask }),
        disallowEncryptionWithInsecureAlgorithm: false,
        warnInsecureAlgorithm: false,
      },
      (error, result) => (error ? reject(error) : resolve(String(result))),
    ),
  );
  try {
    readDocument(xml);
    return await openEncrypted(xml, keys.service.key);
  } catch (error) {
    if (error instanceof SamlRefusal) return error.code;
    throw error;
  }
}

const [AES] = CONTENT_CIPHERS;
test.each<Choice>([
  ...CONTENT_CIPHERS.flatMap((content) => [
    { content, key: MGF1P },
    { content, key: MGF1P, digest: 'sha1' },
    { content, key: MGF1P, digest: 'sha256' },
    { content, key: OAEP, digest: 'sha1', mask: `${MASK}sha256` },
    { content, key: OAEP, digest: 'sha256', mask: `${MASK}sha256` },
  ]),
])('is opened: $content, $key, $digest $mask', async (choice) => {
  expect(await opened(choice)).toBe('<a>text</a>');
});

test.each<Choice>([
  { content: 'http://www.w3.org/2001/04/xmlenc#aes128-cbc', key: MGF1P },
  { content: 'http://www.w3.org/2001/04/xmlenc#aes256-cbc', key: MGF1P },
  { content: 'http://www.w3.org/2001/04/xmlenc#tripledes-cbc', key: MGF1P },
  { content: AES!, key: 'http://www.w3.org/2001/04/xmlenc#rsa-1_5' },
  { content: AES!, key: MGF1P, digest: 'sha512' },
  { content: AES!, key: OAEP, digest: 'sha256', mask: `${MASK}sha1` },
  { content: AES!, key: OAEP, digest: 'sha512', mask: `${MASK}sha512` },
])('is refused: $content, $key, $digest $mask', async (choice) => {
  expect(await opened(choice)).toBe('SAML_ALGORITHM');
});

test('what is not for us, or is nothing, is refused without the words of a library', async () => {
  const refusal = { code: 'SAML_INVALID', detail: 'NOT_DECRYPTED' };
  await expect(openEncrypted('<a/>', keys.service.key)).rejects.toMatchObject(refusal);
  await expect(openEncrypted('', keys.service.key)).rejects.toMatchObject(refusal);
});

test('the metadata names these ways and no other', () => {
  const xml = serviceMetadata('https://overblik.example', keys.service.certificate);
  const named = [...xml.matchAll(/<EncryptionMethod Algorithm="([^"]*)"/g)].map(([, algorithm]) => algorithm);
  expect(named).toEqual([...CONTENT_CIPHERS, ...KEY_TRANSPORTS.map(({ algorithm }) => algorithm)]);
  expect(xml).not.toContain('cbc');
});

test('one version of one library opens what is encrypted', () => {
  const lock = JSON.parse(
    readFileSync(join(import.meta.dirname, '..', '..', '..', 'package-lock.json'), 'utf8'),
  ) as { packages: Record<string, unknown> };
  const found = Object.keys(lock.packages).filter((place) =>
    /(^|\/)node_modules\/xml-encryption$/.test(place),
  );
  expect(found).toEqual(['node_modules/xml-encryption']);
});

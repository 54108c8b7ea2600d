import { decrypt } from 'xml-encryption';
import { SamlRefusal } from './refusal.js';

/**
 * Opens what is encrypted to the service. Which ciphers it may name is decided before (algorithms.ts).
 * @param encrypted an element with one `EncryptedData` inside
 * @param key PEM private key of the service
 * @returns what was encrypted; throws SamlRefusal for what is not for us, and for what was changed on its way
 */
export async function openEncrypted(encrypted: string, key: string): Promise<string> {
  const options = { key, disallowDecryptionWithInsecureAlgorithm: true, warnInsecureAlgorithm: false };
  return new Promise((resolve, reject) => {
    decrypt(encrypted, options, (error, opened) => {
      // The library's words may hold the document's.
      if (error || typeof opened !== 'string') reject(new SamlRefusal('SAML_INVALID', null, 'NOT_DECRYPTED'));
      else resolve(opened);
    });
  });
}

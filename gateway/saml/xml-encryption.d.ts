/** The package comes without types; this is what we use of it. */
declare module 'xml-encryption' {
  type Done = (error: Error | null, result?: unknown) => void;
  export function encrypt(
    content: string,
    options: {
      readonly rsa_pub: string;
      readonly pem: string;
      readonly encryptionAlgorithm: string;
      readonly keyEncryptionAlgorithm: string;
    },
    done: Done,
  ): void;
  export function decrypt(
    xml: string,
    options: { readonly key: string; readonly disallowDecryptionWithInsecureAlgorithm: boolean },
    done: Done,
  ): void;
}

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
      /** Short name of OAEP's digest: `sha1` (when left out), `sha256`. */
      readonly keyEncryptionDigest?: string;
      /** Name of OAEP's mask function, where the algorithm leaves it open. */
      readonly keyEncryptionMgf?: string;
      readonly disallowEncryptionWithInsecureAlgorithm?: boolean;
      readonly warnInsecureAlgorithm?: boolean;
    },
    done: Done,
  ): void;
  export function decrypt(
    xml: string,
    options: {
      readonly key: string;
      readonly disallowDecryptionWithInsecureAlgorithm: boolean;
      readonly warnInsecureAlgorithm: boolean;
    },
    done: Done,
  ): void;
}

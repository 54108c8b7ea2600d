import { decodeBase64, readDocument, textOf } from './documents.js';
import { currentCertificates, currentKeys, type IdentityProvider } from './provider.js';
import { readSignedQuery } from './redirect-binding.js';
import { SamlRefusal } from './refusal.js';
import { signedText } from './signed-document.js';

/** Longest logout message that is read from a form, in base64. */
export const MAX_MESSAGE = 64 << 10;
const MAX_RELAY_STATE = 1000;

/** A logout request as it was signed, by one of the providers. */
export interface Asked {
  readonly provider: IdentityProvider;
  readonly text: string;
  readonly relayState: string;
  /** How it came, which is how its answer goes. */
  readonly binding: 'redirect' | 'post';
}

/**
 * @param query of the address, as it was sent
 * @returns the request in it, unpacked only once a provider's signature is found good; throws SamlRefusal
 */
export function askedByRedirect(query: string, providers: readonly IdentityProvider[], now: Date): Asked {
  const signed = readSignedQuery(query, 'SAMLRequest');
  if (!signed || signed.relayState.length > MAX_RELAY_STATE)
    throw new SamlRefusal('SAML_INVALID', null, 'LOGOUT');
  // Each certificate is tried once, whatever number of providers share it.
  const verdicts = new Map<string, boolean>();
  const isSigner = ({ pem, key }: ReturnType<typeof currentKeys>[number]): boolean => {
    const verdict = verdicts.get(pem) ?? signed.isSignedBy(key);
    verdicts.set(pem, verdict);
    return verdict;
  };
  const signers = providers.filter((provider) => currentKeys(provider, now).some(isSigner));
  if (signers.length === 0) throw new SamlRefusal('SAML_INVALID', null, 'SIGNATURE');
  const text = signed.unpack();
  return { provider: issuerOf(text, signers), text, relayState: signed.relayState, binding: 'redirect' };
}

/** @returns the request in a form, as far as its issuer's signature covers it; throws SamlRefusal */
export function askedByPost(
  form: Readonly<Record<string, unknown>>,
  providers: readonly IdentityProvider[],
  now: Date,
): Asked {
  const { SAMLRequest: message, RelayState: relayState = '' } = form;
  if (typeof message !== 'string' || typeof relayState !== 'string' || relayState.length > MAX_RELAY_STATE)
    throw new SamlRefusal('SAML_INVALID', null, 'LOGOUT');
  if (message.length > MAX_MESSAGE) throw new SamlRefusal('SAML_TOO_LARGE');
  const xml = decodeBase64(message);
  const provider = issuerOf(xml, providers);
  const text = signedText(xml, currentCertificates(provider, now));
  return { provider, text, relayState, binding: 'post' };
}

function issuerOf(xml: string, providers: readonly IdentityProvider[]): IdentityProvider {
  const issuer = textOf(readDocument(xml), 'Issuer');
  const provider = providers.find(({ entityId }) => entityId === issuer);
  if (!provider) throw new SamlRefusal('SAML_ISSUER');
  return provider;
}

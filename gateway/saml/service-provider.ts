import {
  SAML,
  SamlStatusError,
  ValidateInResponseTo,
  type CacheProvider,
  type Profile,
} from '@node-saml/node-saml';
import { randomBytes } from 'node:crypto';
import type { SignInRequest } from '../../subgraphs/shared/ports/sessions.js';
import { readFacts, type SamlFacts } from './attributes.js';
import { decodeResponse, readAssertionHead, readEnvelope, refuseUnsafeInside } from './envelope.js';
import { currentCertificates, type IdentityProvider } from './provider.js';
import { SamlRefusal } from './refusal.js';

/** The service provider's own key and certificate (PEM): signs requests, opens encrypted assertions. */
export interface ServiceKeys {
  readonly key: string;
  readonly certificate: string;
}

export interface ServiceProviderParts {
  /** Where users reach Overblik: scheme, host and port. */
  readonly publicUrl: () => string;
  readonly keys: ServiceKeys;
  readonly providers: readonly IdentityProvider[];
  /** @returns false when an assertion's id was used before. */
  readonly once: (id: string, until: Date) => Promise<boolean>;
}

/** A sign-in that passed every check. */
export interface AcceptedSignIn {
  readonly facts: SamlFacts;
  readonly profile: Profile;
  readonly provider: IdentityProvider;
}

const CLOCK_SKEW_MS = 30_000;
const REQUEST_MS = 10 * 60_000;
const SUBSTANTIAL = 'https://data.gov.dk/concept/core/nsis/loa/Substantial';

/**
 * The SAML service provider (OIOSAML 2 and 3): node-saml validates signatures, times and audience; what it leaves open
 * (stack.md §2) is closed here.
 */
export class ServiceProvider {
  constructor(readonly parts: ServiceProviderParts) {}

  get entityId(): string {
    return `${this.parts.publicUrl()}/saml/metadata`;
  }

  get acsUrl(): string {
    return `${this.parts.publicUrl()}/saml/acs`;
  }

  get sloUrl(): string {
    return `${this.parts.publicUrl()}/saml/logout`;
  }

  /** @returns metadata for the identity providers. */
  metadata(): string {
    const { certificate } = this.parts.keys;
    const any = this.parts.providers[0];
    if (!any) throw new SamlRefusal('PROVIDER_UNKNOWN');
    return this.samlFor(any).generateServiceProviderMetadata(certificate, certificate);
  }

  provider(entityId: string): IdentityProvider | undefined {
    return this.parts.providers.find((one) => one.entityId === entityId);
  }

  /** @returns a fresh id for a request, and the address that takes the browser to the provider with it. */
  async signInUrl(provider: IdentityProvider): Promise<{ readonly id: string; readonly url: string }> {
    const id = `_${randomBytes(20).toString('hex')}`;
    const saml = this.samlFor(provider, { id });
    // What to do afterwards is kept here under the request's id; nothing a browser brings back decides it.
    return { id, url: await saml.getAuthorizeUrlAsync('', undefined, {}) };
  }

  /** @returns the id of the request a posted response answers; throws SamlRefusal for what cannot be one. */
  answeredRequest(response: string): string {
    return readEnvelope(decodeResponse(response)).inResponseTo;
  }

  /** Validates a posted response to a request that this browser began. @throws SamlRefusal with the true reason */
  async accept(response: string, request: SignInRequest): Promise<AcceptedSignIn> {
    const { cvr } = request;
    const provider = this.provider(request.provider);
    if (!provider) throw new SamlRefusal('PROVIDER_UNKNOWN', cvr);
    if (currentCertificates(provider, new Date()).length === 0)
      throw new SamlRefusal('PROVIDER_CERTIFICATE_EXPIRED', cvr);
    const xml = decodeResponse(response);
    const envelope = readEnvelope(xml);
    if (envelope.destination !== this.acsUrl) throw new SamlRefusal('SAML_DESTINATION', cvr);
    if (envelope.issuer !== provider.entityId) throw new SamlRefusal('SAML_ISSUER', cvr);
    await refuseUnsafeInside(xml, this.parts.keys.key);
    const profile = await this.#validated(response, provider, request);
    const head = readAssertionHead(profile.getAssertionXml!());
    if (head.issuer !== provider.entityId) throw new SamlRefusal('SAML_ISSUER', cvr);
    if (head.recipient !== this.acsUrl || head.inResponseTo !== request.id)
      throw new SamlRefusal('SAML_RECIPIENT', cvr);
    const remembered = new Date(head.notOnOrAfter.getTime() + CLOCK_SKEW_MS);
    if (!(await this.parts.once(`saml|${provider.entityId}|${head.id}`, remembered)))
      throw new SamlRefusal('SAML_REPLAYED', cvr);
    return { facts: readFacts(profile, provider, cvr), profile, provider };
  }

  async #validated(response: string, provider: IdentityProvider, request: SignInRequest): Promise<Profile> {
    const { id, cvr } = request;
    try {
      const { profile } = await this.samlFor(provider, { id }).validatePostResponseAsync({
        SAMLResponse: response,
      });
      if (profile?.getAssertionXml) return profile;
    } catch (error) {
      // node-saml's texts may hold the response's own; only what kind of failure it was is kept.
      throw new SamlRefusal(error instanceof SamlStatusError ? 'SAML_STATUS' : 'SAML_INVALID', cvr);
    }
    throw new SamlRefusal('SAML_INVALID', cvr);
  }

  /** @param request the one request an answer may belong to */
  samlFor(provider: IdentityProvider, request?: { readonly id: string }): SAML {
    const { keys } = this.parts;
    // One that has run out verifies nothing any more, whoever still holds its key.
    const certificates = currentCertificates(provider, new Date());
    return new SAML({
      issuer: this.entityId,
      audience: this.entityId,
      callbackUrl: this.acsUrl,
      entryPoint: provider.ssoUrl,
      idpCert: certificates.length > 0 ? certificates : provider.certificates,
      idpIssuer: provider.entityId,
      logoutUrl: provider.sloUrl ?? provider.ssoUrl,
      logoutCallbackUrl: this.sloUrl,
      privateKey: keys.key,
      publicCert: keys.certificate,
      decryptionPvk: keys.key,
      signatureAlgorithm: 'sha256',
      digestAlgorithm: 'sha256',
      wantAssertionsSigned: true,
      // The response around the assertion need not be signed: only what the assertion's signature covers is believed.
      wantAuthnResponseSigned: false,
      identifierFormat: null,
      authnContext: [SUBSTANTIAL],
      racComparison: 'minimum',
      acceptedClockSkewMs: CLOCK_SKEW_MS,
      requestIdExpirationPeriodMs: REQUEST_MS,
      validateInResponseTo: ValidateInResponseTo.always,
      cacheProvider: oneRequest(request?.id),
      ...(request && { generateUniqueId: () => request.id }),
    });
  }
}

/** The requests node-saml may find: the one that was taken up from the store, with the browser that began it. */
function oneRequest(id: string | undefined): CacheProvider {
  const at = new Date().toISOString();
  return {
    saveAsync: (_key, value) => Promise.resolve({ value, createdAt: Date.now() }),
    getAsync: (key) => Promise.resolve(key === id ? at : null),
    removeAsync: (key) => Promise.resolve(key),
  };
}

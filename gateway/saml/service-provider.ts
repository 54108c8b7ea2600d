import { type CacheProvider, SAML, ValidateInResponseTo } from '@node-saml/node-saml';
import type { ProviderSession, SignInRequest } from '../../subgraphs/shared/ports/sessions.js';
import { type Assertion, readAssertion } from './assertion.js';
import { readFacts, type SamlFacts } from './attributes.js';
import { samlId } from './documents.js';
import { SERVED, serviceMetadata } from './metadata.js';
import { currentCertificates, type IdentityProvider } from './provider.js';
import { SamlRefusal } from './refusal.js';
import { inTheOpen, readResponse, type SamlResponse } from './response.js';

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
  /** How far a provider's clock may be from ours; 30 s when left out. */
  readonly clockSkewSeconds?: number;
}

/** A sign-in that passed every check. */
export interface AcceptedSignIn {
  readonly facts: SamlFacts;
  /** How the provider names the session, for single logout. */
  readonly from: ProviderSession;
}

const CLOCK_SKEW_SECONDS = 30;
const REQUEST_MS = 10 * 60_000;
const SUBSTANTIAL = 'https://data.gov.dk/concept/core/nsis/loa/Substantial';

/**
 * The SAML service provider (OIOSAML 2 and 3): node-saml validates signatures, times and audience; what it leaves open is
 * closed here.
 */
export class ServiceProvider {
  constructor(readonly parts: ServiceProviderParts) {}

  get clockSkewMs(): number {
    return (this.parts.clockSkewSeconds ?? CLOCK_SKEW_SECONDS) * 1000;
  }

  get entityId(): string {
    return this.parts.publicUrl() + SERVED.metadata.path;
  }

  get acsUrl(): string {
    return this.parts.publicUrl() + SERVED.assertion.path;
  }

  get sloUrl(): string {
    return this.parts.publicUrl() + SERVED.logout.path;
  }

  /** @returns metadata for the identity providers. */
  metadata(): string {
    return serviceMetadata(this.parts.publicUrl(), this.parts.keys.certificate);
  }

  provider(entityId: string): IdentityProvider | undefined {
    return this.parts.providers.find((provider) => provider.entityId === entityId);
  }

  /** @returns a fresh id for a request, and the address that takes the browser to the provider with it. */
  async signInUrl(provider: IdentityProvider): Promise<{ readonly id: string; readonly url: string }> {
    const id = samlId();
    const saml = this.samlFor(provider, { id });
    // What to do afterwards is kept here under the request's id; nothing a browser brings back decides it.
    return { id, url: await saml.getAuthorizeUrlAsync('', undefined, {}) };
  }

  /** @returns the id of the request a posted response answers; throws SamlRefusal for what cannot be one. */
  answeredRequest(response: string): string {
    return readResponse(response).inResponseTo;
  }

  /** Validates a posted response to a request that this browser began. @throws SamlRefusal with the true reason */
  async accept(response: string, request: SignInRequest): Promise<AcceptedSignIn> {
    try {
      return await this.#accept(readResponse(response), request);
    } catch (error) {
      if (!(error instanceof SamlRefusal)) throw error;
      throw new SamlRefusal(error.code, request.cvr, error.detail);
    }
  }

  async #accept(response: SamlResponse, request: SignInRequest): Promise<AcceptedSignIn> {
    const provider = this.provider(request.provider);
    if (!provider) throw new SamlRefusal('PROVIDER_UNKNOWN');
    if (currentCertificates(provider, new Date()).length === 0)
      throw new SamlRefusal('PROVIDER_CERTIFICATE_EXPIRED');
    if (response.destination !== this.acsUrl) throw new SamlRefusal('SAML_DESTINATION');
    if (response.issuer !== provider.entityId) throw new SamlRefusal('SAML_ISSUER');
    if (response.inResponseTo !== request.id) throw new SamlRefusal('SAML_INVALID');
    const open = await inTheOpen(response, this.parts.keys.key);
    const assertion = readAssertion(await this.#signedAssertion(open, provider, request));
    const { id, issuer, recipient, inResponseTo, notOnOrAfter } = assertion;
    if (issuer !== provider.entityId) throw new SamlRefusal('SAML_ISSUER');
    if (recipient !== this.acsUrl || inResponseTo !== request.id) throw new SamlRefusal('SAML_RECIPIENT');
    const remembered = new Date(notOnOrAfter.getTime() + this.clockSkewMs);
    if (!(await this.parts.once(`saml|${provider.entityId}|${id}`, remembered)))
      throw new SamlRefusal('SAML_REPLAYED');
    return { facts: readFacts(assertion, provider, request.cvr), from: sessionOf(assertion, provider) };
  }

  /** @returns the assertion's text, as far as its signature covers it. */
  async #signedAssertion(xml: string, provider: IdentityProvider, { id }: SignInRequest): Promise<string> {
    try {
      const SAMLResponse = Buffer.from(xml).toString('base64');
      const { profile } = await this.samlFor(provider, { id }).validatePostResponseAsync({ SAMLResponse });
      if (profile?.getAssertionXml) return profile.getAssertionXml();
    } catch {
      // node-saml's words may hold the response's own; that it is not valid is all that is kept.
    }
    throw new SamlRefusal('SAML_INVALID');
  }

  /** @param request the one request an answer may belong to */
  samlFor(provider: IdentityProvider, request?: { readonly id: string }): SAML {
    const { keys } = this.parts;
    return new SAML({
      issuer: this.entityId,
      audience: this.entityId,
      callbackUrl: this.acsUrl,
      entryPoint: provider.ssoUrl,
      // One that has run out verifies nothing any more, whoever still holds its key; without any, nothing verifies.
      idpCert: currentCertificates(provider, new Date()),
      idpIssuer: provider.entityId,
      logoutUrl: provider.sloUrl ?? provider.ssoUrl,
      logoutCallbackUrl: this.sloUrl,
      privateKey: keys.key,
      publicCert: keys.certificate,
      signatureAlgorithm: 'sha256',
      digestAlgorithm: 'sha256',
      wantAssertionsSigned: true,
      // The response around the assertion need not be signed: only what the assertion's signature covers is believed.
      wantAuthnResponseSigned: false,
      identifierFormat: null,
      authnContext: [SUBSTANTIAL],
      racComparison: 'minimum',
      acceptedClockSkewMs: this.clockSkewMs,
      requestIdExpirationPeriodMs: REQUEST_MS,
      validateInResponseTo: ValidateInResponseTo.always,
      cacheProvider: oneRequest(request?.id),
      ...(request && { generateUniqueId: () => request.id }),
    });
  }
}

function sessionOf(
  { nameId, nameIdFormat, sessionIndex }: Assertion,
  provider: IdentityProvider,
): ProviderSession {
  return { provider: provider.entityId, nameId, nameIdFormat, sessionIndex };
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

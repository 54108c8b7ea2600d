import { beforeAll, describe, expect, test } from '@jest/globals';
import { constants, createVerify } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { SamlRefusal } from '../../../gateway/saml/refusal.js';
import { ServiceProvider, type ServiceProviderParts } from '../../../gateway/saml/service-provider.js';
import { developmentSamlKeys, type SamlKeys } from '../../../seed/development/saml-keys.js';
import { attributesOf } from '../../../seed/development/saml-provider.js';
import { buildResponse, type ResponseSpec } from '../../../seed/development/saml-response.js';
import { IDENTITY, providerOf, SIGN_IN } from '../../kit/sign-in-server.js';
import { temporaryDirectory } from '../../kit/store.js';

const HERE = 'https://overblik.example';
const REQUEST = '_0123456789abcdef';

let keys: SamlKeys;
beforeAll(async () => {
  const directory = temporaryDirectory();
  keys = await developmentSamlKeys(directory.path);
  directory.remove();
});

const serviceWith = (change: Partial<ServiceProviderParts> = {}) =>
  new ServiceProvider({
    publicUrl: () => HERE,
    keys: keys.service,
    providers: [providerOf(keys)],
    once: () => Promise.resolve(true),
    ...change,
  });

/** @returns the request that an address carries, its RelayState, and whether the service's own key signed it. */
function read(url: string) {
  const [address, query] = url.split('?') as [string, string];
  const [signed, signature] = query.split('&Signature=') as [string, string];
  const given = new URLSearchParams(query);
  const verifier = createVerify('RSA-SHA256').update(signed);
  const isSigned = verifier.verify(
    { key: keys.service.certificate, padding: constants.RSA_PKCS1_PADDING },
    decodeURIComponent(signature),
    'base64',
  );
  const xml = inflateRawSync(Buffer.from(given.get('SAMLRequest')!, 'base64')).toString();
  return { address, xml, isSigned, relayState: given.get('RelayState') };
}

describe('a request to sign in', () => {
  test('names itself, who asks, where the answer goes, and the level that is asked for at least', async () => {
    const service = serviceWith();
    const { id, url } = await service.signInUrl(service.parts.providers[0]!);
    const { address, xml, isSigned, relayState } = read(url);
    expect(id).toMatch(/^_[0-9a-f]{40}$/);
    expect([address, isSigned, relayState]).toEqual([`${IDENTITY}/login`, true, null]);
    for (const part of [
      ` ID="${id}"`,
      `Destination="${IDENTITY}/login"`,
      `AssertionConsumerServiceURL="${HERE}/saml/acs"`,
      `>${HERE}/saml/metadata</saml:Issuer>`,
      'Comparison="minimum"',
      '>https://data.gov.dk/concept/core/nsis/loa/Substantial</saml:AuthnContextClassRef>',
    ])
      expect(xml).toContain(part);
    expect(xml).not.toContain('NameIDPolicy Format');
    expect((await service.signInUrl(service.parts.providers[0]!)).id).not.toBe(id);
  });
});

/** @returns what a good answer says, changed as shown. */
const specOf = (change: Partial<ResponseSpec> = {}): ResponseSpec => ({
  issuer: `${IDENTITY}/metadata`,
  destination: `${HERE}/saml/acs`,
  audience: `${HERE}/saml/metadata`,
  inResponseTo: REQUEST,
  nameId: SIGN_IN.subject,
  attributes: attributesOf(SIGN_IN),
  sessionIndex: 'index',
  now: new Date(),
  seconds: 120,
  ...change,
});

describe('a request to sign out', () => {
  const profile = { issuer: 'p', nameID: 'user', nameIDFormat: 'persistent' };
  test.each<[string, string | undefined, string]>([
    ['where the provider takes it', `${IDENTITY}/logout`, `${IDENTITY}/logout`],
    ['where it signs in, if it has named no other place', undefined, `${IDENTITY}/login`],
  ])('goes %s', async (_says, sloUrl, expected) => {
    const provider = providerOf(keys, { ...(sloUrl !== undefined && { sloUrl }) });
    const url = await serviceWith().samlFor(provider).getLogoutUrlAsync(profile, '', {});
    expect(read(url)).toMatchObject({ address: expected, isSigned: true });
  });
  test('goes to a provider whose certificates have run out as well, though nothing of it verifies any more', async () => {
    const { generate } = await import('selfsigned');
    const made = await generate([{ name: 'commonName', value: 'old' }], {
      notBeforeDate: new Date('2020-01-01'),
      notAfterDate: new Date('2021-01-01'),
    });
    const saml = serviceWith().samlFor(providerOf(keys, { certificates: [made.cert] }), { id: REQUEST });
    expect(read(await saml.getLogoutUrlAsync(profile, '', {})).isSigned).toBe(true);
    const signed = { signingKey: made.private, signingCertificate: made.cert };
    const SAMLResponse = await buildResponse(specOf(), signed);
    await expect(saml.validatePostResponseAsync({ SAMLResponse })).rejects.toThrow('Invalid signature');
  });
});

describe('an answer', () => {
  const answer = (change: Partial<ResponseSpec> = {}) => {
    const { key: signingKey, certificate: signingCertificate } = keys.provider;
    return buildResponse(specOf(change), { signingKey, signingCertificate });
  };
  const request = (change = {}) => ({
    id: REQUEST,
    browser: 'b',
    provider: `${IDENTITY}/metadata`,
    cvr: SIGN_IN.cvr,
    returnTo: '/',
    until: new Date(Date.now() + 60_000),
    ...change,
  });
  const refusalOf = async (service: ServiceProvider, response: string, change = {}) => {
    try {
      await service.accept(response, request(change));
    } catch (error) {
      if (error instanceof SamlRefusal) return [error.code, error.cvr, error.detail];
      throw error;
    }
    return 'accepted';
  };

  test('is remembered as long as it could be brought again: its own time, and what clocks differ', async () => {
    const kept: [string, Date][] = [];
    const once = (id: string, until: Date) => {
      kept.push([id, until]);
      return Promise.resolve(true);
    };
    const now = new Date(Date.now() - 5000);
    for (const parts of [{}, { clockSkewSeconds: 60 }])
      await serviceWith({ once, ...parts }).accept(await answer({ now }), request());
    const ends = kept.map(([, until]) => (until.getTime() - now.getTime()) / 1000);
    expect(ends).toEqual([150, 180]);
    expect(kept[0]![0]).toMatch(new RegExp(`^saml\\|${IDENTITY}/metadata\\|_[0-9a-f]{40}$`));
  });
  test('says how the provider names the session', async () => {
    expect((await serviceWith().accept(await answer(), request())).from).toEqual({
      provider: `${IDENTITY}/metadata`,
      nameId: SIGN_IN.subject,
      nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
      sessionIndex: 'index',
    });
  });
  test('is of the provider that was asked, among several', async () => {
    const other = providerOf(keys, { entityId: 'other', cvr: '34567892' });
    const service = serviceWith({ providers: [other, providerOf(keys)] });
    expect(await refusalOf(service, await answer())).toBe('accepted');
    expect(await refusalOf(service, await answer(), { provider: 'other', cvr: '34567892' })).toEqual([
      'SAML_ISSUER',
      '34567892',
      null,
    ]);
    expect(await refusalOf(service, await answer(), { provider: 'gone' })).toEqual([
      'PROVIDER_UNKNOWN',
      SIGN_IN.cvr,
      null,
    ]);
  });
  test.each<[string, Partial<ResponseSpec>, object, readonly unknown[]]>([
    ['of another issuer', { issuer: 'other' }, {}, ['SAML_ISSUER', SIGN_IN.cvr, null]],
    ['for another place', { destination: `${HERE}/other` }, {}, ['SAML_DESTINATION', SIGN_IN.cvr, null]],
    ['to another request', { inResponseTo: '_other' }, {}, ['SAML_INVALID', SIGN_IN.cvr, null]],
    ['for an authority it is not for', {}, { cvr: '34567892' }, ['SAML_AUTHORITY', '34567892', null]],
  ])('%s is refused, in the authority the sign-in was for', async (_says, change, asked, refusal) => {
    expect(await refusalOf(serviceWith(), await answer(change), asked)).toEqual(refusal);
  });
  test('what breaks is no refusal', async () => {
    const once = () => Promise.reject(new Error('the store is away'));
    await expect(serviceWith({ once }).accept(await answer(), request())).rejects.toThrow(
      'the store is away',
    );
  });
});

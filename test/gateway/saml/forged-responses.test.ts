import { beforeAll, describe, expect, test } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { generate } from 'selfsigned';
import { developmentSamlKeys, type SamlKeys } from '../../../seed/development/saml-keys.js';
import { attributesOf } from '../../../seed/development/saml-provider.js';
import {
  assertionXml,
  encryptAssertion,
  responseXml,
  samlId,
  signElement,
  type ResponseSpec,
} from '../../../seed/development/saml-response.js';
import type { IdentityProvider } from '../../../gateway/saml/provider.js';
import { SamlRefusal } from '../../../gateway/saml/refusal.js';
import { ServiceProvider } from '../../../gateway/saml/service-provider.js';
import { KORSBAEK, MOSEKAER } from '../../../seed/authorities.js';
import { SIGN_INS } from '../../../seed/development/sign-ins.js';
import { BAD_TEXTS } from '../../kit/bad-texts.js';
import { privileges, scopeOf } from '../../kit/privileges.js';
import { temporaryDirectory } from '../../kit/store.js';

const HERE = 'https://overblik.example';
const PROVIDER = 'https://identity.example/metadata';
const SIGN_IN = SIGN_INS.find(({ name }) => name === 'benefit-caseworker')!;

let keys: SamlKeys;
let stranger: SamlKeys;
let used: Set<string>;
let service: ServiceProvider;
beforeAll(async () => {
  const [first, two] = [temporaryDirectory(), temporaryDirectory()];
  keys = await developmentSamlKeys(first.path);
  stranger = await developmentSamlKeys(two.path);
  first.remove();
  two.remove();
  const provider: IdentityProvider = {
    name: 'Prøve',
    entityId: PROVIDER,
    ssoUrl: 'https://identity.example/login',
    cvr: KORSBAEK,
    delegated: [MOSEKAER],
    certificates: [keys.provider.certificate],
  };
  used = new Set();
  service = new ServiceProvider({
    publicUrl: () => HERE,
    keys: keys.service,
    providers: [provider],
    once: (id) => {
      const isNew = !used.has(id);
      used.add(id);
      return Promise.resolve(isNew);
    },
  });
});

const REQUEST = samlId();
const spec = (change: Partial<ResponseSpec> = {}): ResponseSpec => ({
  issuer: PROVIDER,
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
const ours = () => ({ signingKey: keys.provider.key, signingCertificate: keys.provider.certificate });
const base64 = (xml: string) => Buffer.from(xml).toString('base64');
const signed = (change: Partial<ResponseSpec> = {}) =>
  signElement(assertionXml(spec(change)), 'Assertion', ours());
const accept = (response: string, cvr = KORSBAEK) =>
  service.accept(response, {
    id: REQUEST,
    browser: 'b',
    provider: PROVIDER,
    cvr,
    returnTo: '/',
    until: new Date(Date.now() + 60_000),
  });
const refusal = async (response: string, cvr?: string): Promise<string> => {
  try {
    await accept(response, cvr);
    return 'accepted';
  } catch (error) {
    if (error instanceof SamlRefusal) return error.code;
    throw error;
  }
};

describe('texts that are none', () => {
  // XML itself has no NUL, no escape and no half of a pair: such a response is not read at all.
  const READABLE = BAD_TEXTS.filter(
    ([, text]) => /^[^\u0000-\u001F\p{Surrogate}]*$/u.test(text) && text.trim() !== '',
  );
  const LIST = 'https://data.gov.dk/model/core/eid/privilegesIntermediate';
  const READ = [
    'https://data.gov.dk/model/core/specVersion',
    'https://data.gov.dk/concept/core/nsis/loa',
    'https://data.gov.dk/model/core/eid/professional/cvr',
    'https://data.gov.dk/model/core/eid/cprNumber',
    LIST,
  ];
  const withAttribute = (name: string, text: string) => {
    const attributes = { ...attributesOf(SIGN_IN), [name]: text };
    return refusal(base64(responseXml(spec(), signed({ attributes }))));
  };

  test.each(READABLE)('%s in an attribute is refused, whichever it is', async (_says, text) => {
    for (const name of READ)
      expect(await withAttribute(name, text)).toMatch(
        name === LIST ? /^SAML_(ATTRIBUTES|PRIVILEGES)$/ : /^SAML_ATTRIBUTES$/,
      );
  });
  test.each(READABLE)('%s where nobody reads it keeps nobody out', async (_says, text) => {
    expect(await withAttribute('https://data.gov.dk/model/core/eid/professional/orgName', text)).toBe(
      'accepted',
    );
  });
  test.each(READABLE)('%s in a name or an index is refused', async (_says, text) => {
    // The validator's parser makes a space of a control character in an index.
    const changes = [{ nameId: text }, ...(/\p{Control}/u.test(text) ? [] : [{ sessionIndex: text }])];
    for (const change of changes)
      expect(await refusal(base64(responseXml(spec(), signed(change))))).toBe('SAML_NOT_READABLE');
  });
  test.each(BAD_TEXTS)('%s is refused by name and never breaks anything', async (_says, text) => {
    const nsis = 'https://data.gov.dk/concept/core/nsis/loa';
    const raw = signed({ sessionIndex: 'there', attributes: { ...attributesOf(SIGN_IN), [nsis]: 'there' } });
    for (const written of [text, Array.from(text, (character) => `&#${character.codePointAt(0)};`).join('')])
      expect(await refusal(base64(responseXml(spec(), raw.replaceAll('there', written))))).toMatch(/^SAML_/);
  });
  test('a subject is kept composed', async () => {
    const { facts } = await accept(base64(responseXml(spec(), signed({ nameId: 'A\u030Ase' }))));
    expect(facts.subject).toBe('Åse');
  });
});

describe('what is accepted', () => {
  test('a signed assertion, plain or encrypted, and who it says signed in', async () => {
    const inside = signed();
    for (const body of [inside, await encryptAssertion(signed(), keys.service.certificate)]) {
      const { facts } = await accept(base64(responseXml(spec(), body)));
      expect(facts).toEqual({
        subject: SIGN_IN.subject,
        cvr: KORSBAEK,
        roles: SIGN_IN.jobFunctionRoles.map((uri) => ({ uri, scope: KORSBAEK })),
        assurance: 'SUBSTANTIAL',
        cpr: null,
      });
    }
  });

  test('OIOSAML 2 names, the older levels, the serial of an X.509 name, and the own number', async () => {
    const attributes = {
      'dk:gov:saml:attribute:SpecVer': 'DK-SAML-2.0',
      'dk:gov:saml:attribute:AssuranceLevel': '4',
      'dk:gov:saml:attribute:CvrNumberIdentifier': KORSBAEK,
      'dk:gov:saml:attribute:CprNumberIdentifier': '0101010101',
      'dk:gov:saml:attribute:Privileges_intermediate': privileges({
        scope: scopeOf(KORSBAEK),
        privilege: 'http://a',
      }),
    };
    const nameId = `C=DK,O=${KORSBAEK},CN=Ukendt Navn,Serial=5f0c0a2e-0000-4000-8000-000000000001`;
    const { facts } = await accept(base64(responseXml(spec(), signed({ attributes, nameId }))));
    expect(facts).toEqual({
      subject: '5f0c0a2e-0000-4000-8000-000000000001',
      cvr: KORSBAEK,
      roles: [{ uri: 'http://a', scope: KORSBAEK }],
      assurance: 'HIGH',
      cpr: '0101010101',
    });
  });

  test('several groups: those of the authority the sign-in is for, a delegated one too, and never another’s', async () => {
    const list = privileges(
      { scope: scopeOf(KORSBAEK), privilege: 'http://home' },
      { scope: scopeOf(MOSEKAER), privilege: 'http://delegated' },
      { scope: scopeOf('34567892'), privilege: 'http://other' },
    );
    const attributes = {
      ...attributesOf(SIGN_IN),
      'https://data.gov.dk/model/core/eid/privilegesIntermediate': list,
    };
    const rolesFor = async (cvr: string) =>
      (await accept(base64(responseXml(spec(), signed({ attributes }))), cvr)).facts.roles.map(
        ({ uri }) => uri,
      );
    expect(await rolesFor(KORSBAEK)).toEqual(['http://home']);
    expect(await rolesFor(MOSEKAER)).toEqual(['http://delegated']);
    expect(await refusal(base64(responseXml(spec(), signed({ attributes }))), '34567892')).toBe(
      'SAML_AUTHORITY',
    );
  });

  test('a comment in a signed name is read over, whole: never the part before it', async () => {
    const xml = signed({ nameId: 'admin.evil' }).replace('admin.evil', 'admin<!-- -->.evil');
    expect((await accept(base64(responseXml(spec(), xml)))).facts.subject).toBe('admin.evil');
  });
});

/** An assertion an attacker would like to be believed. */
const evil = () => assertionXml(spec({ nameId: 'evil' }));
const idOf = (xml: string) => /ID="([^"]+)"/.exec(xml)![1]!;
const signatureOf = (xml: string) => /<Signature[\s\S]*<\/Signature>/.exec(xml)![0];

describe('forged responses: each refused, and nothing of them believed', () => {
  test.each<[string, () => string | Promise<string>, string]>([
    ['nothing signed', () => responseXml(spec(), assertionXml(spec())), 'SAML_INVALID'],
    [
      'the response signed, the assertion not',
      () => signElement(responseXml(spec(), assertionXml(spec())), 'Response', ours()),
      'SAML_INVALID',
    ],
    [
      'signed with another key, which it brings along',
      () =>
        responseXml(
          spec(),
          signElement(assertionXml(spec()), 'Assertion', {
            signingKey: stranger.provider.key,
            signingCertificate: stranger.provider.certificate,
          }),
        ),
      'SAML_INVALID',
    ],
    [
      'a name changed',
      () => responseXml(spec(), signed().replace(SIGN_IN.subject, 'somebody-else')),
      'SAML_INVALID',
    ],
    [
      'an attribute changed',
      () => responseXml(spec(), signed().replace('OIO-SAML-3.0', 'DK-SAML-2.0')),
      'SAML_INVALID',
    ],
    [
      'another audience',
      () => responseXml(spec(), signed({ audience: 'https://other.example' })),
      'SAML_INVALID',
    ],
    ['expired', () => responseXml(spec(), signed({ now: new Date(Date.now() - 600_000) })), 'SAML_INVALID'],
    [
      'not yet valid',
      () => responseXml(spec(), signed({ now: new Date(Date.now() + 600_000) })),
      'SAML_INVALID',
    ],
    [
      'the answer to another request',
      () => responseXml(spec({ inResponseTo: '_other' }), signed({ inResponseTo: '_other' })),
      'SAML_INVALID',
    ],
    [
      'an assertion made for another request',
      () => responseXml(spec(), signed({ inResponseTo: '_other' })),
      'SAML_INVALID',
    ],
    [
      'for another service’s address',
      () => responseXml(spec({ destination: 'https://other.example' }), signed()),
      'SAML_DESTINATION',
    ],
    [
      'an assertion handed to another recipient',
      () => responseXml(spec(), signed({ destination: 'https://other.example' })),
      'SAML_RECIPIENT',
    ],
    [
      'a response of another issuer',
      () => responseXml(spec({ issuer: 'https://other.example' }), signed()),
      'SAML_ISSUER',
    ],
    [
      'an assertion of another issuer',
      () => responseXml(spec(), signed({ issuer: 'https://other.example' })),
      'SAML_ISSUER',
    ],
    ['a DOCTYPE', () => `<!DOCTYPE a [<!ENTITY b "c">]>${responseXml(spec(), signed())}`, 'SAML_DOCTYPE'],
    ['a DOCTYPE in small letters', () => `<!doctype a>${responseXml(spec(), signed())}`, 'SAML_DOCTYPE'],
    [
      'a genuine SHA-1 signature',
      () =>
        responseXml(
          spec(),
          signElement(assertionXml(spec()), 'Assertion', ours(), {
            signature: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
            digest: 'http://www.w3.org/2001/04/xmlenc#sha256',
          }),
        ),
      'SAML_ALGORITHM',
    ],
    [
      'a genuine SHA-1 digest, encrypted',
      async () =>
        responseXml(
          spec(),
          await encryptAssertion(
            signElement(assertionXml(spec()), 'Assertion', ours(), {
              signature: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
              digest: 'http://www.w3.org/2000/09/xmldsig#sha1',
            }),
            keys.service.certificate,
          ),
        ),
      'SAML_ALGORITHM',
    ],
    [
      'a genuine SHA-1 digest, encrypted, under a prefix nobody expects',
      async () =>
        responseXml(
          spec(),
          (
            await encryptAssertion(
              signElement(assertionXml(spec()), 'Assertion', ours(), {
                signature: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
                digest: 'http://www.w3.org/2000/09/xmldsig#sha1',
              }),
              keys.service.certificate,
            )
          )
            .replaceAll('saml:EncryptedAssertion', 'a-b:EncryptedAssertion')
            .replace('xmlns:saml=', 'xmlns:a-b='),
        ),
      'SAML_ALGORITHM',
    ],
    [
      'an algorithm written in entities',
      () => responseXml(spec(), signed().replace('xmldsig-more#rsa-sha256', 'xmldsig-more#rsa-sha25&#54;')),
      'SAML_ALGORITHM',
    ],
    [
      'an HMAC keyed with our provider’s certificate',
      () => {
        const xml = signed();
        const mac = createHmac('sha256', keys.provider.certificate).update(xml).digest('base64');
        return responseXml(
          spec(),
          xml
            .replace(
              'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
              'http://www.w3.org/2000/09/xmldsig#hmac-sha256',
            )
            .replace(/<SignatureValue>[^<]*/, `<SignatureValue>${mac}`),
        );
      },
      'SAML_ALGORITHM',
    ],
    [
      'encrypted to another service',
      async () => responseXml(spec(), await encryptAssertion(signed(), stranger.service.certificate)),
      'SAML_INVALID',
    ],
    [
      'ciphertext tampered with',
      async () => {
        const xml = await encryptAssertion(signed(), keys.service.certificate);
        return responseXml(
          spec(),
          xml.replace(
            /(<\w*:?CipherValue>[\s\S]{400})(.)/g,
            (_all, head: string, letter: string) => head + (letter === 'A' ? 'B' : 'A'),
          ),
        );
      },
      'SAML_INVALID',
    ],
    // Seven signature-wrapping forms.
    [
      'wrapping 1: an evil assertion before the signed one',
      () => responseXml(spec(), evil() + signed()),
      'SAML_INVALID',
    ],
    [
      'wrapping 2: an evil assertion after the signed one',
      () => responseXml(spec(), signed() + evil()),
      'SAML_INVALID',
    ],
    [
      'wrapping 3: an evil assertion around the signed one',
      () => responseXml(spec(), evil().replace('</saml:Assertion>', `${signed()}</saml:Assertion>`)),
      'SAML_INVALID',
    ],
    [
      'wrapping 4: an evil assertion with the same id',
      () => {
        const good = signed();
        return responseXml(spec(), assertionXml(spec({ nameId: 'evil' }), idOf(good)) + good);
      },
      'SAML_INVALID',
    ],
    [
      'wrapping 5: the signed one in Extensions',
      () => responseXml(spec(), `<samlp:Extensions>${signed()}</samlp:Extensions>${evil()}`),
      'SAML_INVALID',
    ],
    [
      'wrapping 6: the signed one in the evil one’s Signature/Object',
      () => {
        const good = signed();
        const carried = signatureOf(good).replace('</Signature>', `<Object>${good}</Object></Signature>`);
        return responseXml(spec(), evil().replace('<saml:Subject>', `${carried}<saml:Subject>`));
      },
      'SAML_INVALID',
    ],
    [
      'wrapping 7: an evil assertion beside a signed response inside',
      () => {
        const whole = signElement(responseXml(spec(), signed()), 'Response', ours());
        return responseXml(spec(), evil() + whole);
      },
      'SAML_INVALID',
    ],
    [
      'the good signature on an evil assertion',
      () => responseXml(spec(), evil().replace('<saml:Subject>', `${signatureOf(signed())}<saml:Subject>`)),
      'SAML_INVALID',
    ],
    [
      'two SignedInfo in one signature',
      () => {
        const xml = signed();
        const info = /<SignedInfo>[\s\S]*<\/SignedInfo>/.exec(xml)![0];
        return responseXml(
          spec(),
          xml.replace(info, info.replace(/<DigestValue>[^<]*/, '<DigestValue>AAAA') + info),
        );
      },
      'SAML_INVALID',
    ],
    [
      'a forged digest hidden beside the true one by a comment',
      () => {
        const xml = signed().replace(SIGN_IN.subject, 'somebody-else');
        return responseXml(spec(), xml.replace(/<DigestValue>/, '<DigestValue><!--AAAA-->'));
      },
      'SAML_INVALID',
    ],
    [
      'a refusal of the provider',
      () => responseXml(spec(), '').replace('status:Success', 'status:Responder'),
      'SAML_STATUS',
    ],
    ['no assertion at all', () => responseXml(spec(), ''), 'SAML_INVALID'],
    ['another document', () => '<html></html>', 'SAML_NOT_READABLE'],
  ])('%s', async (_says, forge, code) => {
    expect(await refusal(base64(await forge()))).toBe(code);
  });

  test.each<[string, string, string]>([
    ['no base64', '%%%', 'SAML_NOT_READABLE'],
    ['nothing', '', 'SAML_NOT_READABLE'],
    ['not UTF-8', Buffer.from([0xff, 0xfe, 0x3c]).toString('base64'), 'SAML_NOT_READABLE'],
    ['10 MB', 'A'.repeat(10 << 20), 'SAML_TOO_LARGE'],
    [
      'cut off',
      base64('<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"'),
      'SAML_NOT_READABLE',
    ],
  ])('what is no response: %s', async (_says, response, code) => {
    expect(await refusal(response)).toBe(code);
  });

  test('the same assertion twice', async () => {
    const response = base64(responseXml(spec(), signed()));
    expect(await refusal(response)).toBe('accepted');
    expect(await refusal(response)).toBe('SAML_REPLAYED');
    // In another envelope it is still the same.
    const [inside] = /<saml:Assertion[\s\S]*<\/saml:Assertion>/.exec(
      Buffer.from(response, 'base64').toString(),
    )!;
    expect(await refusal(base64(responseXml(spec(), inside)))).toBe('SAML_REPLAYED');
  });
});

test('a provider whose only certificate has run out signs nobody in, with a reason of its own', async () => {
  const made = await generate([{ name: 'commonName', value: 'old' }], {
    keySize: 2048,
    algorithm: 'sha256',
    notBeforeDate: new Date('2020-01-01'),
    notAfterDate: new Date('2021-01-01'),
  });
  const [own] = service.parts.providers;
  const expired = new ServiceProvider({
    ...service.parts,
    providers: [{ ...own!, certificates: [made.cert] }],
  });
  const signing = { signingKey: made.private, signingCertificate: made.cert };
  const response = base64(responseXml(spec(), signElement(assertionXml(spec()), 'Assertion', signing)));
  const request = {
    id: REQUEST,
    browser: 'b',
    provider: PROVIDER,
    cvr: KORSBAEK,
    returnTo: '/',
    until: new Date(),
  };
  await expect(expired.accept(response, request)).rejects.toMatchObject({
    code: 'PROVIDER_CERTIFICATE_EXPIRED',
  });
  // With a current one beside it, the old one's key still opens nothing.
  const renewed = new ServiceProvider({
    ...service.parts,
    providers: [{ ...own!, certificates: [made.cert, keys.provider.certificate] }],
  });
  await expect(renewed.accept(response, request)).rejects.toMatchObject({ code: 'SAML_INVALID' });
});

test('a provider’s clock may be as far off as is set, 30 s when nothing is', async () => {
  const request = {
    id: REQUEST,
    browser: 'b',
    provider: PROVIDER,
    cvr: KORSBAEK,
    returnTo: '/',
    until: new Date(),
  };
  const isTaken = async (clockSkewSeconds: number | undefined, off: number): Promise<boolean> => {
    // Made to hold from five seconds before its time on, for one second.
    const now = new Date(Date.now() + (off + (off > 0 ? 5 : -1)) * 1000);
    const response = base64(responseXml(spec(), signed({ now, seconds: off > 0 ? 600 : 1 })));
    const parts = { ...service.parts, ...(clockSkewSeconds !== undefined && { clockSkewSeconds }) };
    const answer = new ServiceProvider(parts).accept(response, request);
    return answer.then(
      () => true,
      () => false,
    );
  };
  for (const off of [20, -20]) expect(await isTaken(undefined, off)).toBe(true);
  for (const off of [45, -45]) {
    expect(await isTaken(undefined, off)).toBe(false);
    expect(await isTaken(60, off)).toBe(true);
  }
  for (const off of [90, -90]) expect(await isTaken(60, off)).toBe(false);
});

describe('what a good signature says and is refused all the same', () => {
  const LIST = 'https://data.gov.dk/model/core/eid/privilegesIntermediate';
  const LEVEL = 'https://data.gov.dk/concept/core/nsis/loa';
  const without = (name: string) =>
    Object.fromEntries(Object.entries(attributesOf(SIGN_IN)).filter(([key]) => key !== name));
  test.each<[string, Record<string, string>, string]>([
    ['no version of OIOSAML', without('https://data.gov.dk/model/core/specVersion'), 'SAML_ATTRIBUTES'],
    [
      'another version',
      { ...attributesOf(SIGN_IN), 'https://data.gov.dk/model/core/specVersion': 'X' },
      'SAML_ATTRIBUTES',
    ],
    [
      'one thing under both its names',
      { ...attributesOf(SIGN_IN), 'dk:gov:saml:attribute:CvrNumberIdentifier': KORSBAEK },
      'SAML_ATTRIBUTES',
    ],
    [
      'an authority the provider is not for',
      { ...attributesOf(SIGN_IN), 'https://data.gov.dk/model/core/eid/professional/cvr': MOSEKAER },
      'SAML_AUTHORITY',
    ],
    ['no authority', without('https://data.gov.dk/model/core/eid/professional/cvr'), 'SAML_AUTHORITY'],
    [
      'a low level',
      { ...attributesOf(SIGN_IN), [LEVEL]: 'https://data.gov.dk/concept/core/nsis/loa/Low' },
      'SAML_ASSURANCE',
    ],
    ['no level', without(LEVEL), 'SAML_ASSURANCE'],
    ['an unknown level', { ...attributesOf(SIGN_IN), [LEVEL]: 'Highest' }, 'SAML_ASSURANCE'],
    [
      'the older low level',
      { ...without(LEVEL), 'dk:gov:saml:attribute:AssuranceLevel': '2' },
      'SAML_ASSURANCE',
    ],
    ['a list that is not base64', { ...attributesOf(SIGN_IN), [LIST]: '%%' }, 'SAML_PRIVILEGES'],
    [
      'a list that is not UTF-8',
      { ...attributesOf(SIGN_IN), [LIST]: Buffer.from([0xff, 0x41]).toString('base64') },
      'SAML_PRIVILEGES',
    ],
    [
      'a list with a DOCTYPE',
      { ...attributesOf(SIGN_IN), [LIST]: base64('<!DOCTYPE a><a/>') },
      'SAML_PRIVILEGES',
    ],
    ['a list of 150 kB', { ...attributesOf(SIGN_IN), [LIST]: 'A'.repeat(150 << 10) }, 'SAML_PRIVILEGES'],
    ['a list that is none', { ...attributesOf(SIGN_IN), [LIST]: base64('<html/>') }, 'SAML_PRIVILEGES'],
  ])('%s', async (_says, attributes, code) => {
    expect(await refusal(base64(responseXml(spec(), signed({ attributes }))))).toBe(code);
  });

  test('an unknown scope and a privilege without its constraints give nothing, and let the rest stand', async () => {
    const list = privileges(
      { scope: 'urn:dk:gov:saml:seNumberIdentifier:12345678', privilege: 'http://unknown-scope' },
      { scope: scopeOf(KORSBAEK), privilege: 'http://good' },
    );
    const attributes = { ...attributesOf(SIGN_IN), [LIST]: list };
    const { facts } = await accept(base64(responseXml(spec(), signed({ attributes }))));
    expect(facts.roles.map(({ uri }) => uri)).toEqual(['http://good']);
  });
});

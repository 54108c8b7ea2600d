import { beforeAll, describe, expect, test } from '@jest/globals';
import { deflateRawSync } from 'node:zlib';
import { createSign } from 'node:crypto';
import { developmentSamlKeys, type SamlKeys } from '../../../seed/development/saml-keys.js';
import { assertionXml, responseXml, samlId, signElement } from '../../../seed/development/saml-response.js';
import { askedByPost, askedByRedirect } from '../../../gateway/saml/logout-bindings.js';
import { SamlRefusal } from '../../../gateway/saml/refusal.js';
import { MAX_RESPONSE } from '../../../gateway/saml/response.js';
import { ServiceProvider } from '../../../gateway/saml/service-provider.js';
import { KORSBAEK } from '../../../seed/authorities.js';
import { readPrivilegeList } from '../../../subgraphs/shared/identity/privilege-list.js';
import { growth } from '../../kit/growth.js';
import { temporaryDirectory } from '../../kit/store.js';

const HERE = 'https://overblik.example';
const PROVIDER = 'https://identity.example/metadata';
const REQUEST = samlId();
/** Work that grows with the square of a text is sixteen times as much for one four times as long. */
const LINEAR = 9;

let keys: SamlKeys;
let service: ServiceProvider;
beforeAll(async () => {
  const directory = temporaryDirectory();
  keys = await developmentSamlKeys(directory.path);
  directory.remove();
  service = new ServiceProvider({
    publicUrl: () => HERE,
    keys: keys.service,
    providers: [provider()],
    once: () => Promise.resolve(true),
  });
});

const provider = () => ({
  name: 'Prøve',
  entityId: PROVIDER,
  ssoUrl: 'https://identity.example/login',
  sloUrl: 'https://identity.example/logout',
  cvr: KORSBAEK,
  delegated: [],
  certificates: [keys.provider.certificate],
});
const spec = (change: object = {}) => ({
  issuer: PROVIDER,
  destination: `${HERE}/saml/acs`,
  audience: `${HERE}/saml/metadata`,
  inResponseTo: REQUEST,
  nameId: 'user',
  attributes: {},
  sessionIndex: 'index',
  now: new Date(),
  seconds: 120,
  ...change,
});
const base64 = (text: string) => Buffer.from(text).toString('base64');
const sign = (xml: string) =>
  signElement(xml, 'Assertion', {
    signingKey: keys.provider.key,
    signingCertificate: keys.provider.certificate,
  });
/** A text of this length, made of a piece over and over. */
const fill = (piece: string, length: number) =>
  piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
const refused = async (work: () => unknown): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof SamlRefusal)) throw error;
  }
};

/** What somebody without an account can post: an answer to a request made up, with anything in it. */
const inside: [string, (length: number) => string][] = [
  [
    'encryption methods that are not finished',
    (length) => fill('<EncryptionMethod x="rsa-oaep-mgf1p"', length),
  ],
  [
    'encryption methods one after the other',
    (length) =>
      fill('<EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"> ', length),
  ],
  ['names of algorithms', (length) => fill('Algorithm="', length)],
  ['names of algorithms in one tag', (length) => `<a ${fill("Algorithm='' ", length)}>`],
  ['encrypted assertions that are not finished', (length) => fill('<EncryptedAssertion ', length)],
  ['the beginnings of DOCTYPE', (length) => fill('<! ', length)],
  ['elements inside each other', (length) => fill('<a>', length)],
  ['elements beside each other', (length) => fill('<a/>', length)],
  ['attributes', (length) => `<a ${fill('a="" ', length)}/>`],
  [
    'attributes of different names',
    (length) => `<a ${Array.from({ length: length / 9 }, (_, i) => `a${i}=""`).join(' ')}/>`,
  ],
  [
    'declarations of namespaces',
    (length) => `<a ${Array.from({ length: length / 15 }, (_, i) => `xmlns:a${i}="u"`).join(' ')}/>`,
  ],
  ['references', (length) => `<a>${fill('&amp;', length)}</a>`],
  ['quotes', (length) => `<a b=${fill('"', length)}`],
  ['comments', (length) => fill('<!---->', length)],
  ['comments that are not finished', (length) => fill('<!--', length)],
  ['CDATA', (length) => fill('<![CDATA[]]>', length)],
  ['processing instructions', (length) => fill('<?a b?>', length)],
  ['spaces', (length) => `<a ${' '.repeat(length)}`],
  ['a long text that ends in a line separator', (length) => `<a>${fill('a', length)}\u2028</a>`],
  ['line separators', (length) => `<a>${fill('\u2028', length)}</a>`],
  ['carriage returns', (length) => `<a>${fill('\r', length)}</a>`],
  ['a long name', (length) => `<${fill('a', length)}/>`],
  ['many colons', (length) => `<${fill(':a', length)}/>`],
];

describe('the work over a response grows with its length, and no faster', () => {
  const accept = (xml: string) =>
    refused(() =>
      service.accept(base64(xml), {
        id: REQUEST,
        browser: 'b',
        provider: PROVIDER,
        cvr: KORSBAEK,
        returnTo: '/',
        until: new Date(Date.now() + 60_000),
      }),
    );
  /** As long as a response may be, with room for what stands around. */
  const LONGEST = Math.floor((MAX_RESPONSE * 3) / 4) - 6000;

  test.each(inside)('%s, beside the assertion', async (_says, text) => {
    const run = (length: number) => accept(responseXml(spec(), text(length)));
    expect(await growth(run, LONGEST / 4)).toBeLessThan(LINEAR);
  });
  test.each(inside)('%s, in an assertion with a signature that is not good', async (_says, text) => {
    const good = sign(assertionXml(spec()));
    const run = (length: number) =>
      accept(responseXml(spec(), good.replace('</saml:Assertion>', `${text(length)}</saml:Assertion>`)));
    expect(await growth(run, LONGEST / 4)).toBeLessThan(LINEAR);
  });
  test.each<[string, (length: number) => string]>([
    [
      'a status that is not finished',
      (length) => responseXml(spec(), '').replace('status:Success', `${fill('a', length)}:`),
    ],
    ['a long id', (length) => responseXml(spec(), sign(assertionXml(spec(), `_${fill('a', length)}`)))],
    [
      'a long name',
      (length) => responseXml(spec(), sign(assertionXml(spec({ nameId: fill('a ', length) })))),
    ],
    [
      'a name of many parts',
      (length) => responseXml(spec(), sign(assertionXml(spec({ nameId: fill(', ', length) })))),
    ],
    [
      'a long attribute',
      (length) => responseXml(spec(), sign(assertionXml(spec({ attributes: { a: fill('a ', length) } })))),
    ],
    [
      'transforms',
      (length) => {
        const transform = '<Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>';
        return responseXml(
          spec(),
          sign(assertionXml(spec())).replace(
            '<Transforms>',
            `<Transforms>${fill(transform, length - (length % transform.length))}`,
          ),
        );
      },
    ],
  ])('%s', async (_says, text) => {
    expect(await growth((length) => accept(text(length)), LONGEST / 4)).toBeLessThan(LINEAR);
  });
});

describe('the work over a logout message grows with its length, and no faster', () => {
  const root = '<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_a">';
  test.each(inside)('by form: %s', async (_says, text) => {
    const issuer = `<Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">${PROVIDER}</Issuer>`;
    const run = (length: number) =>
      refused(() =>
        askedByPost(
          { SAMLRequest: base64(`${root}${issuer}${text(length)}</samlp:LogoutRequest>`) },
          [provider()],
          new Date(),
        ),
      );
    expect(await growth(run, 11_000)).toBeLessThan(LINEAR);
  });
  test.each<[string, (length: number) => string]>([
    ['fields', (length) => fill('a=b&', length)],
    ['equal signs', (length) => fill('=', length)],
    ['percent signs', (length) => `SAMLRequest=${fill('%41', length)}&SigAlg=x&Signature=x`],
    ['number signs in the algorithm', (length) => `SAMLRequest=a&SigAlg=${fill('%23', length)}&Signature=x`],
  ])('by address: %s', async (_says, query) => {
    const run = (length: number) => refused(() => askedByRedirect(query(length), [provider()], new Date()));
    expect(await growth(run, 4000)).toBeLessThan(LINEAR);
  });
});

describe('what is packed', () => {
  /** A query as a provider signs it; @param by whose key */
  const query = (xml: string, by: string) => {
    const message = encodeURIComponent(deflateRawSync(Buffer.from(xml)).toString('base64'));
    const algorithm = encodeURIComponent('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256');
    const signed = `SAMLRequest=${message}&SigAlg=${algorithm}`;
    const signature = createSign('RSA-SHA256').update(signed).sign(by, 'base64');
    return `${signed}&Signature=${encodeURIComponent(signature)}`;
  };
  const bomb = `<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol">${' '.repeat(10 << 20)}</samlp:LogoutRequest>`;
  const many = () => Array.from({ length: 98 }, provider);
  const detail = (work: () => unknown): string | null => {
    try {
      work();
      return 'read';
    } catch (error) {
      return (error as SamlRefusal).detail;
    }
  };

  test('is not unpacked for a stranger, however many providers there are', () => {
    // Signed by nobody we know: what unpacking would say never comes up.
    expect(detail(() => askedByRedirect(query(bomb, keys.service.key), many(), new Date()))).toBe(
      'SIGNATURE',
    );
    const unpackable = query('', keys.service.key).replace(/SAMLRequest=[^&]*/, 'SAMLRequest=AAAA');
    expect(detail(() => askedByRedirect(unpackable, many(), new Date()))).toBe('SIGNATURE');
  });
  test('is unpacked to 64 kB and no further for a provider', () => {
    expect(detail(() => askedByRedirect(query(bomb, keys.provider.key), many(), new Date()))).toBe('DEFLATE');
  });
});

describe('the work over a privilege list grows with its length, and no faster', () => {
  test.each(inside)('%s', async (_says, text) => {
    const run = (length: number) => {
      const xml = `<bpp:PrivilegeList xmlns:bpp="http://itst.dk/oiosaml/basic_privilege_profile">${text(length)}</bpp:PrivilegeList>`;
      try {
        readPrivilegeList(base64(xml), KORSBAEK);
      } catch {
        // Refused; how long that takes is the question.
      }
    };
    expect(await growth(run, 23_000)).toBeLessThan(LINEAR);
  });
});

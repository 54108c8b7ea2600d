import { expect, test } from '@jest/globals';
import { CompactEncrypt, SignJWT, importJWK } from 'jose';
import { JumpLinks } from '../../../gateway/jumps/links.js';
import { newKey } from '../../../subgraphs/shared/settings/keys.js';

test('a link whose content is packed is not read, however short it is', async () => {
  const links = await JumpLinks.open(await newKey());
  const target = { party: 'urn:oio:cpr-nr:0101010101', user: { cvr: '12345678', subject: 'user' } };
  const signed = async (more: object) =>
    new SignJWT({ target, ...more }).setProtectedHeader({ alg: 'HS256' }).sign(new Uint8Array(32));
  const linkOf = async (zip: object, more: object = {}) =>
    new CompactEncrypt(new TextEncoder().encode(await signed(more)))
      .setProtectedHeader({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM', ...zip })
      .encrypt(await importJWK(links.publicKey, 'ECDH-ES+A256KW'));
  expect(await links.read(await linkOf({}))).toBeDefined();
  expect(await links.read(await linkOf({ zip: 'DEF' }))).toBeUndefined();
  const bomb = await linkOf({ zip: 'DEF' }, { padding: 'a'.repeat(200_000) });
  expect(bomb.length).toBeLessThan(6000);
  expect(await links.read(bomb)).toBeUndefined();
});

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT, importJWK, jwtVerify, type JWK } from 'jose';
import { remoteKeys } from '../../../gateway/auth/remote-keys.js';
import { newKey, publicKey } from '../../../subgraphs/shared/settings/keys.js';

let issuer: Server;
let url: string;
let keys: JWK[] = [];
let status = 200;
let padding = '';
beforeAll(async () => {
  issuer = createServer((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ keys: keys.map(publicKey), padding }));
  });
  await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/jwks`;
});
afterAll(() => {
  issuer.close();
});

const token = async (key: JWK) =>
  new SignJWT({}).setProtectedHeader({ alg: 'ES256', kid: key.kid! }).sign(await importJWK(key, 'ES256'));

test('keys change as the issuer changes them; while it is away the last good ones hold, and not for ever', async () => {
  const [first, second, stranger] = [await newKey(), await newKey(), await newKey()];
  let now = 0;
  const HOUR = 3_600_000;
  const get = remoteKeys(url, { maxAgeMs: 0, cooldownMs: 0, outageMs: HOUR }, () => now);
  const holds = async (key: JWK) =>
    jwtVerify(await token(key), get).then(
      () => true,
      () => false,
    );
  keys = [first];
  expect(await holds(first)).toBe(true);
  expect(await holds(second)).toBe(false);
  keys = [first, second];
  expect(await holds(second)).toBe(true);
  keys = [second];
  expect(await holds(first)).toBe(false);
  status = 500;
  now += HOUR - 1;
  expect(await holds(second)).toBe(true);
  expect(await holds(first)).toBe(false);
  expect(await holds(stranger)).toBe(false);
  now += 2;
  expect(await holds(second)).toBe(false);
  status = 200;
  expect(await holds(second)).toBe(true);
});

test('an issuer that has never answered opens nothing', async () => {
  const key = await newKey();
  const get = remoteKeys('http://127.0.0.1:1/jwks', { maxAgeMs: 0, cooldownMs: 0, outageMs: 1000 });
  await expect(jwtVerify(await token(key), get)).rejects.toThrow();
});

test('a set of keys longer than keys can be is not read', async () => {
  keys = [await newKey()];
  const holds = async () =>
    jwtVerify(await token(keys[0]!), remoteKeys(url, { maxAgeMs: 0, cooldownMs: 0, outageMs: 1000 })).then(
      () => true,
      () => false,
    );
  expect(await holds()).toBe(true);
  padding = 'a'.repeat(300 << 10);
  expect(await holds()).toBe(false);
  padding = '';
});

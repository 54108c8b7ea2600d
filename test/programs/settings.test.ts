import { expect, test } from '@jest/globals';
import { availableParallelism } from 'node:os';
import { gatewaySettingsShape } from '../../programs/settings.js';
import { parseSettings } from '../../subgraphs/shared/settings/parse.js';

const issuer = { issuer: 'https://idp.example.test', jwksUrl: 'https://idp.example.test/jwks' };
const read = (issuers: unknown) =>
  gatewaySettingsShape.safeParse({ TRUSTED_ISSUERS: JSON.stringify(issuers) });

test('an issuer of bearer tokens names the authorities it speaks for', () => {
  const { data } = read([{ ...issuer, cvrs: ['12345678', '23456780'] }]);
  expect(data?.TRUSTED_ISSUERS).toEqual([
    { ...issuer, cvrs: ['12345678', '23456780'], algorithms: ['ES256'] },
  ]);
});

test.each([
  ['none named', issuer],
  ['an empty list', { ...issuer, cvrs: [] }],
  ['a number that is none', { ...issuer, cvrs: ['1234567'] }],
  ['every authority', { ...issuer, cvrs: ['*'] }],
  ['a text', { ...issuer, cvrs: '12345678' }],
])('an issuer with %s stops the start and the problem names the rule', (_says, given) => {
  const { error } = read([given]);
  expect(error?.issues.map(({ path, message }) => [path.join('.'), message])).toEqual([
    ['TRUSTED_ISSUERS', expect.stringContaining('cvrs names the authorities the issuer speaks for')],
  ]);
});

test.each([
  ['', []],
  ['127.0.0.1', ['127.0.0.1']],
  ['10.1.0.0/16, fd00::/8', ['10.1.0.0/16', 'fd00::/8']],
])('trusted proxies are addresses and networks: %j', (TRUSTED_PROXIES, expected) => {
  expect(gatewaySettingsShape.parse({ TRUSTED_PROXIES }).TRUSTED_PROXIES).toEqual(expected);
});

test.each([
  'true',
  '*',
  '0.0.0.0/0',
  '::/0',
  '10.0.0.0/33',
  '10.0.0.0/8/8',
  'proxy.example.test',
  '1',
  '10.1/16',
])('what is no proxy stops the start, and the problem names the rule: %s', (TRUSTED_PROXIES) => {
  const { error } = gatewaySettingsShape.safeParse({ TRUSTED_PROXIES });
  expect(error?.issues.map(({ path, message }) => [path.join('.'), message])).toEqual([
    ['TRUSTED_PROXIES', expect.stringContaining('IP addresses or networks')],
  ]);
});

test.each([
  ['1', 1],
  ['64', 64],
  ['auto', Math.min(availableParallelism(), 64)],
  [undefined, 1],
])('workers: %s', (WORKERS, expected) => {
  expect(gatewaySettingsShape.parse({ WORKERS }).WORKERS).toBe(expected);
});

test.each(['0', '65', '1.5', '-2', 'two', 'AUTO'])('workers that are none stop the start: %s', (WORKERS) => {
  expect(() => parseSettings(gatewaySettingsShape, { WORKERS })).toThrow(
    'WORKERS: must be a whole number from 1 to 64, or auto',
  );
});

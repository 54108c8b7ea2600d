import { expect, test } from '@jest/globals';
import { bodyFormOf } from '../../../intake/feed/body-form.js';

test.each([
  [undefined, false],
  ['', false],
  ['identity', false],
  ['Identity', false],
  ['gzip', true],
  ['GZIP', true],
  [' GZip ', true],
  ['x-gzip', true],
  ['X-GZIP', true],
])('content-encoding %p is read', (encoding, gzip) => {
  const headers = encoding === undefined ? {} : { 'content-encoding': encoding };
  expect(bodyFormOf(headers)).toEqual({ form: 'ndjson', gzip });
});

test.each(['br', 'BR', 'deflate', 'zstd', 'compress'])(
  'content-encoding %p is refused by name',
  (encoding) => {
    expect(bodyFormOf({ 'content-encoding': encoding })).toEqual({
      field: 'content-encoding',
      rule: `gzip or none, not ${encoding.toLowerCase()}`,
    });
  },
);

test.each(['gzip, gzip', 'gzip, br', '<script>', 'ø', 'x'.repeat(100)])(
  'content-encoding %p is refused without being repeated',
  (encoding) => {
    expect(bodyFormOf({ 'content-encoding': encoding })).toEqual({
      field: 'content-encoding',
      rule: 'gzip or none',
    });
  },
);

test.each([
  ['application/json', 'json'],
  ['Application/JSON', 'json'],
  [' application/json', 'json'],
  ['APPLICATION/JSON; charset=UTF-8', 'json'],
  ['application/x-ndjson', 'ndjson'],
  ['Application/X-NDJSON', 'ndjson'],
])('content-type %p is read as %s', (type, form) => {
  expect(bodyFormOf({ 'content-type': type })).toMatchObject({ form });
});

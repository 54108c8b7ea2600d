import { expect, test } from '@jest/globals';
import { packingOf } from '../../../gateway/http/packing.js';

const headers = (encoding: string | undefined) =>
  encoding === undefined ? {} : { 'content-encoding': encoding };

test.each([undefined, '', 'identity', ' IDENTITY '])(
  'a body with packing %p is plain everywhere',
  (encoding) => {
    expect(packingOf(headers(encoding), true)).toEqual({ gzip: false });
    expect(packingOf(headers(encoding), false)).toEqual({ gzip: false });
  },
);

test.each(['gzip', 'X-GZip'])(
  '%s is read where it is unpacked, and refused by name elsewhere',
  (encoding) => {
    expect(packingOf(headers(encoding), true)).toEqual({ gzip: true });
    expect(packingOf(headers(encoding), false)).toEqual({
      field: 'content-encoding',
      rule: `none, not ${encoding.toLowerCase()}`,
    });
  },
);

test.each(['gzip, gzip', '<script>', 'x'.repeat(21)])('%s is refused without being repeated', (encoding) => {
  expect(packingOf(headers(encoding), true)).toMatchObject({ rule: 'gzip or none' });
  expect(packingOf(headers(encoding), false)).toMatchObject({ rule: 'none' });
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { returnPath } from '../../../gateway/saml/return-path.js';

const HERE = 'https://overblik.example';

describe('where a sign-in leads', () => {
  test.each([
    ['/', '/'],
    ['/citizens/x?case=y', '/citizens/x?case=y'],
    ['/a/../inbox', '/inbox'],
    ['/search?q=//host', '/search?q=//host'],
  ])('%s is ours', (given, path) => expect(returnPath(given, HERE)).toBe(path));

  test.each([
    '//host/',
    '///host/',
    '/\\host/',
    '/.//host/x',
    '/..//host/x',
    '/%2e//host/x',
    '/%2E%2e//host/x',
    '/./\\host',
    '/.\\/host',
    '/a/..//host',
    '/a/%2e%2e//host',
    '/\t/host',
    '/\n/host',
    '/.\t//host',
    '//host/citizens',
    '/\\host/citizens',
    '/.//host/citizens',
    'citizens',
    './citizens',
    'https://host/',
    'javascript:alert(1)',
    '\\\\host',
    '',
    `/${'a'.repeat(600)}`,
  ])('%j leads to the start', (given) => expect(returnPath(given, HERE)).toBe('/'));

  test.each([undefined, null, 5, { path: '/citizens' }])('%j is no address', (given) => {
    expect([returnPath(given, HERE), returnPath([given], HERE)]).toEqual(['/', '/']);
    expect(returnPath(['/citizens'], HERE)).toBe('/');
  });

  test('an address of 500 characters does, and no longer one', () => {
    const long = `/${'a'.repeat(499)}`;
    expect([returnPath(long, HERE), returnPath(`${long}a`, HERE)]).toEqual([long, '/']);
  });

  test('whatever is given, the browser stays here', () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '%2e',
      '%2f',
      '%5c',
      '\t',
      '\n',
      ' ',
      '@',
      ':',
      '?',
      '#',
      'host',
      'https:',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const path = returnPath(`/${pieces.join('')}`, HERE);
        expect(path).toMatch(/^\/(?![/\\])/);
        expect(new URL(path, HERE).origin).toBe(HERE);
      }),
      { numRuns: 2000 },
    );
  });
});

import { expect, test } from '@jest/globals';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
const ROOMS = ['gateway', 'intake', 'programs', 'seed', 'store', 'subgraphs'];

/** What makes more of a text than came: unpackers, parsers of documents, and openers of what may be packed. */
const UNPACKERS =
  /\b(?:inflate\w*|gunzip\w*|unzip\w*|brotliDecompress\w*|createGunzip|createInflate\w*|createUnzip|createBrotliDecompress|DecompressionStream|compactDecrypt|flattenedDecrypt|generalDecrypt|jwtDecrypt|SaxesParser|DOMParser|XMLParser|validateRedirect\w*|validatePost\w*)\(/g;

/** Where each stands, with what bounds it. */
const BOUNDED: Readonly<Record<string, string>> = {
  'gateway/saml/redirect-binding.ts inflateRawSync(': 'maxOutputLength: MAX_INFLATED',
  'gateway/saml/redirect-binding.ts inflate(': 'maxOutputLength: MAX_INFLATED',
  'gateway/saml/service-provider.ts validatePostResponseAsync(': 'inTheOpen(',
  'gateway/saml/signed-document.ts DOMParser(': 'readDocument(xml)',
  'gateway/jumps/links.ts compactDecrypt(': 'maxDecompressedLength: 0',
  'intake/feed/read-lines.ts createGunzip(': 'bytes > DELIVERY_LIMITS.bytes',
  'subgraphs/shared/identity/xml-document.ts SaxesParser(': 'limits.elements',
};

test('nothing is unpacked or parsed as a document without a bound', () => {
  const found = new Set<string>();
  for (const room of ROOMS)
    for (const entry of readdirSync(join(ROOT, room), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !entry.name.endsWith('.ts')) continue;
      const path = join(entry.parentPath, entry.name);
      const text = readFileSync(path, 'utf8');
      for (const [call] of text.matchAll(UNPACKERS)) {
        const place = `${relative(ROOT, path)} ${call}`;
        found.add(place);
        expect([place, text.includes(BOUNDED[place] ?? '\0')]).toEqual([place, true]);
      }
    }
  expect([...found].sort()).toEqual(Object.keys(BOUNDED).sort());
});

import { expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { renderFeed } from '../../kit/feed-page.js';

const PATH = join(import.meta.dirname, '..', '..', '..', 'docs', 'feed.md');

test('docs/feed.md says what the shapes say (OVERBLIK_WRITE_DOCS=1 writes it)', async () => {
  const options = await resolveConfig(PATH);
  const page = await format(renderFeed(), { ...options, parser: 'markdown' });
  if (process.env['OVERBLIK_WRITE_DOCS'] === '1') writeFileSync(PATH, page);
  expect(readFileSync(PATH, 'utf8')).toBe(page);
});

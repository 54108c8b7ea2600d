import cookie from '@fastify/cookie';
import { expect, test } from '@jest/globals';
import Fastify from 'fastify';
import { PAGE_ADDRESSES } from '../../../gateway/page/addresses.js';
import { installPage } from '../../../gateway/page/route.js';
import { AccessTokens } from '../../../gateway/sessions/access-tokens.js';
import { SessionKeeper } from '../../../gateway/sessions/session-keeper.js';
import { accessIngest } from '../../../subgraphs/access/ingest/access-ingest.js';
import { startTestStore } from '../../kit/store.js';

/** @returns whatever an address that is opened without a session answers: status and where it leads. */
async function openings(addresses: readonly string[]): Promise<[string, number, string | null][]> {
  await using store = await startTestStore();
  const now = () => new Date();
  const sessions = accessIngest(store.client.db('access'));
  const keeper = new SessionKeeper(new AccessTokens(Buffer.alloc(32, 7), now), sessions, now);
  await using app = Fastify();
  await app.register(cookie);
  const onError = (error: unknown): never => {
    throw error;
  };
  await installPage(app, { keeper, hasSignIn: true, formTargets: [], onError });
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  const found: [string, number, string | null][] = [];
  for (const url of addresses) {
    const { status, headers } = await fetch(origin + url, { redirect: 'manual' });
    found.push([url, status, headers.get('location')]);
  }
  return found;
}

/** @returns an address as it is opened: its parts in place. */
const opened = (path: string): string => path.replace(/:\w+\??/, 'part');

test('every address of the page but the first leads to the sign-in and back', async () => {
  const addresses = [...Object.keys(PAGE_ADDRESSES).map(opened), '/access'];
  expect(addresses).toContain('/access/part');
  expect(await openings(addresses)).toEqual(
    addresses.map((url) =>
      url === '/'
        ? [url, 200, null]
        : [url, 303, `/saml/login?${new URLSearchParams({ return: url }).toString()}`],
    ),
  );
});

test('what is no address of the page is not served', async () => {
  const addresses = ['/nowhere', '/access/one/two', '/citizens/one/two', '/inbox/one'];
  expect(await openings(addresses)).toEqual(addresses.map((url) => [url, 404, null]));
});

import { Client, fetchExchange } from 'urql';
import { sessionFetch } from './session-fetch.js';

/**
 * @returns the page's way to the gateway. Nothing is cached: every look at a person is decided and recorded by the server when it
 * is made
 */
export function makeClient(onSessionEnded: () => void): Client {
  return new Client({
    url: '/graphql',
    exchanges: [fetchExchange],
    requestPolicy: 'network-only',
    preferGetMethod: false,
    fetchSubscriptions: false,
    fetch: sessionFetch(onSessionEnded),
    fetchOptions: { credentials: 'same-origin' },
  });
}

import type { ApolloServerPlugin } from '@apollo/server';
import type { GatewayContext } from '../request-context.js';
import { worded } from './own-words.js';

/**
 * Makes the log entries of a request durable in one write before the first byte of its answer leaves. When they cannot be
 * written the answer is refused whole.
 */
export function durableLog(): ApolloServerPlugin<GatewayContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        async willSendResponse({ response, contextValue }) {
          try {
            await contextValue.log.write();
          } catch {
            // The writer has logged why; the caller learns that nothing can be shown.
            if (response.body.kind !== 'single') return;
            const { singleResult } = response.body;
            singleResult.data = null;
            singleResult.errors = [worded('AUDIT_UNAVAILABLE', contextValue.requestId)];
          }
        },
      }),
  };
}

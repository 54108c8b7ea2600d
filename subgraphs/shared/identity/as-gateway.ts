import type { BoundBody } from './body-hash.js';
import { GATEWAY_CALLER, type InternalIdentity, mintIdentity } from './internal-identity.js';

/**
 * The gateway's own identity: for what it asks on nobody's behalf, such as versions, grants and ports.
 * @param audience the subgraph that is asked
 * @param body what is asked; its operation is the one the log names
 * @returns an identity that holds for this body alone
 */
export function asGateway(audience: string, body: BoundBody, requestId: string, now: Date): InternalIdentity {
  return mintIdentity(
    {
      kind: 'gateway',
      audience,
      caller: GATEWAY_CALLER,
      purpose: null,
      lookupId: null,
      requestId,
      operationName: body.operationName ?? null,
      body,
    },
    now,
  );
}

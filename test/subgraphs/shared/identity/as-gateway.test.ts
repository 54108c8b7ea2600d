import { expect, test } from '@jest/globals';
import { asGateway } from '../../../../subgraphs/shared/identity/as-gateway.js';
import { GATEWAY_CALLER } from '../../../../subgraphs/shared/identity/internal-identity.js';
import {
  ReplayMemory,
  requireIdentity,
  type IdentityGate,
} from '../../../../subgraphs/shared/identity/require-identity.js';

const NOW = new Date('2026-03-02T10:00:00Z');
const body = { query: 'query Version { accessVersion }', operationName: 'Version', variables: { cvr: '1' } };
const gate = (): IdentityGate => ({
  audience: 'access',
  replay: new ReplayMemory(() => 0),
  verify: undefined,
  now: () => NOW,
});

test('it is the gateway’s own, names operation and request, and its subgraph takes it', async () => {
  const { claims } = await requireIdentity(asGateway('access', body, 'request-1', NOW), body, gate());
  expect(claims).toMatchObject({
    kind: 'gateway',
    caller: GATEWAY_CALLER,
    operationName: 'Version',
    requestId: 'request-1',
  });
});

test('it holds for no other body and no other subgraph', async () => {
  const refused = { extensions: { code: 'IDENTITY_REFUSED' } };
  const other = { ...body, variables: { cvr: '2' } };
  await expect(requireIdentity(asGateway('access', body, 'r', NOW), other, gate())).rejects.toMatchObject(
    refused,
  );
  await expect(requireIdentity(asGateway('cases', body, 'r', NOW), body, gate())).rejects.toMatchObject(
    refused,
  );
});

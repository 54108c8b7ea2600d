import { z } from 'zod';
import { kindShape } from '../../subgraphs/shared/identity/grant-shapes.js';

export const AUTHENTICATE_QUERY = `query AuthenticateSystem($assertion: String!, $audience: String!) {
  authenticateSystem(assertion: $assertion, audience: $audience) {
    id code name deliveries { cvr kinds kle sensitivity crossAuthority }
  }
}`;

export const SYSTEM_QUERY = `query DeliveringSystem($id: ID!) {
  authenticateSystem: deliveringSystem(id: $id) {
    id code name deliveries { cvr kinds kle sensitivity crossAuthority }
  }
}`;

const systemShape = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  deliveries: z.array(
    z.object({
      cvr: z.string(),
      kinds: z.array(kindShape),
      kle: z.array(z.string()),
      sensitivity: z.enum(['NOT_CONFIDENTIAL', 'CONFIDENTIAL', 'SENSITIVE', 'SPECIALLY_PROTECTED']),
      crossAuthority: z.boolean(),
    }),
  ),
});

/** A system that delivers, as the access subgraph knows it: what it may deliver for whom. */
export type DeliveringSystem = z.infer<typeof systemShape>;

/** @returns the system, null for one that is refused, undefined for an answer of the wrong shape. */
export function readSystem(data: unknown): DeliveringSystem | null | undefined {
  const parsed = z.object({ authenticateSystem: systemShape.nullable() }).safeParse(data);
  return parsed.success ? parsed.data.authenticateSystem : undefined;
}

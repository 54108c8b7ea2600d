import { z } from 'zod';
import type { Caller } from '../../subgraphs/shared/identity/caller.js';
import { agreementShape, kindShape } from '../../subgraphs/shared/identity/grant-shapes.js';
import type { Grant } from '../../subgraphs/shared/policy/grants.js';
import { SECTIONS } from '../../subgraphs/shared/policy/sections.js';

export const RESOLVE_QUERY = `query ResolveCaller(
  $cvr: CVR!, $subject: String!, $unit: ID, $personId: ID, $assurance: String!, $roles: [TokenRoleInput!]!
) {
  resolveCaller(cvr: $cvr, subject: $subject, unit: $unit, personId: $personId, assurance: $assurance, roles: $roles) {
    version
    grants { role cvr kle sensitivity units systems from }
    agreements { source name cvr kinds kle sensitivity crossAuthority staleAfterHours }
    withoutAgreement { source name kinds }
    barred
    lifts { person until }
    watched { person why }
    sectionsOff
    remarkTypes
    noteHeadings
    noteReceivers
    lookUpsPerHour
  }
}`;

export const HYPOTHESIS_QUERY = `query Hypothesis($id: ID!, $subject: String!, $cvr: CVR!) {
  hypothesis(id: $id, subject: $subject, cvr: $cvr)
}`;

/** Everything a caller's decisions rest on beside the token. */
export type Resolved = Omit<Caller, 'subject' | 'cvr' | 'unit' | 'personId' | 'jumps' | 'accessVersion'> & {
  readonly version: number;
  /** Look-ups that one user may make in an hour. */
  readonly lookUpsPerHour: number;
};

const maybe = <T extends z.ZodType>(shape: T) => shape.nullable();

const shape = z.object({
  resolveCaller: z.object({
    version: z.number(),
    grants: z.array(
      z.object({
        role: z.string(),
        cvr: z.string(),
        kle: maybe(z.array(z.string())),
        sensitivity: maybe(z.number()),
        units: maybe(z.array(z.string())),
        systems: maybe(z.array(z.string())),
        from: maybe(z.string()),
      }),
    ),
    agreements: z.array(agreementShape),
    withoutAgreement: z.array(z.object({ source: z.string(), name: z.string(), kinds: z.array(kindShape) })),
    barred: z.array(z.string()),
    lifts: z.array(z.object({ person: z.string(), until: z.union([z.string(), z.date()]) })),
    watched: z.array(
      z.object({ person: z.string(), why: z.enum(['OWN_RECORD', 'KIN', 'COLLEAGUE', 'BREAK_GLASS']) }),
    ),
    sectionsOff: z.array(z.enum(SECTIONS)),
    remarkTypes: z.array(z.string()),
    noteHeadings: z.array(z.string()),
    noteReceivers: z.array(z.string()),
    lookUpsPerHour: z.number(),
  }),
});

/** @returns what the access subgraph resolved, or undefined when the answer is not of the right shape. */
export function readResolved(data: unknown): Resolved | undefined {
  const parsed = shape.safeParse(data);
  if (!parsed.success) return undefined;
  const { grants, agreements, lifts, ...rest } = parsed.data.resolveCaller;
  return {
    ...rest,
    grants: grants.map(withoutNulls),
    agreements,
    lifted: lifts.map(({ person }) => person),
    lifts: lifts.map(({ person, until }) => ({ person, until: new Date(until).toISOString() })),
  };
}

/** A constraint that is absent is absent, not null: the two mean different things to the policy. */
function withoutNulls(grant: object): Grant {
  // cast: the shape has looked at every field; a role that this release does not know satisfies no permission
  return Object.fromEntries(Object.entries(grant).filter(([, value]) => value !== null)) as unknown as Grant;
}

import type { Caller, CallerGrant } from '../../../schema/generated/access.js';
import { present } from '../../shared/certain/present.js';
import type { Grant } from '../../shared/policy/grants.js';
import { SENSITIVITY_NAMES } from '../../shared/policy/sensitivity.js';
import type { Context } from '../context.js';

/** Who the caller is, as the identity and the organisation say; nothing is looked up about any citizen. */
export async function readMe(context: Context): Promise<Caller> {
  const { caller } = context.claims;
  return {
    user: caller.subject,
    name: await context.choices.ownName(caller),
    authority: present(await context.references.authority(caller.cvr), "the caller's authority"),
    unit: await context.references.unit(caller.unit),
    grants: caller.grants.map(presentGrant),
    lifts: caller.lifts.map(({ person, until }) => ({ citizenId: person, until: new Date(until) })),
  };
}

/** @returns a grant as its holder or an administrator sees it. */
export function presentGrant({ role, cvr, kle, sensitivity, units, systems, from }: Grant): CallerGrant {
  return {
    role,
    cvr,
    kle: kle ?? null,
    sensitivity: sensitivity === undefined ? null : SENSITIVITY_NAMES[sensitivity],
    units: units ?? null,
    systems: systems ?? null,
    jobFunctionRole: from ?? null,
  };
}

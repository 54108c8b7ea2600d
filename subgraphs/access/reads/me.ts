import type { Caller } from '../../../schema/generated/access.js';
import { SENSITIVITY_NAMES } from '../../shared/policy/sensitivity.js';
import type { Context } from '../context.js';

/** Who the caller is, as the identity says; nothing is looked up about any person. */
export async function readMe(context: Context): Promise<Caller> {
  const { caller } = context.claims;
  return {
    authority: (await context.references.authority(caller.cvr))!,
    unit: await context.references.unit(caller.unit),
    grants: caller.grants.map((grant) => ({
      role: grant.role,
      cvr: grant.cvr,
      kle: grant.kle ? [...grant.kle] : null,
      sensitivity: grant.sensitivity === undefined ? null : SENSITIVITY_NAMES[grant.sensitivity],
      units: grant.units ? [...grant.units] : null,
    })),
  };
}

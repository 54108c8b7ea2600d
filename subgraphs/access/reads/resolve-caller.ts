import { codedError } from '../../shared/errors/coded-error.js';
import type { GuardResult } from '../../shared/guard/guard-result.js';
import { voidReason } from '../../shared/policy/grants.js';
import type { ResolvedCaller, ResolvedGrant } from '../../../schema/generated/access.js';
import type { Context } from '../context.js';
import type { MappedGrant, MappingRecord } from '../source/records.js';

const NOTHING_SHOWN = () => ({ objects: [] });

/** Grants of a municipality's job-function roles and the agreements of the authorities they hold in. */
export async function resolveCaller(
  context: Context,
  cvr: string,
  uris: readonly string[],
): Promise<ResolvedCaller> {
  const result = await context.guard.read(
    'gateway-internal',
    { event: 'section-read' },
    async (permit) => {
      // The version first: what is read after it is at least as new as it says.
      const version = await context.source.version(permit, cvr);
      const mappings = await context.source.mappings(permit, cvr, uris, context.now());
      const grants = mappings.flatMap(grantsOfMapping);
      const agreements = await context.source.agreements(permit, [
        ...new Set([cvr, ...grants.map((grant) => grant.cvr)]),
      ]);
      return { version, grants, agreements };
    },
    NOTHING_SHOWN,
  );
  return orRefuse(result);
}

/** The version every gateway polls. */
export async function accessVersion(context: Context, cvr: string): Promise<number> {
  const read = context.guard.read(
    'gateway-internal',
    { event: 'section-read' },
    (permit) => context.source.version(permit, cvr),
    NOTHING_SHOWN,
  );
  return orRefuse(await read);
}

function orRefuse<T>(result: GuardResult<T>): T {
  if (!result.permitted) throw codedError('NOT_PERMITTED');
  return result.value;
}

/** Void grants are left out: they give nothing (F70). */
function grantsOfMapping(mapping: MappingRecord): ResolvedGrant[] {
  return mapping.grants
    .map((grant: MappedGrant) => ({ ...grant, cvr: grant.cvr ?? mapping.cvr }))
    .filter((grant) => voidReason(grant) === undefined)
    .map(({ role, cvr, kle, sensitivity, units }) => ({
      role,
      cvr,
      kle: kle ? [...kle] : null,
      sensitivity: sensitivity ?? null,
      units: units ? [...units] : null,
    }));
}

import { type Agreement, type Grant, grantsOf, prefixesOf, type RecordKind } from '../policy/grants.js';
import { intersectPrefixes } from '../policy/kle.js';
import { type Permission, PERMISSION_ROLES } from '../policy/permissions.js';

/** Whose rights are asked about. */
interface Rights {
  readonly grants: readonly Grant[];
  readonly agreements: readonly Agreement[];
}

type ByQuestion = Map<string, readonly Agreement[]>;

/** What was found for a caller's grants and agreements, which are the same lists in every request. */
const known = new WeakMap<readonly Grant[], WeakMap<readonly Agreement[], ByQuestion>>();

/**
 * @param kind of the records of a section; `own` for what Overblik itself keeps, to which no agreement contributes
 * @returns agreements that could show a caller anything, one of each source: same authority, right kind, some KLE number in common
 */
export function contributingAgreements(
  permission: Permission,
  kind: RecordKind | 'own',
  { grants, agreements }: Rights,
): readonly Agreement[] {
  const ofGrants = known.get(grants) ?? new WeakMap<readonly Agreement[], ByQuestion>();
  known.set(grants, ofGrants);
  const byQuestion = ofGrants.get(agreements) ?? new Map<string, readonly Agreement[]>();
  ofGrants.set(agreements, byQuestion);
  const question = `${permission} ${kind}`;
  const found = byQuestion.get(question) ?? find(permission, kind, { grants, agreements });
  byQuestion.set(question, found);
  return found;
}

function find(permission: Permission, kind: RecordKind | 'own', { grants, agreements }: Rights): Agreement[] {
  const bySource = new Map<string, Agreement>();
  for (const grant of grantsOf(grants, PERMISSION_ROLES[permission])) {
    for (const agreement of agreements)
      if (!bySource.has(agreement.source) && couldShow(agreement, grant, kind))
        bySource.set(agreement.source, agreement);
  }
  return [...bySource.values()];
}

/** @returns whether a grant shows anything of what an agreement delivers */
function couldShow(agreement: Agreement, grant: Grant, kind: RecordKind | 'own'): boolean {
  if (kind === 'own' || agreement.cvr !== grant.cvr || !agreement.kinds.includes(kind)) return false;
  if (kind === 'benefits' && agreement.crossAuthority !== (grant.role === 'benefit-cross-authority'))
    return false;
  if (grant.systems && !grant.systems.includes(agreement.source)) return false;
  return !grant.kle || intersectPrefixes(prefixesOf(grant.kle), prefixesOf(agreement.kle)).length > 0;
}

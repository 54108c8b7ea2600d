import type {
  QueryResolveCallerArgs,
  ResolvedCaller,
  ResolvedGrant,
} from '../../../schema/generated/access.js';
import { codedError } from '../../shared/errors/coded-error.js';
import type { GuardResult } from '../../shared/guard/guard-result.js';
import type { Permit } from '../../shared/guard/permit.js';
import type { TokenRole } from '../../shared/identity/privilege-list.js';
import { assuranceOf } from '../../shared/policy/assurance.js';
import type { Grant } from '../../shared/policy/grants.js';
import { isSensitivityRank } from '../../shared/policy/sensitivity.js';
import type { Context } from '../context.js';
import { agreementsInForce, withoutAgreement } from '../governed/agreements.js';
import { settingsAt } from '../governed/effective.js';
import { relatedPersons, ruleOnRelated } from '../governed/related.js';
import { resolveGrants } from '../governed/resolve-grants.js';

const NOTHING_SHOWN = () => ({ objects: [] });

/** Grants of a sign-in and everything else the decisions of its caller rest on. */
export async function resolveCaller(context: Context, args: QueryResolveCallerArgs): Promise<ResolvedCaller> {
  const result = await context.guard.read(
    'gateway-internal',
    { event: 'section-read' },
    (permit) => resolve(context, permit, args),
    NOTHING_SHOWN,
  );
  return orRefuse(result);
}

async function resolve(
  context: Context,
  permit: Permit<'gateway-internal'>,
  { cvr, subject, unit = null, personId = null, assurance, roles }: QueryResolveCallerArgs,
): Promise<ResolvedCaller> {
  const { systems, versions, now } = context;
  // The version first: what is read after it is at least as new as it says.
  const version = await versions.read(permit, cvr);
  const at = now();
  const tokenRoles = roles.map((role) => tokenRole(role, cvr));
  const uris = tokenRoles.map(({ uri }) => uri);
  const kept = await keptOf(context, permit, { cvr, subject, unit, uris, at });
  const [mappings, agreements, [settings], user, colleagues, inForce] = kept;
  const byUri = new Map(mappings.map((item) => [item.key, item]));
  const chosen = settingsAt(settings ?? null, at);
  const signIn = {
    cvr,
    unit: unit ?? null,
    roles: tokenRoles,
    assurance: assuranceOf(assurance ?? '') ?? 'LOW',
    highAssuranceRoles: chosen.highAssuranceRoles,
  };
  const inForceNow = agreementsInForce(agreements, at);
  return {
    version,
    grants: resolveGrants(signIn, byUri, at).grants.map(presentGrant),
    agreements: inForceNow,
    withoutAgreement: withoutAgreement(agreements, at),
    ...ruleOnRelated(relatedPersons(user, personId ?? null, colleagues), chosen, inForce),
    lifts: inForce.map((lift) => ({ person: lift.citizenId, until: lift.to })),
    sectionsOff: chosen.sectionsOff,
    remarkTypes: chosen.remarkTypes,
    noteHeadings: chosen.noteHeadings,
    lookUpsPerHour: chosen.lookUpsPerHour,
    noteReceivers: await systems.takingNotes(permit, inForceNow),
  };
}

interface Asked {
  readonly cvr: string;
  readonly subject: string;
  readonly unit: string | null;
  /** Job-function roles. */
  readonly uris: readonly string[];
  readonly at: Date;
}

/** @returns what is kept on a user and the authority, as the rights of a moment rest on it. */
function keptOf(
  { source, lifts }: Context,
  permit: Permit<'gateway-internal'>,
  { cvr, subject, unit, uris, at }: Asked,
) {
  return Promise.all([
    source.byKeys(permit, 'mapping', cvr, uris),
    source.agreements(permit, cvr),
    source.byKeys(permit, 'settings', cvr, ['settings']),
    source.user(permit, cvr, subject),
    unit === null ? [] : source.colleagues(permit, cvr, unit),
    lifts.inForce(permit, cvr, subject, at),
  ]);
}

/** The version every gateway polls. */
export async function accessVersion(context: Context, cvr: string): Promise<number> {
  const read = context.guard.read(
    'gateway-internal',
    { event: 'section-read' },
    (permit) => context.versions.read(permit, cvr),
    NOTHING_SHOWN,
  );
  return orRefuse(await read);
}

/** @returns what a user's own simulation asks, as text for the gateway; null for anyone else's. */
export async function readHypothesis(
  context: Context,
  { id, subject, cvr }: { readonly id: string; readonly subject: string; readonly cvr: string },
): Promise<string | null> {
  const read = context.guard.read(
    'gateway-internal',
    { event: 'section-read' },
    (permit) => context.source.simulation(permit, id, { cvr, subject }, context.now()),
    NOTHING_SHOWN,
  );
  const found = orRefuse(await read);
  if (!found) return null;
  const { before, after, citizenIds, testPersons } = found;
  return JSON.stringify({ id, before, after, citizenIds, testPersons });
}

function orRefuse<T>(result: GuardResult<T>): T {
  if (!result.permitted) throw codedError('NOT_PERMITTED');
  return result.value;
}

function tokenRole(
  { uri, kle, sensitivity, units }: QueryResolveCallerArgs['roles'][number],
  cvr: string,
): TokenRole {
  return {
    uri,
    scope: cvr,
    ...(kle && { kle }),
    ...(isSensitivityRank(sensitivity) && { sensitivity }),
    ...(units && { units }),
  };
}

function presentGrant({ role, cvr, kle, sensitivity, units, systems, from }: Grant): ResolvedGrant {
  return {
    role,
    cvr,
    kle: kle ?? null,
    sensitivity: sensitivity ?? null,
    units: units ?? null,
    systems: systems ?? null,
    from: from ?? null,
  };
}

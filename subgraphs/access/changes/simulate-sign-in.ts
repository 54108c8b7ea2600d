import { randomUUID } from 'node:crypto';
import { decodeJwt } from 'jose';
import type { SignInInput } from '../../../schema/generated/access.js';
import { present } from '../../shared/certain/present.js';
import { badInput, codedError } from '../../shared/errors/coded-error.js';
import type { Permit } from '../../shared/guard/permit.js';
import { readPrivilegeList, type TokenRole } from '../../shared/identity/privilege-list.js';
import { readTokenClaims } from '../../shared/identity/token-claims.js';
import { PrivilegeListError } from '../../shared/identity/token-problems.js';
import { isPurpose } from '../../shared/policy/purposes.js';
import { checkText } from '../../shared/scalars/check-text.js';
import { requireUuid } from '../../shared/scalars/scalars.js';
import { canonicalId } from '../../shared/scalars/uuid.js';
import type { Context } from '../context.js';
import { agreementsInForce } from '../governed/agreements.js';
import { settingsAt } from '../governed/effective.js';
import { relatedPersons, ruleOnRelated } from '../governed/related.js';
import { type ResolvedGrants, resolveGrants, type VoidPart } from '../governed/resolve-grants.js';
import type { FindingCode } from '../governed/void-reasons.js';
import type { SimulationRecord } from '../source/records.js';

type Reading = NonNullable<SimulationRecord['reading']> & {
  readonly problems: readonly FindingCode[];
  readonly voids: readonly VoidPart[];
  readonly personId: string | null;
};

const MAX_TOKEN = 300_000;
const MAX_ROLES = 200;

/**
 * Reads a sign-in as the real path does, with the same code, and keeps what it gives as a simulation. What was pasted is
 * kept nowhere and does not reach the log.
 */
export async function simulateSignIn(context: Context, input: SignInInput): Promise<SimulationRecord> {
  const citizenId = input.citizenId == null ? undefined : requireUuid('citizenId', input.citizenId);
  const subject = { event: 'simulated' as const, ...(citizenId !== undefined && { citizenId }) };
  return context.guard.change('access-administer', subject, async (permit) => {
    if (input.purpose != null && !isPurpose(input.purpose)) throw codedError('PURPOSE_UNKNOWN');
    const reading = await read(context, permit, input);
    const simulation = await resolve(context, permit, input, reading, citizenId);
    await context.source.keepSimulation(permit, simulation);
    return simulation;
  });
}

async function read(
  context: Context,
  permit: Permit<'access-administer'>,
  input: SignInInput,
): Promise<Reading> {
  const given = [input.user, input.token, input.privileges, input.jobFunctionRoles].filter(
    (field) => field != null,
  );
  if (given.length !== 1)
    throw badInput('input', 'exactly one of user, token, privileges and jobFunctionRoles');
  const { cvr } = context.claims.caller;
  if (input.user != null)
    return readUser(context, permit, canonicalId(checkText('user', input.user, 1, 255)), input.unit ?? null);
  if (input.token != null) return readToken(context, input.token);
  if (input.privileges != null) return readList(input.privileges, cvr, input.unit ?? null);
  const named = present(input.jobFunctionRoles, 'the only field that was given');
  if (named.length > MAX_ROLES) throw badInput('jobFunctionRoles', `at most ${MAX_ROLES} roles`);
  const uris = named.map((uri) => checkText('jobFunctionRoles', uri, 1, 300));
  return { ...nothing('ROLES', cvr, input.unit ?? null), roles: uris.map((uri) => ({ uri, scope: cvr })) };
}

const nothing = (kind: Reading['kind'], cvr: string | null, unit: string | null): Reading => ({
  kind,
  subject: null,
  cvr,
  unit,
  expiresAt: null,
  roles: [],
  problems: [],
  voids: [],
  personId: null,
});

async function readUser(
  { source, claims }: Context,
  permit: Permit<'access-administer'>,
  subject: string,
  unit: string | null,
): Promise<Reading> {
  const { cvr } = claims.caller;
  const user = await source.user(permit, cvr, subject);
  if (!user) return { ...nothing('USER', cvr, unit), subject, problems: ['USER_UNKNOWN'] };
  const roles = user.jobFunctionRoles.map((uri): TokenRole => ({ uri, scope: cvr }));
  return { ...nothing('USER', cvr, unit ?? user.unit), subject, roles, personId: user.personId };
}

function readToken({ claims, now }: Context, token: string): Reading {
  const unread = nothing('TOKEN', null, null);
  if (token.length > MAX_TOKEN) return { ...unread, problems: ['TOKEN_UNREADABLE'] };
  let payload: unknown;
  try {
    payload = decodeJwt(token);
  } catch {
    // The text may hold a live token; nothing of it is repeated.
    return { ...unread, problems: ['TOKEN_UNREADABLE'] };
  }
  try {
    const facts = readTokenClaims(payload);
    const { subject, cvr, unit, roles, personId } = facts;
    const problems: FindingCode[] = ['SIGNATURE_NOT_CHECKED'];
    if (facts.expiresAt <= now().getTime() / 1000) problems.push('TOKEN_EXPIRED');
    const isOther = cvr !== claims.caller.cvr;
    if (isOther) problems.push('OTHER_AUTHORITY');
    const voids = facts.voids.map(({ uri, problem }): VoidPart => ({ uri, role: null, reason: problem }));
    const expiresAt = new Date(facts.expiresAt * 1000);
    return {
      kind: 'TOKEN',
      subject,
      cvr,
      unit,
      expiresAt,
      roles: isOther ? [] : roles,
      problems,
      voids,
      personId,
    };
  } catch (error) {
    return { ...unread, problems: [error instanceof PrivilegeListError ? error.problem : 'TOKEN_CLAIMS'] };
  }
}

function readList(privileges: string, cvr: string, unit: string | null): Reading {
  const base = nothing('PRIVILEGES', cvr, unit);
  try {
    const { roles, voids } = readPrivilegeList(privileges, cvr);
    return { ...base, roles, voids: voids.map(({ uri, problem }) => ({ uri, role: null, reason: problem })) };
  } catch (error) {
    if (error instanceof PrivilegeListError) return { ...base, problems: [error.problem] };
    throw error;
  }
}

async function resolve(
  context: Context,
  permit: Permit<'access-administer'>,
  input: SignInInput,
  { personId, ...reading }: Reading,
  citizenId: string | undefined,
): Promise<SimulationRecord> {
  const { cvr, subject: by } = context.claims.caller;
  const at = context.now();
  const { unit, subject } = reading;
  const { chosen, barred } = await municipalRules(context, permit, { unit, subject, personId }, at);
  const resolved = await resolvedGrants(context, permit, reading, at);
  const rights = {
    grants: resolved.grants,
    agreements: agreementsInForce(await context.source.agreements(permit, cvr), at),
    requester: { subject: subject ?? '', cvr, unit, barred, lifted: [] },
    purpose: input.purpose ?? null,
  };
  const citizenIds = citizenId === undefined ? [] : [citizenId];
  const { voids, ...shown } = reading;
  return {
    _id: randomUUID(),
    cvr,
    by,
    at,
    before: rights,
    after: rights,
    citizenIds,
    testPersons: citizenIds.filter((id) => chosen.testPersons.includes(id)),
    holders: null,
    reading: shown,
    voids: [...voids, ...resolved.voids],
  };
}

/** @returns the grants that the mappings of a moment give the roles of a sign-in. */
async function resolvedGrants(
  { source, claims }: Context,
  permit: Permit<'access-administer'>,
  { unit, roles }: Pick<Reading, 'unit' | 'roles'>,
  at: Date,
): Promise<ResolvedGrants> {
  const { cvr } = claims.caller;
  const uris = roles.map(({ uri }) => uri);
  const mappings = await source.byKeys(permit, 'mapping', cvr, uris);
  return resolveGrants({ cvr, unit, roles }, new Map(mappings.map((item) => [item.key, item])), at);
}

/** @returns what a municipality has chosen, and whom that bars a user from. */
async function municipalRules(
  { source, claims }: Context,
  permit: Permit<'access-administer'>,
  { unit, subject, personId }: Pick<Reading, 'unit' | 'subject' | 'personId'>,
  at: Date,
) {
  const { cvr } = claims.caller;
  const [settings] = await source.byKeys(permit, 'settings', cvr, ['settings']);
  const user = subject === null ? null : await source.user(permit, cvr, subject);
  const colleagues = unit === null ? [] : await source.colleagues(permit, cvr, unit);
  const chosen = settingsAt(settings ?? null, at);
  const { barred } = ruleOnRelated(relatedPersons(user, personId, colleagues), chosen, []);
  return { chosen, barred };
}

import { randomUUID } from 'node:crypto';
import type { ChangeTarget } from '../../../schema/generated/access.js';
import { badInput, codedError } from '../../shared/errors/coded-error.js';
import type { Permit } from '../../shared/guard/permit.js';
import type { Rights } from '../../shared/identity/hypothesis.js';
import type { TokenRole } from '../../shared/identity/privilege-list.js';
import { requireUuid } from '../../shared/scalars/scalars.js';
import type { Context } from '../context.js';
import { agreementsInForce } from '../governed/agreements.js';
import { effectiveVersion, mappingAt, settingsAt } from '../governed/effective.js';
import { notePreview } from '../governed/life-cycle.js';
import { type ResolvedGrants, resolveGrants } from '../governed/resolve-grants.js';
import type {
  DraftRecord,
  GovernedRecord,
  ProposalRecord,
  SimulationRecord,
  VersionRecord,
} from '../source/records.js';

/** Fewer named persons would single somebody out (ADR 010). */
const LEAST_PERSONS = 5;
const MOST_PERSONS = 50;

/**
 * Begins the impact preview of a mapping's draft: what a holder of the role is shown now against what would be shown.
 * The data subgraphs add their parts under an identity marked as simulated. Notes that the draft was previewed.
 */
export async function previewChange(
  context: Context,
  target: ChangeTarget,
  rawIds: readonly string[],
): Promise<SimulationRecord> {
  const citizenIds = checkPersons(rawIds);
  if (target.kind !== 'MAPPING') throw badInput('target.kind', 'MAPPING');
  const subject = {
    event: 'simulated' as const,
    asked: [`mapping|${target.key}`, ...citizenIds],
    parties: citizenIds.map((id) => ({ object: id, persons: [id] })),
  };
  return context.guard.change('access-administer', subject, async (permit) => {
    const item = await context.source.item(permit, 'mapping', target.key);
    if (!item?.draft) throw codedError('CHANGE_STATE');
    if (item.revision !== target.revision) throw codedError('CHANGE_STALE');
    const simulation = await simulationOf(context, permit, { item, change: item.draft, citizenIds });
    await context.source.keepSimulation(permit, simulation);
    const actor = { subject: context.claims.caller.subject, at: simulation.at };
    const won = await context.source.replace(permit, notePreview(item, actor), item.revision);
    if (!won) throw codedError('CHANGE_STALE');
    return simulation;
  });
}

/**
 * Begins the impact preview of a mapping's proposal, for whoever decides on it: the same figures that its maker had to look at before
 * it was proposed. Nothing of the proposal changes by it.
 */
export async function previewProposal(context: Context, target: ChangeTarget): Promise<SimulationRecord> {
  if (target.kind !== 'MAPPING') throw badInput('target.kind', 'MAPPING');
  const subject = { event: 'simulated' as const, asked: [`mapping|${target.key}`] };
  return context.guard.change('access-view', subject, async (permit) => {
    const item = await context.source.item(permit, 'mapping', target.key);
    if (!item?.proposal) throw codedError('CHANGE_STATE');
    if (item.revision !== target.revision) throw codedError('CHANGE_STALE');
    const simulation = await simulationOf(context, permit, { item, change: item.proposal, citizenIds: [] });
    await context.source.keepSimulation(permit, simulation);
    return simulation;
  });
}

function checkPersons(rawIds: readonly string[]): string[] {
  const ids = [...new Set(rawIds.map((id) => requireUuid('citizenIds', id)))];
  if (ids.length !== 0 && (ids.length < LEAST_PERSONS || ids.length > MOST_PERSONS))
    throw badInput('citizenIds', `none, or ${LEAST_PERSONS} to ${MOST_PERSONS} persons`);
  return ids;
}

/** A content that is not in force, and what it is held against. */
interface Previewed {
  readonly item: GovernedRecord;
  readonly change: DraftRecord | ProposalRecord;
  readonly citizenIds: readonly string[];
}

async function simulationOf(
  { source, claims, now }: Context,
  permit: Permit<'access-administer' | 'access-view'>,
  { item, change, citizenIds }: Previewed,
): Promise<SimulationRecord> {
  const { cvr, subject } = claims.caller;
  const at = now();
  const holders = await source.holders(permit, item.key);
  const agreements = agreementsInForce(await source.agreements(permit, cvr), at);
  const [settings] = await source.byKeys(permit, 'settings', cvr, ['settings']);
  const { testPersons } = settingsAt(settings ?? null, at);
  const before = grantsOfHolder(item, holders.units, at);
  const after = grantsOfHolder(withChange(item, change, at), holders.units, at);
  const rights = ({ grants }: ResolvedGrants): Rights => ({
    grants,
    agreements,
    requester: { subject: '', cvr, unit: null, barred: [], lifted: [] },
    purpose: null,
  });
  return {
    _id: randomUUID(),
    cvr,
    by: subject,
    at,
    before: rights(before),
    after: rights(after),
    citizenIds,
    testPersons: citizenIds.filter((id) => testPersons.includes(id)),
    holders: holders.count,
    reading: null,
    voids: after.voids,
  };
}

/** The thing as it would be with a change approved; a validity that begins later is taken for begun. */
function withChange(item: GovernedRecord, change: DraftRecord | ProposalRecord, at: Date): GovernedRecord {
  const { content, why } = change;
  if (content.kind !== 'mapping') throw codedError('CHANGE_STATE');
  const by = 'by' in change ? change.by : change.draftedBy;
  const validFrom = content.validFrom < at ? content.validFrom : at;
  const version: VersionRecord = {
    number: (effectiveVersion(item, at)?.number ?? 0) + 1,
    content: { ...content, validFrom },
    draftedBy: by,
    proposedBy: by,
    approvedBy: by,
    approvedAt: at,
    activeFrom: at,
    why,
    undone: null,
  };
  return { ...item, versions: [version] };
}

/** A holder brings the units in which the role's holders work; other parametric values are nobody's, so void. */
function grantsOfHolder(item: GovernedRecord, units: readonly string[], at: Date): ResolvedGrants {
  const takesUnits = mappingAt(item, at)?.grants.some((grant) => grant.parametric?.includes('unit')) === true;
  const role: TokenRole = { uri: item.key, scope: item.cvr };
  const roles = takesUnits ? units.map((unit) => ({ ...role, units: [unit] })) : [role];
  const each = roles.map((tokenRole) =>
    resolveGrants({ cvr: item.cvr, unit: null, roles: [tokenRole] }, new Map([[item.key, item]]), at),
  );
  // With unit values the parts that take none are void in that reading; without them those that do are.
  const plain = takesUnits
    ? [resolveGrants({ cvr: item.cvr, unit: null, roles: [role] }, new Map([[item.key, item]]), at)]
    : [];
  const all = [...plain, ...each];
  const distinct = new Map(
    all.flatMap(({ grants }) => grants).map((grant) => [JSON.stringify(grant), grant]),
  );
  const voids = (plain[0] ?? each[0])?.voids ?? [];
  return { grants: [...distinct.values()], voids: takesUnits && units.length > 0 ? [] : voids };
}

import type {
  ChangeContent,
  GovernedDraft,
  GovernedKind as KindName,
  GovernedProposal,
  GovernedVersion,
  MappedGrant as MappedGrantShape,
  SettingsContent as SettingsShape,
} from '../../../schema/generated/access.js';
import { inCapitals, inSmallLetters } from '../../shared/names/known-names.js';
import type { PageArguments } from '../../shared/paging/page.js';
import { SENSITIVITY_NAMES } from '../../shared/policy/sensitivity.js';
import { cursorScope } from '../../shared/runtime/request-context.js';
import { canonicalId } from '../../shared/scalars/uuid.js';
import { type GuardedList, type GuardedPage, readPage } from '../../shared/sections/guarded-list.js';
import type { Context } from '../context.js';
import { sectionEnum } from '../governed/check-settings.js';
import { DEFAULT_SETTINGS, effectiveVersion, settingsAt, stateOf } from '../governed/effective.js';
import { standingVoid } from '../governed/resolve-grants.js';
import { finding } from '../governed/void-reasons.js';
import { type AccessSource, ITEM_ORDER } from '../source/access-source.js';
import type {
  Content,
  DraftRecord,
  GovernedKind,
  GovernedRecord,
  MappedGrant,
  ProposalRecord,
  SettingsContent,
  VersionRecord,
} from '../source/records.js';

const itemList = (source: AccessSource): GuardedList<'access-view', GovernedRecord> => ({
  permission: 'access-view',
  order: ITEM_ORDER,
  positionOf: (row) => [row.key],
  shown: (rows) => ({ objects: rows.map((row) => row._id) }),
  rows: (permit, narrow, limit) => source.list(permit, narrow, limit),
  count: (permit, narrow) => source.count(permit, narrow),
});

/** @returns a kind by its name in the schema. */
export function kindOf(name: KindName): GovernedKind {
  return inSmallLetters(name);
}

/** A page of the caller's authority's mappings, agreements or settings. */
export function readItems(
  context: Context,
  kindName: KindName,
  page: PageArguments,
): Promise<GuardedPage<GovernedRecord> | null> {
  const kind = kindOf(kindName);
  return readPage(context, itemList(context.source), {
    subject: { event: 'access-viewed', criteria: [{ name: 'kind', value: kind }] },
    narrow: { kind },
    page,
    scope: cursorScope(context, 'governed', kind),
  });
}

/** A page of whatever awaits approval in the caller's authority, of every kind. */
export function readAwaiting(
  context: Context,
  page: PageArguments,
): Promise<GuardedPage<GovernedRecord> | null> {
  return readPage(context, itemList(context.source), {
    subject: { event: 'access-viewed', criteria: [{ name: 'kind', value: 'proposals' }] },
    narrow: { proposal: { $ne: null } },
    page,
    scope: cursorScope(context, 'awaiting'),
  });
}

/** One mapping, agreement or the settings of the caller's authority. */
export function readItem(
  context: Context,
  kindName: KindName,
  rawKey: string,
): Promise<GovernedRecord | null> {
  const key = canonicalId(rawKey);
  return context.guard.readOne(
    'access-view',
    { event: 'access-viewed', criteria: [{ name: 'kind', value: kindName }], asked: [key] },
    (permit) => context.source.item(permit, kindOf(kindName), key),
    (item) => ({ objects: [item._id] }),
  );
}

/** The settings of the caller's authority as they hold now, the defaults among them. */
export async function readSettingsInForce(context: Context): Promise<SettingsShape | null> {
  const result = await context.guard.read(
    'access-view',
    { event: 'access-viewed', criteria: [{ name: 'kind', value: 'settings' }] },
    (permit) => context.source.item(permit, 'settings', 'settings'),
    () => ({ objects: [] }),
  );
  return result.permitted ? presentSettings(settingsAt(result.value, context.now())) : null;
}

function presentSettings(settings: SettingsContent): SettingsShape {
  return { ...DEFAULT_SETTINGS, ...settings, sectionsOff: settings.sectionsOff.map(sectionEnum) };
}

export function presentVersion(item: GovernedRecord, version: VersionRecord, at: Date): GovernedVersion {
  const { number, content, draftedBy, proposedBy, approvedBy, approvedAt, activeFrom, why, undone } = version;
  return {
    number,
    state: stateOf(item, version, at),
    content: presentContent(content, item.cvr),
    draftedBy,
    proposedBy,
    approvedBy,
    approvedAt,
    activeFrom,
    why,
    undoneBy: undone?.by ?? null,
    undoneWhy: undone?.why ?? null,
  };
}

/** @returns the version in force now, or null. */
export function currentVersion(item: GovernedRecord, at: Date): GovernedVersion | null {
  const version = effectiveVersion(item, at);
  return version ? presentVersion(item, version, at) : null;
}

export function presentDraft(draft: DraftRecord, cvr: string): GovernedDraft {
  const { content, by, at, why, previewedAt, rejectedWhy } = draft;
  return { content: presentContent(content, cvr), by, at, why, previewedAt, rejectedWhy };
}

export function presentProposal(proposal: ProposalRecord, cvr: string): GovernedProposal {
  const { content, draftedBy, proposedBy, at, why, digest } = proposal;
  return { content: presentContent(content, cvr), draftedBy, proposedBy, at, why, digest };
}

/** @returns a content in the one of its three places. */
export function presentContent(content: Content, cvr: string): ChangeContent {
  const empty: ChangeContent = { mapping: null, agreement: null, settings: null, jump: null };
  if (content.kind === 'mapping')
    return {
      ...empty,
      mapping: { ...content, grants: content.grants.map((grant) => presentMapped(grant, cvr)) },
    };
  if (content.kind === 'agreement')
    return { ...empty, agreement: { ...content, sensitivity: SENSITIVITY_NAMES[content.sensitivity] } };
  if (content.kind === 'jump')
    return { ...empty, jump: { source: content.source, template: content.template } };
  return { ...empty, settings: presentSettings(content) };
}

function presentMapped(grant: MappedGrant, cvr: string): MappedGrantShape {
  const { role, kle, sensitivity, units, systems, parametric } = grant;
  const reason = standingVoid(grant, cvr);
  return {
    role,
    kle: kle ?? null,
    sensitivity: sensitivity ? SENSITIVITY_NAMES[sensitivity] : null,
    units: units ?? null,
    systems: systems ?? null,
    parametric: (parametric ?? []).map((type) => inCapitals(type)),
    void: reason ? finding(reason) : null,
  };
}

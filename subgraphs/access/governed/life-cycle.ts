import { createHash } from 'node:crypto';
import { present } from '../../shared/certain/present.js';
import { badInput, codedError } from '../../shared/errors/coded-error.js';
import type { Content, GovernedKind, GovernedRecord, VersionRecord } from '../source/records.js';
import { effectiveVersion } from './effective.js';

/** Who changes, and when. */
export interface Actor {
  readonly subject: string;
  readonly at: Date;
}

export interface ItemName {
  readonly kind: GovernedKind;
  readonly cvr: string;
  readonly key: string;
}

/** @returns the id of a thing under change control. */
export function governedId({ kind, cvr, key }: ItemName): string {
  return `${kind}|${cvr}|${key}`;
}

/** @returns a thing nothing has been said of yet. */
export function emptyItem(name: ItemName): GovernedRecord {
  return { _id: governedId(name), ...name, revision: 0, draft: null, proposal: null, versions: [] };
}

/** @returns a digest of exactly this content. */
export function digestOf(content: Content): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(content)))
    .digest('base64url');
}

function sorted(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]),
  );
}

const next = (item: GovernedRecord, change: Partial<GovernedRecord>): GovernedRecord => ({
  ...item,
  ...change,
  revision: item.revision + 1,
});

/** Writes a draft. What was proposed before is no longer: nobody approves what is being rewritten. */
export function writeDraft(
  item: GovernedRecord,
  content: Content,
  why: string,
  { subject, at }: Actor,
): GovernedRecord {
  const draft = { content, by: subject, at, why, previewedAt: null, rejectedWhy: null };
  return next(item, { draft, proposal: null });
}

/** Notes that the impact of the draft was looked at. The draft itself stays, so its revision does. */
export function notePreview(item: GovernedRecord, { at }: Actor): GovernedRecord {
  if (item.draft === null) throw codedError('CHANGE_STATE');
  return { ...item, draft: { ...item.draft, previewedAt: at } };
}

/** Proposes the draft. A mapping must have been previewed as it stands. */
export function propose(item: GovernedRecord, { subject, at }: Actor): GovernedRecord {
  const { draft, kind } = item;
  if (draft === null) throw codedError('CHANGE_STATE');
  if (kind === 'mapping' && draft.previewedAt === null) throw codedError('PREVIEW_REQUIRED');
  const { content, by: draftedBy, why, previewedAt } = draft;
  const digest = digestOf(content);
  const proposal = { content, draftedBy, proposedBy: subject, at, why, digest, previewedAt };
  return next(item, { draft: null, proposal });
}

/** Takes a proposal back to a draft; with a reason when somebody else rejects it. */
export function backToDraft(item: GovernedRecord, rejectedWhy: string | null): GovernedRecord {
  if (item.proposal === null) throw codedError('CHANGE_STATE');
  const { content, draftedBy: by, at, why, previewedAt } = item.proposal;
  return next(item, { draft: { content, by, at, why, previewedAt, rejectedWhy }, proposal: null });
}

/** Rejects somebody else's proposal. */
export function reject(item: GovernedRecord, why: string, actor: Actor): GovernedRecord {
  refuseOwn(item, actor);
  return backToDraft(item, why);
}

/** Approves somebody else's proposal as it was read; it takes effect at once or at a time to come. */
export function approve(
  item: GovernedRecord,
  digest: string,
  activeFrom: Date | null,
  actor: Actor,
): GovernedRecord {
  const { proposal } = item;
  if (proposal === null) throw codedError('CHANGE_STATE');
  refuseOwn(item, actor);
  if (proposal.digest !== digest) throw codedError('PROPOSAL_CHANGED');
  const from = activeFrom ?? actor.at;
  checkActiveFrom(item, proposal.content, from, actor.at);
  const version: VersionRecord = {
    number: (item.versions.at(-1)?.number ?? 0) + 1,
    content: proposal.content,
    draftedBy: proposal.draftedBy,
    proposedBy: proposal.proposedBy,
    approvedBy: actor.subject,
    approvedAt: actor.at,
    activeFrom: from,
    why: proposal.why,
    undone: null,
  };
  return next(item, { proposal: null, versions: [...item.versions, version] });
}

function refuseOwn({ proposal }: GovernedRecord, { subject }: Actor): void {
  if (proposal?.proposedBy === subject || proposal?.draftedBy === subject) throw codedError('OWN_PROPOSAL');
}

/** Where a content comes from that begins without anybody to approve it. */
export interface Origin {
  readonly by: string;
  readonly why: string;
}

/**
 * Puts a content in force that nobody could approve: an authority that begins has no administrators yet. Whoever calls
 * this answers for that; what a municipality has decided itself goes through `approve`.
 */
export function beginWith(
  item: GovernedRecord,
  content: Content,
  { by, why }: Origin,
  at: Date,
): GovernedRecord {
  const version: VersionRecord = {
    number: (item.versions.at(-1)?.number ?? 0) + 1,
    content,
    draftedBy: by,
    proposedBy: by,
    approvedBy: by,
    approvedAt: at,
    activeFrom: at,
    why,
    undone: null,
  };
  return next(item, { draft: null, proposal: null, versions: [...item.versions, version] });
}

/** Two versions may not lie across each other in time, and none may begin in the past or after its own end. */
function checkActiveFrom(item: GovernedRecord, content: Content, from: Date, now: Date): void {
  if (from < now) throw badInput('activeFrom', 'now or a time to come');
  const scheduled = item.versions.some((version) => version.undone === null && version.activeFrom >= from);
  if (scheduled)
    throw badInput('activeFrom', 'after every version already approved; undo a scheduled one first');
  if (content.kind === 'mapping' && content.validTo !== null && content.validTo <= from)
    throw badInput('activeFrom', 'before the end of the validity');
}

/**
 * Takes back the newest approved version: the one before, once approved itself, is in force again. One step only: who wants
 * an older one drafts it anew (ADR 008).
 */
export function undo(item: GovernedRecord, why: string, { subject, at }: Actor): GovernedRecord {
  const newest = item.versions.at(-1);
  if (newest === undefined || newest.undone !== null) throw codedError('CHANGE_STATE');
  const undone = { by: subject, at, why };
  const versions = item.versions.map((version) => (version === newest ? { ...version, undone } : version));
  return next(item, { versions });
}

/** Ends an agreement at once. It only takes away, so nobody else needs to approve it (ADR 008). */
export function endAgreement(item: GovernedRecord, why: string, { subject, at }: Actor): GovernedRecord {
  const current = effectiveVersion(item, at);
  if (current?.content.kind !== 'agreement' || current.content.ended) throw codedError('CHANGE_STATE');
  const version: VersionRecord = {
    ...current,
    number: present(item.versions.at(-1), 'a version of a governed item').number + 1,
    content: { ...current.content, ended: true },
    draftedBy: subject,
    proposedBy: subject,
    approvedBy: subject,
    approvedAt: at,
    activeFrom: at,
    why,
  };
  // A version still to come would bring the agreement back by itself: ending ends that too.
  const undone = { by: subject, at, why };
  const versions = item.versions.map((known) =>
    known.activeFrom > at && !known.undone ? { ...known, undone } : known,
  );
  return next(item, { versions: [...versions, version] });
}

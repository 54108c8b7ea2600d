import { present } from '../certain/present.js';
import type { AccessSubject, Guard } from '../guard/guard.js';
import type { SourceWithoutAgreement } from '../identity/caller.js';
import { isCrossAuthorityPurpose } from '../policy/benefit-rules.js';
import { controlMode } from '../policy/control-case-access.js';
import type { Agreement, Grant, RecordKind } from '../policy/grants.js';
import { grantsOf } from '../policy/grants.js';
import { type Permission, PERMISSION_ROLES } from '../policy/permissions.js';
import type { SectionName } from '../policy/sections.js';
import { WIDER_RULES } from '../policy/wider-rules.js';
import { type AccessReason, grantReason, refusalReason } from './access-reason.js';
import { contributingAgreements } from './contributing.js';
import { type Freshness, freshnessId } from './freshness.js';
import type { FreshnessCopy } from './freshness-copy.js';

export type SectionOutcome = 'AVAILABLE' | 'PARTLY' | 'NOT_PERMITTED' | 'NOT_RELEVANT' | 'UNAVAILABLE';
export type SourceState = 'CURRENT' | 'STALE' | 'MISSING' | 'PURPOSE_REQUIRED' | 'NO_AGREEMENT';

export interface SourceStatus {
  readonly sourceSystem: { readonly code: string; readonly name: string };
  readonly state: SourceState;
  readonly asOf: Date | null;
  /** How long the newest record of the latest delivery had been registered when it arrived, in seconds. */
  readonly lagSeconds: number | null;
  readonly records: number | null;
  /** Numbered deliveries that have not arrived. */
  readonly gaps: number | null;
}

/** How a section went; what is inside it is read through the guard. */
export interface SectionHead {
  readonly outcome: SectionOutcome;
  readonly sources: readonly SourceStatus[];
  /** Null when the section's own store could not be read. */
  readonly reason: AccessReason | null;
}

export interface SectionRequest {
  readonly section: SectionName;
  readonly permission: Permission;
  /** `own` for what Overblik keeps itself: no source can be missing. */
  readonly kind: RecordKind | 'own';
  /** Whether what other authorities own counts: their benefits with a purpose, their control cases. */
  readonly control?: boolean;
  readonly subject: AccessSubject;
}

export interface SectionReader {
  readonly guard: Guard;
  readonly freshness: Pick<FreshnessCopy, 'of'>;
  readonly now: () => Date;
  readonly onError: (error: unknown) => void;
}

/**
 * Opens a section: permitted or not, and what each source contributes. Depends on caller, municipality, purpose and
 * source state only, never on the person.
 */
export async function openSection(reader: SectionReader, request: SectionRequest): Promise<SectionHead> {
  const { guard } = reader;
  const { grants, sectionsOff } = guard.claims.caller;
  if (sectionsOff.includes(request.section))
    return { outcome: 'NOT_RELEVANT', sources: [], reason: refusalReason(WIDER_RULES.SECTION_OFF) };
  if (!(await guard.mayEnter(request.permission, request.subject)))
    return { outcome: 'NOT_PERMITTED', sources: [], reason: refusalReason(WIDER_RULES.NO_ROLE) };
  try {
    const sources = await sourceStatuses(reader, request);
    const [grant] = grantsOf(grants, PERMISSION_ROLES[request.permission]);
    return {
      outcome: outcomeOf(sources),
      sources,
      reason: grantReason(present(grant, 'a grant of a caller who may enter')),
    };
  } catch (error) {
    reader.onError(error);
    return { outcome: 'UNAVAILABLE', sources: [], reason: null };
  }
}

/** @returns AVAILABLE when every source contributes as agreed, otherwise PARTLY. */
export function outcomeOf(sources: readonly SourceStatus[]): 'AVAILABLE' | 'PARTLY' {
  return sources.every((source) => source.state === 'CURRENT') ? 'AVAILABLE' : 'PARTLY';
}

/** @returns whether the rows of a section may be asked for. */
export function isReadable({ outcome }: SectionHead): boolean {
  return outcome === 'AVAILABLE' || outcome === 'PARTLY';
}

/** Whose rights decide the sources of a section. */
export interface SourceView {
  readonly grants: readonly Grant[];
  readonly agreements: readonly Agreement[];
  readonly withoutAgreement: readonly SourceWithoutAgreement[];
  readonly purpose: string | null;
}

function sourceStatuses(reader: SectionReader, request: SectionRequest): Promise<SourceStatus[]> {
  const { caller, purpose } = reader.guard.claims;
  return statusesFor(reader, request, { ...caller, purpose });
}

/** @returns what each source contributes to somebody's section: by rights and source state, never by the person. */
export async function statusesFor(
  reader: Pick<SectionReader, 'freshness' | 'now'>,
  request: Pick<SectionRequest, 'permission' | 'kind' | 'control'>,
  view: SourceView,
): Promise<SourceStatus[]> {
  const contributing = contributingAgreements(request.permission, request.kind, view);
  const ids = contributing.map((agreement) => freshnessId(agreement.source, agreement.cvr));
  const byId = await reader.freshness.of(ids);
  const statuses = contributing.map((agreement) =>
    needsPurpose(agreement, request, view.purpose)
      ? { ...headOf(agreement), state: 'PURPOSE_REQUIRED' as const, ...NOTHING_DELIVERED }
      : freshnessStatus(agreement, byId.get(freshnessId(agreement.source, agreement.cvr)), reader.now()),
  );
  const lacking = view.withoutAgreement
    .filter(({ kinds }) => request.kind !== 'own' && kinds.includes(request.kind))
    .map((source) => ({ ...headOf(source), state: 'NO_AGREEMENT' as const, ...NOTHING_DELIVERED }));
  return [...statuses, ...lacking].sort((a, b) => (a.sourceSystem.code < b.sourceSystem.code ? -1 : 1));
}

/** @returns how current what one agreement delivers is; null without agreement or request for one. */
export async function deliveryStatus(
  reader: Pick<SectionReader, 'freshness' | 'now'>,
  agreement: Agreement | undefined,
  lacking: SourceWithoutAgreement | undefined,
): Promise<SourceStatus | null> {
  if (agreement) {
    const id = freshnessId(agreement.source, agreement.cvr);
    return freshnessStatus(agreement, (await reader.freshness.of([id])).get(id), reader.now());
  }
  return lacking ? { ...headOf(lacking), state: 'NO_AGREEMENT', ...NOTHING_DELIVERED } : null;
}

const NOTHING_DELIVERED = { asOf: null, lagSeconds: null, records: null, gaps: null } as const;

const headOf = ({ source, name }: { readonly source: string; readonly name: string }) => ({
  sourceSystem: { code: source, name },
});

function needsPurpose(
  agreement: Agreement,
  { kind, control }: Pick<SectionRequest, 'kind' | 'control'>,
  purpose: string | null,
): boolean {
  if (control === true) return controlMode(purpose) === null;
  return kind === 'benefits' && agreement.crossAuthority && !isCrossAuthorityPurpose(purpose);
}

function freshnessStatus(agreement: Agreement, freshness: Freshness | undefined, now: Date): SourceStatus {
  if (!freshness) return { ...headOf(agreement), state: 'MISSING', ...NOTHING_DELIVERED };
  const ageHours = (now.getTime() - freshness.lastDeliveryAt.getTime()) / 3_600_000;
  return {
    ...headOf(agreement),
    state: ageHours > agreement.staleAfterHours ? 'STALE' : 'CURRENT',
    asOf: freshness.lastDeliveryAt,
    lagSeconds: freshness.lagMs === undefined ? null : Math.max(0, Math.round(freshness.lagMs / 1000)),
    records: freshness.records,
    gaps: freshness.gaps ?? null,
  };
}

import type { Collection } from 'mongodb';
import type { Guard, AccessSubject } from '../guard/guard.js';
import type { Agreement, RecordKind } from '../policy/grants.js';
import { isCrossAuthorityPurpose } from '../policy/benefit-access.js';
import { grantsOf, prefixesOf } from '../policy/grants.js';
import { intersectPrefixes } from '../policy/kle.js';
import { PERMISSION_ROLES, type Permission } from '../policy/permissions.js';
import { freshnessId, type Freshness } from './freshness.js';

export type SectionOutcome = 'AVAILABLE' | 'PARTLY' | 'NOT_PERMITTED' | 'NOT_RELEVANT' | 'UNAVAILABLE';
export type SourceState = 'CURRENT' | 'STALE' | 'MISSING' | 'PURPOSE_REQUIRED';

export interface SourceStatus {
  readonly sourceSystem: { readonly code: string; readonly name: string };
  readonly state: SourceState;
  readonly asOf: Date | null;
}

/** How a section went; what is inside it is read through the guard. */
export interface SectionHead {
  readonly outcome: SectionOutcome;
  readonly sources: readonly SourceStatus[];
}

export interface SectionRequest {
  readonly permission: Permission;
  /** `own` for what Overblik keeps itself: no source can be missing. */
  readonly kind: RecordKind | 'own';
  readonly subject: AccessSubject;
}

export interface SectionReader {
  readonly guard: Guard;
  readonly freshness: Collection<Freshness>;
  readonly now: () => Date;
  readonly onError: (error: unknown) => void;
}

/**
 * Opens a section: permitted or not, and what each source contributes. Depends on caller, municipality, purpose and
 * source state only, never on the person (design.md §6).
 */
export async function openSection(reader: SectionReader, request: SectionRequest): Promise<SectionHead> {
  if (!(await reader.guard.mayEnter(request.permission, request.subject)))
    return { outcome: 'NOT_PERMITTED', sources: [] };
  try {
    const sources = await sourceStatuses(reader, request);
    return {
      outcome: sources.every((source) => source.state === 'CURRENT') ? 'AVAILABLE' : 'PARTLY',
      sources,
    };
  } catch (error) {
    reader.onError(error);
    return { outcome: 'UNAVAILABLE', sources: [] };
  }
}

/** @returns whether the rows of a section may be asked for. */
export function isReadable({ outcome }: SectionHead): boolean {
  return outcome === 'AVAILABLE' || outcome === 'PARTLY';
}

async function sourceStatuses(reader: SectionReader, request: SectionRequest): Promise<SourceStatus[]> {
  const contributing = contributingAgreements(reader.guard, request);
  const ids = contributing.map((agreement) => freshnessId(agreement.source, agreement.cvr));
  const found = ids.length === 0 ? [] : await reader.freshness.find({ _id: { $in: ids } }).toArray();
  const byId = new Map(found.map((freshness) => [freshness._id, freshness]));
  const statuses = contributing.map((agreement) =>
    statusOf(agreement, byId.get(freshnessId(agreement.source, agreement.cvr)), reader, request.kind),
  );
  return statuses.sort((a, b) => (a.sourceSystem.code < b.sourceSystem.code ? -1 : 1));
}

/** Agreements that could show this caller anything: same authority, right kind, some KLE number in common. */
function contributingAgreements(guard: Guard, { permission, kind }: SectionRequest): Agreement[] {
  const { grants, agreements } = guard.claims.caller;
  const bySource = new Map<string, Agreement>();
  for (const grant of grantsOf(grants, PERMISSION_ROLES[permission])) {
    for (const agreement of agreements) {
      if (
        kind === 'own' ||
        agreement.cvr !== grant.cvr ||
        !agreement.kinds.includes(kind) ||
        bySource.has(agreement.source)
      )
        continue;
      const cross = kind === 'benefits' && agreement.crossAuthority;
      if (cross !== (grant.role === 'benefit-cross-authority') && kind === 'benefits') continue;
      if (grant.kle && intersectPrefixes(prefixesOf(grant.kle), prefixesOf(agreement.kle)).length === 0)
        continue;
      bySource.set(agreement.source, agreement);
    }
  }
  return [...bySource.values()];
}

function statusOf(
  agreement: Agreement,
  freshness: Freshness | undefined,
  reader: SectionReader,
  kind: SectionRequest['kind'],
): SourceStatus {
  const sourceSystem = { code: agreement.source, name: agreement.name };
  if (
    kind === 'benefits' &&
    agreement.crossAuthority &&
    !isCrossAuthorityPurpose(reader.guard.claims.purpose)
  )
    return { sourceSystem, state: 'PURPOSE_REQUIRED', asOf: null };
  if (!freshness) return { sourceSystem, state: 'MISSING', asOf: null };
  const ageHours = (reader.now().getTime() - freshness.lastDeliveryAt.getTime()) / 3_600_000;
  return {
    sourceSystem,
    state: ageHours > agreement.staleAfterHours ? 'STALE' : 'CURRENT',
    asOf: freshness.lastDeliveryAt,
  };
}

import { badInput } from '../errors/coded-error.js';
import type { RecordKind } from '../policy/grants.js';
import type { RequestContext } from '../runtime/request-context.js';
import { deliveryStatus, type SourceStatus } from './section.js';

/** A source system as a subgraph knows it that keeps the freshness of some of its records. */
export interface SourceKey {
  readonly id: string;
}

const CODE = /^[A-Z][A-Z0-9_]{1,29}$/;

/** @returns the key of a source system; throws BAD_INPUT for what is no code. */
export function sourceKey({ id }: SourceKey): SourceKey {
  if (!CODE.test(id)) throw badInput('id', 'the code of a source system');
  return { id };
}

/**
 * How current one kind of a source's records is for the administrator's authority; freshness is no one's data, so nothing
 * is recorded. @returns null without the right, and for a kind the source does not deliver to it
 */
export async function sourceState(
  { guard, claims, sections }: RequestContext,
  { id }: SourceKey,
  kind: RecordKind,
): Promise<SourceStatus | null> {
  if (!guard.holds('access-view')) return null;
  const { agreements, withoutAgreement } = claims.caller;
  const delivers = (candidate: { readonly source: string; readonly kinds: readonly RecordKind[] }) =>
    candidate.source === id && candidate.kinds.includes(kind);
  const agreement = agreements.find(delivers);
  return deliveryStatus(sections, agreement, withoutAgreement.find(delivers));
}

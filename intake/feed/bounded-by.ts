import type { FeedRecord, FeedRecordOf } from '../../subgraphs/shared/records/records.js';

/** Why records of a type belong to no authority: what bounds them instead. */
interface Nobody {
  readonly nobodys: string;
}

/** What may bound a type: the field that says whose its records are, where they have one. */
type BoundOf<R> = 'ownerCvr' extends keyof R ? 'ownerCvr' : 'cvr' extends keyof R ? 'cvr' | Nobody : Nobody;

/** A bound for every type of record. A type without one does not compile, nor does a field its records lack. */
export type Bounds = { readonly [T in FeedRecord['type']]: BoundOf<FeedRecordOf<T>> };

/** Which field of a record the sender's agreements bound. */
export const BOUNDED_BY: Bounds = {
  person: { nobodys: 'A register of the whole country; one source holds each person.' },
  company: { nobodys: 'A register of the whole country: its CVR number is its own, not an authority’s.' },
  'kle-topic': { nobodys: 'One classification for all.' },
  note: { nobodys: 'Shown as its case is, and for the source system of the case alone.' },
  removal: { nobodys: 'Takes away what its own source system has delivered, nothing else.' },
  case: 'ownerCvr',
  document: 'ownerCvr',
  grant: 'ownerCvr',
  payment: 'ownerCvr',
  alert: 'ownerCvr',
  remark: 'cvr',
  'organisation-unit': 'cvr',
  user: 'cvr',
};

/** @returns the authority a record belongs to, and the field that says so; null for one that is nobody's. */
export function authorityOf(
  record: FeedRecord,
): { readonly field: 'ownerCvr' | 'cvr'; readonly cvr: string } | null {
  const field = BOUNDED_BY[record.type];
  if (typeof field === 'object') return null;
  const ownerCvr = 'ownerCvr' in record ? record.ownerCvr : undefined;
  const ownCvr = 'cvr' in record ? record.cvr : undefined;
  const cvr = field === 'ownerCvr' ? ownerCvr : ownCvr;
  return cvr === undefined ? null : { field, cvr };
}

import type { DeliveringSystem } from '../../gateway/auth/system.js';
import { isJsonObject } from '../../subgraphs/shared/certain/json-object.js';
import { firstBrokenRule } from '../../subgraphs/shared/errors/issue-words.js';
import { prefixesOf, type RecordKind } from '../../subgraphs/shared/policy/grants.js';
import { kleMatches } from '../../subgraphs/shared/policy/kle.js';
import { rankOf } from '../../subgraphs/shared/policy/sensitivity.js';
import { type FeedRecord, feedRecordShape } from '../../subgraphs/shared/records/records.js';
import { textShape } from '../../subgraphs/shared/scalars/clean-text.js';
import { readInstant } from '../../subgraphs/shared/scalars/instant.js';
import { canonicalId } from '../../subgraphs/shared/scalars/uuid.js';
import { authorityOf } from './bounded-by.js';

/** A record that is not taken: which field, which rule. Never the value. */
export interface Reject {
  readonly field: string;
  readonly rule: string;
}

export type Checked =
  { readonly record: FeedRecord } | { readonly reject: Reject; readonly id: string | null };

/** Which kind of record, as agreements name them, a type belongs to. */
const KINDS: Readonly<Record<Exclude<FeedRecord['type'], 'removal'>, RecordKind>> = {
  person: 'persons',
  remark: 'persons',
  company: 'companies',
  'organisation-unit': 'organisation',
  user: 'organisation',
  'kle-topic': 'classification',
  case: 'cases',
  note: 'cases',
  document: 'documents',
  grant: 'benefits',
  payment: 'benefits',
  alert: 'alerts',
};
/** @returns which kind of record a record is, or one that is gone was. */
export function kindOf(record: FeedRecord): RecordKind {
  return KINDS[record.type === 'removal' ? record.of : record.type];
}

/** How far a sender's clock may be ahead. */
const SKEW_MS = 5 * 60_000;

/** Checks one record as it was sent: shape, sender, and the sender's service agreements. */
export function checkRecord(text: string, system: DeliveringSystem, now: Date): Checked {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return { reject: { field: '', rule: 'JSON' }, id: null };
  }
  const id = idOf(raw);
  const parsed = feedRecordShape.safeParse(raw);
  if (!parsed.success) {
    return { reject: firstBrokenRule(parsed.error), id };
  }
  const reject = outOfBounds(parsed.data, system, now);
  return reject ? { reject, id } : { record: withNanoseconds(parsed.data, raw) };
}

/** A Date holds milliseconds; what orders two registrations within one is taken beside it. */
function withNanoseconds(record: FeedRecord, raw: unknown): FeedRecord {
  const registeredAt = isJsonObject(raw) ? raw['registeredAt'] : undefined;
  const nanos = typeof registeredAt === 'string' ? readInstant(registeredAt)?.nanos : undefined;
  return nanos ? { ...record, registeredNs: nanos } : record;
}

/** An id that is answered and kept beside a reject is a text like any other. */
const idShape = textShape(100).overwrite(canonicalId);

function idOf(raw: unknown): string | null {
  return idShape.safeParse(isJsonObject(raw) ? raw['id'] : undefined).data ?? null;
}

function outOfBounds(record: FeedRecord, system: DeliveringSystem, now: Date): Reject | undefined {
  if (record.type === 'remark')
    return { field: 'type', rule: 'a kind of record that source systems deliver' };
  if (record.source !== system.code) return { field: 'source', rule: 'the code of the sending system' };
  if (record.registeredAt.getTime() > now.getTime() + SKEW_MS)
    return { field: 'registeredAt', rule: 'not in the future' };
  const kind = kindOf(record);
  const rights = system.deliveries.filter((delivery) => delivery.kinds.includes(kind));
  if (rights.length === 0) return { field: 'type', rule: 'a kind of record that a service agreement covers' };
  const authority = authorityOf(record);
  if (!authority) return undefined;
  // What another authority owns is delivered for the municipality the agreement is with, and bounded by the same. An
  // authority's organisation is its own: no agreement with another reaches it.
  const own = rights.filter(
    ({ cvr, crossAuthority }) => cvr === authority.cvr || (crossAuthority && authority.field === 'ownerCvr'),
  );
  if (own.length === 0) return { field: authority.field, rule: 'an authority with a service agreement' };
  return outOfAgreement(record, own);
}

/** One agreement must cover both area and level: those of two are never mixed. */
function outOfAgreement(record: FeedRecord, own: DeliveringSystem['deliveries']): Reject | undefined {
  const numbers = kleOf(record);
  const covering = own.filter(({ kle }) => numbers.every((number) => kleMatches(number, prefixesOf(kle))));
  if (covering.length === 0)
    return {
      field: record.type === 'grant' ? 'benefits' : 'kle',
      rule: 'an area the service agreement covers',
    };
  const tooSensitive =
    'sensitivity' in record && !covering.some((right) => record.sensitivity <= rankOf(right.sensitivity));
  return tooSensitive ? { field: 'sensitivity', rule: 'a level the service agreement covers' } : undefined;
}

function kleOf(record: FeedRecord): string[] {
  if (record.type === 'grant') return record.benefits.map((benefit) => benefit.kle);
  return 'kle' in record ? [record.kle] : [];
}

/** @returns every KLE number a record names. */
export function kleNumbersOf(record: FeedRecord): string[] {
  if (record.type === 'payment') return record.lines.flatMap(({ kle }) => kle ?? []);
  return kleOf(record);
}

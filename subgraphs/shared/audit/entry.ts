import { createHash } from 'node:crypto';

/** What kind of access an entry records. `listed` and `opened` are different events. */
export type AuditEvent =
  | 'opened'
  | 'listed'
  | 'searched'
  | 'section-read'
  | 'cpr-revealed'
  | 'protected-address-revealed'
  | 'log-read'
  | 'log-verified'
  | 'own-list-changed'
  | 'why-asked'
  | 'simulated'
  | 'access-viewed'
  | 'access-changed'
  | 'access-lifted'
  | 'lift-reviewed'
  | 'alert-handled'
  | 'alert-group-changed'
  | 'reminder-changed'
  | 'search-saved'
  | 'remark-changed'
  | 'note-written'
  | 'signed-in'
  | 'signed-out'
  | 'sessions-ended'
  | 'jumped-in'
  | 'jumped-out'
  | 'limit-reached'
  | 'writer-started';

export type AuditDecision = 'PERMIT' | 'REFUSE' | 'FAILURE';

/** What one permission showed of a person who was opened: sections, list rows and what they led to. */
export interface AuditPart {
  readonly permission: string;
  readonly objects: readonly string[];
  readonly kle: readonly string[];
  readonly rights: readonly string[];
}

/** One access, as its process knows it. Never the data itself. */
export interface AuditFact {
  readonly at: Date;
  readonly cvr: string;
  readonly user: string;
  readonly unit: string | null;
  readonly event: AuditEvent;
  readonly decision: AuditDecision;
  readonly permission: string;
  readonly ruleCode: string | null;
  readonly operation: string | null;
  readonly purpose: string | null;
  readonly lookupId: string | null;
  readonly requestId: string;
  readonly citizenId: string | null;
  readonly objects: readonly string[];
  readonly kle: readonly string[];
  readonly rights: readonly string[];
  readonly criteria: readonly { readonly name: string; readonly value: string }[];
  /** Why the controller should look: the caller's own record, kin, a colleague, a lift by break-glass. */
  readonly alarms: readonly string[];
  /** What the same look-up showed beside the opened person; entries without parts do not have the field. */
  readonly parts?: readonly AuditPart[];
}

/** A fact in its chain: one chain per authority and writing process. */
export interface AuditEntry extends AuditFact {
  /** `<writer>:<cvr>:<seq>`; the store refuses a second entry in the same place. */
  readonly _id: string;
  readonly writer: string;
  readonly seq: number;
  /** Hash of the entry before; of the first, of the chain's name. */
  readonly prev: string;
  readonly hash: string;
}

/** Authority under which a writer records its own start. */
export const SYSTEM_CVR = '00000000';

/** @returns what the first entry of a chain points back to. */
export function genesis(writer: string, cvr: string): string {
  return createHash('sha256').update(`overblik-audit|${writer}|${cvr}`).digest('base64url');
}

/** @returns the hash of an entry over every field but the hash itself. */
export function hashEntry(entry: Omit<AuditEntry, 'hash'>): string {
  const fields = Object.entries(entry)
    .filter(([name]) => name !== 'hash')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(fields)).digest('base64url');
}

/** @returns the entry that follows `head` in a chain. */
export function chainEntry(fact: AuditFact, writer: string, head: ChainHead | undefined): AuditEntry {
  const seq = (head?.seq ?? 0) + 1;
  const prev = head?.hash ?? genesis(writer, fact.cvr);
  const unhashed = { ...fact, _id: `${writer}:${fact.cvr}:${seq}`, writer, seq, prev };
  return { ...unhashed, hash: hashEntry(unhashed) };
}

/** The last entry of a chain. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

/** What can be wrong with the log, in words for whoever runs it; the page has its own. */
export const AUDIT_FAULTS = {
  ENTRY_CHANGED: 'the entry was changed',
  ENTRY_BEFORE_CHANGED: 'the entry before this one was changed',
  ENTRY_REPLACED: 'the entry is not the one that was vouched for',
  ENTRIES_MISSING: 'entries before this one are missing',
  VOUCHED_ENTRIES_MISSING: 'entries that were vouched for are missing',
  CHECKPOINT_MISSING: 'a checkpoint before this one is missing or changed',
  CHECKPOINT_FORGED: 'the signature is not by the key it names',
  KEY_UNKNOWN: 'the signature is by a key that is not in the log’s key list (docs/look-up-log.md)',
  KEY_EXPIRED: 'the signature is by a key that was not valid at the time it states',
  KEY_CHANGE_FORGED: 'the change of key is not signed by both keys, or leads from none that is trusted',
  ANCHOR_GONE: 'the file of checkpoints outside the database is missing',
  ANCHOR_FORGED: 'a line that no key of the log has signed',
  ANCHORED_MISSING: 'a checkpoint that was signed is missing from the log',
} as const;

export type AuditFaultKind = keyof typeof AUDIT_FAULTS;

/** A fault in the log, by the place of its first bad record. */
export interface AuditFault {
  readonly place: string;
  readonly kind: AuditFaultKind;
}

import type { AuditStatus } from '../../../schema/generated/audit.js';
import { AUDIT_FAULTS } from '../../shared/audit/faults.js';
import type { Context } from '../context.js';

/** A log that was replaced as a whole has as many faults as checkpoints; the first ones tell as much. */
const MAX_FAULTS = 100;

/** Walks the chains of the caller's authority. Looking is itself logged; the entry it makes is after what was walked. */
export async function readAuditStatus(context: Context): Promise<AuditStatus | null> {
  const at = context.now();
  const result = await context.guard.read(
    'audit-read',
    { event: 'log-verified' },
    (permit) => context.source.verify(permit),
    () => ({ objects: [] }),
  );
  if (!result.permitted) return null;
  const { entries, anchors, chains, faults } = result.value;
  return {
    at,
    entries,
    anchors,
    chains: chains.map(({ writer, seq, proven, lastAt }) => ({ writer, entries: seq, proven, lastAt })),
    faults: faults
      .slice(0, MAX_FAULTS)
      .map(({ place, kind }) => ({ place, kind, fault: AUDIT_FAULTS[kind] })),
    faultCount: faults.length,
  };
}

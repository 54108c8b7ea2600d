import type { AuditStatus } from '../../../schema/generated/audit.js';
import type { Context } from '../context.js';

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
  const { entries, chains, faults } = result.value;
  return {
    at,
    entries,
    chains: chains.map(({ writer, seq, proven, lastAt }) => ({ writer, entries: seq, proven, lastAt })),
    faults: faults.map(({ place, fault }) => ({ place, fault })),
  };
}

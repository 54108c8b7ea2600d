import { z } from 'zod';
import { isPurpose } from '../../subgraphs/shared/policy/purposes.js';
import type { SubgraphPorts } from '../../subgraphs/shared/ports/ports.js';
import type { JumpTarget } from '../../subgraphs/shared/ports/sessions.js';
import { partyKey } from '../../subgraphs/shared/records/parties.js';
import { textShape } from '../../subgraphs/shared/scalars/clean-text.js';
import { canonicalId, uuidShape } from '../../subgraphs/shared/scalars/uuid.js';
import type { DeliveringSystem } from '../auth/system.js';

/** What a system asks the overview to be opened on. */
export const targetShape = z.strictObject({
  /** The person: `urn:oio:cpr-nr:` and ten digits. */
  party: z.string().regex(/^urn:oio:cpr-nr:\d{10}$/, 'urn:oio:cpr-nr: and ten digits'),
  /** The case in the calling system. */
  caseId: uuidShape.optional(),
  purpose: z.string().refine(isPurpose, 'a known purpose').optional(),
  /** Whom it is for: the authority, and the user's id at its identity provider. */
  user: z.strictObject({
    cvr: z.string().regex(/^\d{8}$/, 'eight digits'),
    subject: textShape(200).overwrite(canonicalId),
  }),
});

export type AskedTarget = z.infer<typeof targetShape>;

export interface TargetRefusal {
  readonly field: string;
  readonly rule: string;
}

/**
 * Bounds what a system asks by its agreements: a user of an authority it has one with, and a case of its own on that
 * person. Whether the person is known is not revealed: the user's own rights decide what opens.
 */
export async function boundTarget(
  ports: Pick<SubgraphPorts, 'citizens' | 'cases'>,
  system: DeliveringSystem,
  asked: AskedTarget,
): Promise<JumpTarget | TargetRefusal> {
  const { caseId = null, purpose = null, user, party } = asked;
  if (!system.deliveries.some(({ cvr }) => cvr === user.cvr))
    return { field: 'user.cvr', rule: 'an authority with a service agreement' };
  const key = partyKey(party);
  const [resolved, [facts]] = await Promise.all([
    ports.citizens.resolve([key]),
    caseId === null ? [] : ports.cases.factsOf([caseId]),
  ]);
  const citizenId = resolved.get(key) ?? null;
  if (caseId !== null) {
    if (facts?.source !== system.code || (citizenId !== null && !facts.parties.includes(citizenId)))
      return { field: 'caseId', rule: 'a case of the calling system on that person' };
  }
  const { code: source, name: sourceName } = system;
  return { source, sourceName, cvr: user.cvr, subject: user.subject, citizenId, caseId, purpose };
}

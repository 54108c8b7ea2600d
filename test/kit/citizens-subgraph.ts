import type { Db } from 'mongodb';
import { citizensIngest } from '../../subgraphs/citizens/ingest/citizens-ingest.js';
import { citizensSubgraph } from '../../subgraphs/citizens/subgraph.js';
import type { AuditFact } from '../../subgraphs/shared/audit/entry.js';
import type { Caller } from '../../subgraphs/shared/identity/caller.js';
import { mintIdentity } from '../../subgraphs/shared/identity/internal-identity.js';
import { personShape } from '../../subgraphs/shared/records/register-records.js';
import type { SystemRole } from '../../subgraphs/shared/policy/permissions.js';
import type { Subgraph } from '../../subgraphs/shared/runtime/subgraph.js';
import { OWN, agreementsOf } from './access.js';

type PersonInput = Readonly<Record<string, unknown>>;

/** A person as a feed delivers it, with what a test does not care about filled in. */
export function personRecord(id: number, given: PersonInput): PersonInput {
  return {
    type: 'person',
    id: `7d0e1d5e-3a8e-4a41-9a58-${String(id).padStart(12, '0')}`,
    registeredAt: '2026-01-02T00:00:00Z',
    source: 'CPR',
    cpr: `050590${String(7000 + id)}`,
    birthDate: '1990-05-05',
    name: 'Prøve Person',
    sex: 'FEMALE',
    civilStatus: 'UNMARRIED',
    addresses: [],
    ...given,
  };
}

/** @returns an address in the own municipality. */
export const livesAt = (line: string, from = '2020-01-01', to: string | null = null) => ({
  line,
  municipalityCvr: OWN,
  from,
  to,
});

export interface CitizensKit {
  readonly subgraph: Subgraph;
  readonly log: AuditFact[];
  take(persons: readonly PersonInput[]): Promise<void>;
  ask(query: string, variables: object, roles?: readonly SystemRole[], signal?: AbortSignal): Promise<any>;
}

/** The citizens subgraph over a real store, called without a gateway. @param change what is different about the caller */
export async function citizensKit(
  database: Db,
  now = () => new Date(),
  onError = (error: unknown): void => {
    throw error;
  },
  change: Partial<Caller> = {},
): Promise<CitizensKit> {
  const log: AuditFact[] = [];
  const subgraph = await citizensSubgraph({
    database,
    audit: { append: (facts) => Promise.resolve(void log.push(...facts)) },
    auditTrust: { keys: [], anchorFile: undefined },
    cursorKey: Buffer.alloc(32, 1),
    verifyIdentity: undefined,
    now,
    onError,
  });
  return {
    subgraph,
    log,
    take: async (persons) => {
      await citizensIngest(database).persons(persons.map((person) => personShape.parse(person)));
    },
    async ask(query, variables, roles = ['citizen-search', 'citizen-read'], signal) {
      const body = { query, variables: { ...variables }, operationName: null };
      const claims = {
        kind: 'caller',
        audience: 'citizens',
        caller: { ...callerWith(roles), ...change },
        purpose: null,
        lookupId: null,
        requestId: 'test',
        operationName: null,
        body,
      } as const;
      return subgraph.execute({ ...body, identity: mintIdentity(claims, now()), signal });
    },
  };
}

function callerWith(roles: readonly SystemRole[]): Caller {
  return {
    subject: 'user',
    cvr: OWN,
    unit: null,
    personId: null,
    jumps: [],
    grants: roles.map((role) => ({ role, cvr: OWN })),
    agreements: agreementsOf(OWN),
    withoutAgreement: [],
    barred: [],
    lifted: [],
    lifts: [],
    watched: [],
    sectionsOff: [],
    remarkTypes: [],
    noteHeadings: [],
    noteReceivers: [],
    accessVersion: 1,
  };
}

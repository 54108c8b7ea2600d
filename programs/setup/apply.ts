import type { Db } from 'mongodb';
import { governedId } from '../../subgraphs/access/governed/life-cycle.js';
import { SET_UP_BY } from '../../subgraphs/access/installation/set-up-by.js';
import type { WantedContent } from '../../subgraphs/access/installation/write-installation.js';
import { writeAuthorities, writeContent } from '../../subgraphs/access/installation/write-installation.js';
import { type AuditFact, SYSTEM_CVR } from '../../subgraphs/shared/audit/entry.js';
import type { AuditWriter } from '../../subgraphs/shared/audit/writer.js';
import { portsOf, type SubgraphPorts } from '../../subgraphs/shared/ports/ports.js';
import type { ReferenceRecord } from '../../subgraphs/shared/reference/reference-copy.js';
import type { Wanted } from './check-file.js';
import type { Plan } from './plan.js';

/** What applying works on. */
export interface ApplyParts {
  /** The access subgraph's database. */
  readonly access: Db;
  readonly ports: SubgraphPorts;
  readonly audit: Pick<AuditWriter, 'append'>;
  readonly now: Date;
  readonly requestId: string;
}

/**
 * Makes the store what the plan says. What it will do is in the look-up log first. Names, systems and contents come before the
 * authorities and their identity providers: when it breaks off nobody can sign in to a half, and the same command goes on.
 * @param topics KLE numbers and titles the installation begins with, that it does not have
 */
export async function applyPlan(
  plan: Plan,
  wanted: Wanted,
  topics: readonly ReferenceRecord[],
  parts: ApplyParts,
): Promise<void> {
  const { access, ports, now } = parts;
  const changed = new Set(plan.steps.filter(({ way }) => way === 'applied').map(({ after }) => after));
  const of = <T extends object>(all: readonly T[]) => all.filter((item) => changed.has(item));
  await parts.audit.append(factsOf(plan, parts));
  const names = of(wanted.authorities).map(({ _id, name }): ReferenceRecord => ({
    _id: `authority:${_id}`,
    name,
  }));
  for (const [, port] of portsOf(ports)) await port.reference([...topics, ...names]);
  await ports.access.systems(
    of(wanted.systems).map(({ _id: id, active: _active, ...rest }) => ({ id, ...rest })),
  );
  for (const content of plan.contents) await writeContent(access, content, now);
  await writeAuthorities(access, of(wanted.authorities), of(wanted.providers));
}

/** One entry for each thing that changes, in the log of the authority it belongs to. */
function factsOf({ steps, contents }: Plan, { now, requestId }: ApplyParts): AuditFact[] {
  const fact = (cvr: string, object: string, change: string): AuditFact => ({
    ...{ at: now, cvr, user: SET_UP_BY.by, unit: null, event: 'access-changed', decision: 'PERMIT' },
    ...{ permission: 'none', ruleCode: null, operation: null, purpose: null, lookupId: null, requestId },
    ...{ citizenId: null, objects: [object], kle: [], rights: [] },
    ...{ criteria: [{ name: 'change', value: change }], alarms: [] },
  });
  const operators = steps.filter(({ way }) => way === 'applied');
  return [
    ...operators.map(({ what, after }) => fact(authorityOf(after), what, 'set-up')),
    ...contents.map(({ name, way }: WantedContent) =>
      fact(name.cvr, governedId(name), way === 'begins' ? 'set-up' : 'draft'),
    ),
  ];
}

function authorityOf(item: object): string {
  if ('cvr' in item && typeof item.cvr === 'string') return item.cvr;
  const id = '_id' in item && typeof item._id === 'string' ? item._id : '';
  return /^\d{8}$/.test(id) ? id : SYSTEM_CVR;
}

import { compileRecordAccess } from '../../subgraphs/shared/policy/record-access.js';
import type { AccessFacts, Requester } from '../../subgraphs/shared/policy/facts.js';
import type { Agreement, Grant } from '../../subgraphs/shared/policy/grants.js';
import type { MappedGrant } from '../../subgraphs/access/source/records.js';

/** Decision cost alone: rights compiled once, then 1,000 records. */
export interface DecisionCost {
  readonly grants: number;
  readonly compileMs: number;
  readonly thousandMs: number;
  readonly permitted: number;
}

const ROUNDS = 200;
const REQUESTER: Requester = {
  subject: 'bench',
  cvr: '12345678',
  unit: null,
  barred: [],
  lifted: [],
  today: '2026-11-22',
};
const SOURCES = ['KSD', 'KY', 'KP', 'KMD_SAG', 'SBSYS', 'DUBU', 'JOBCENTER', 'EOJ'];
const GROUPS = [
  '32.03',
  '32.06',
  '32.10',
  '32.12',
  '32.18',
  '32.21',
  '32.24',
  '32.27',
  '32.30',
  '27.12',
  '15.20',
  '23.05',
];

const AGREEMENTS: readonly Agreement[] = SOURCES.map((source) => ({
  source,
  name: source,
  cvr: '12345678',
  kinds: ['cases', 'documents', 'benefits', 'alerts'],
  kle: ['32.*', '27.*', '15.*', '23.*'],
  sensitivity: 4,
  crossAuthority: false,
  staleAfterHours: 24,
}));

/** @returns so many mapped grants over all readable kinds; the first five open what a benefit caseworker sees. */
export function manyGrants(count: number): MappedGrant[] {
  const roles = ['case-read', 'document-read', 'note-read', 'benefit-read', 'alert-read'] as const;
  return Array.from({ length: count }, (_, i): MappedGrant => {
    const role = roles[i % roles.length]!;
    const usual = i < roles.length;
    const topic = `${GROUPS[i % GROUPS.length]!}.${String((i * 4) % 100).padStart(2, '0')}`;
    const kle = usual
      ? GROUPS.slice(0, 9).map((group) => `${group}.*`)
      : [topic, `${GROUPS[(i * 7) % GROUPS.length]!}.*`];
    const level = ((i % 3) + 1) as 1 | 2 | 3;
    return { role, kle, ...(role !== 'alert-read' && { sensitivity: usual ? 2 : level }) };
  });
}

/** @returns the median cost of compiling and of deciding 1,000 records, by number of grants, measured alternately. */
export function measureDecisions(counts: readonly number[]): DecisionCost[] {
  const records = Array.from({ length: 1000 }, (_, i): AccessFacts => ({
    ownerCvr: i % 11 === 0 ? '23456780' : '12345678',
    kle: `${GROUPS[i % GROUPS.length]!}.${String((i * 3) % 100).padStart(2, '0')}`,
    sensitivity: ((i % 4) + 1) as 1 | 2 | 3 | 4,
    unit: null,
    profile: i % 50 === 0 ? ['somebody'] : null,
    hiddenFrom: [],
    parties: ['citizen'],
    source: SOURCES[i % SOURCES.length]!,
  }));
  const samples = counts.map((count) => {
    const grants = manyGrants(count * 5)
      .filter((grant) => grant.role === 'case-read')
      .map((grant) => ({ ...grant, cvr: '12345678' }) as Grant);
    return { grants, compile: [] as number[], decide: [] as number[], permitted: 0 };
  });
  for (let round = 0; round < ROUNDS; round++) {
    for (const sample of samples) {
      const begun = performance.now();
      const access = compileRecordAccess(sample.grants, AGREEMENTS, 'cases', REQUESTER);
      const compiled = performance.now();
      sample.permitted = records.filter((record) => access.matches(record)).length;
      sample.decide.push(performance.now() - compiled);
      sample.compile.push(compiled - begun);
    }
  }
  return samples.map(({ grants, compile, decide, permitted }) => ({
    grants: grants.length,
    compileMs: middle(compile),
    thousandMs: middle(decide),
    permitted,
  }));
}

function middle(values: readonly number[]): number {
  return Number([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!.toFixed(3));
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deliver } from '../../intake/in-step/deliver.js';
import { FJORDBY, KORSBAEK, MOSEKAER, UDK, unitId, type UnitName } from '../../seed/authorities.js';
import { CprNumbers } from '../../seed/cpr-numbers.js';
import { addDays } from '../../subgraphs/shared/days/calendar.js';
import { noon } from '../../seed/days.js';
import { checkRecords } from '../../seed/stories/tell.js';
import type { FeedInput } from '../../subgraphs/shared/records/records.js';
import type { SubgraphPorts } from '../../subgraphs/shared/ports/ports.js';
import type { AccessFacts, CaseFacts, Requester } from '../../subgraphs/shared/policy/facts.js';
import type { Grant } from '../../subgraphs/shared/policy/grants.js';
import type { SensitivityRank } from '../../subgraphs/shared/policy/sensitivity.js';

/** What a record of a scenario says that decides; left out: a confidential sickness-benefit case in KSD. */
interface RecordSpec {
  readonly source?: string;
  readonly owner?: keyof typeof OWNERS;
  readonly kle?: string;
  readonly sensitivity?: SensitivityRank;
  readonly unit?: UnitName | null;
  readonly profile?: readonly string[];
  readonly hiddenFrom?: readonly ('caseworker' | 'citizen')[];
}

export interface Scenario {
  readonly says: string;
  /** Left out: a caseworker of the benefit unit with rights to sickness benefit up to confidential. */
  readonly who?: {
    readonly grants?: readonly (Omit<Grant, 'cvr' | 'units'> & { readonly units?: readonly UnitName[] })[];
    readonly purpose?: string;
    readonly lifted?: boolean;
    readonly barred?: boolean;
  };
  readonly asks: RecordSpec & {
    readonly kind: 'case' | 'document' | 'benefit' | 'citizen';
    readonly filedOn?: readonly RecordSpec[];
    readonly home?: 'korsbaek' | 'fjordby';
    /** Days since the last payment; null for none; left out: a month. */
    readonly paidDaysAgo?: number | null;
  };
  readonly gets: string;
}

const OWNERS = { korsbaek: KORSBAEK, mosekaer: MOSEKAER, fjordby: FJORDBY, udk: UDK } as const;

/** The one data file that drives the tests and renders docs/access-rules.md. */
export const SCENARIOS = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', 'access', 'scenarios.json'), 'utf8'),
) as readonly Scenario[];

export const TODAY = new Date().toISOString().slice(0, 10);
const AREA = ['32.24.*', '32.30.*'];
const USUAL: readonly Grant[] = [
  ...(['case-read', 'document-read', 'benefit-read'] as const).map((role) => ({
    role,
    cvr: KORSBAEK,
    kle: AREA,
    sensitivity: 2 as const,
  })),
];

/** One scenario with everything the three levels need: the same rights, the same records, the same ids. */
export interface Staged {
  readonly scenario: Scenario;
  readonly subject: string;
  readonly unit: string;
  readonly citizenId: string;
  /** Id of what is asked for. */
  readonly recordId: string;
  readonly grants: readonly Grant[];
  readonly requester: Requester;
  readonly records: readonly FeedInput[];
  readonly facts: AccessFacts;
  readonly caseFacts: readonly CaseFacts[];
}

const uuid = (scenario: number, part: number): string =>
  `5ce0a000-0000-4000-8000-${String(scenario).padStart(6, '0')}${String(part).padStart(6, '0')}`;

/** @returns every scenario, staged. */
export function stageScenarios(): Staged[] {
  const numbers = new CprNumbers();
  return SCENARIOS.map((scenario, i) => stage(scenario, i + 1, numbers));
}

function stage(scenario: Scenario, n: number, numbers: CprNumbers): Staged {
  const { who = {}, asks } = scenario;
  const subject = `scenario-${n}`;
  const unit = unitId(KORSBAEK, 'benefits');
  const citizenId = uuid(n, 1);
  const cpr = numbers.issue('1971-05-06', 'FEMALE');
  const grants = (who.grants ?? USUAL).map(({ units, ...grant }) => ({
    ...grant,
    cvr: KORSBAEK,
    ...(units && {
      units: units.map((name) => (name.length > 20 ? name : unitId(KORSBAEK, name as UnitName))),
    }),
  }));
  const factsOf = (spec: RecordSpec): AccessFacts => ({
    ownerCvr: OWNERS[spec.owner ?? 'korsbaek'],
    kle: spec.kle ?? '32.30.04',
    sensitivity: spec.sensitivity ?? 2,
    unit: spec.unit === null ? null : unitId(KORSBAEK, spec.unit ?? 'sickness'),
    profile: spec.profile?.map((entry) => profileEntry(entry, subject)) ?? null,
    hiddenFrom: spec.hiddenFrom ?? [],
    parties: [citizenId],
    source: spec.source ?? 'KSD',
  });
  const filedOn = (asks.filedOn ?? []).map((spec, i) => ({ ...factsOf(spec), caseId: uuid(n, 10 + i) }));
  return {
    scenario,
    subject,
    unit,
    citizenId,
    recordId: asks.kind === 'citizen' ? citizenId : uuid(n, 2),
    grants,
    requester: {
      subject,
      cvr: KORSBAEK,
      unit,
      barred: who.barred ? [citizenId] : [],
      lifted: who.lifted ? [citizenId] : [],
      today: new Date().toISOString().slice(0, 10),
    },
    facts: factsOf(asks),
    caseFacts: filedOn,
    records: [
      person(citizenId, cpr, OWNERS[asks.home ?? 'korsbaek']),
      ...filedOn.map((facts) => caseRecord(facts.caseId, facts, cpr)),
      ...askedRecord(asks, uuid(n, 2), factsOf(asks), filedOn, cpr),
    ],
  };
}

function profileEntry(entry: string, subject: string): string {
  return entry === 'user' ? subject : unitId(KORSBAEK, entry.slice('unit:'.length) as UnitName);
}

const at = noon(addDays(TODAY, -10));
const urn = (cpr: string) => `urn:oio:cpr-nr:${cpr}`;
type Delivered = Omit<AccessFacts, 'parties' | 'hiddenFrom' | 'profile'> & {
  ownerCvr: string;
  kle: string;
  sensitivity: SensitivityRank;
  hiddenFrom: ('caseworker' | 'citizen')[];
  profile: string[] | null;
};

function delivered(facts: AccessFacts): Delivered {
  const { ownerCvr, kle, sensitivity, unit, profile, hiddenFrom, source } = facts;
  return {
    ownerCvr,
    kle,
    sensitivity,
    unit,
    source,
    hiddenFrom: [...hiddenFrom],
    profile: profile && [...profile],
  } as Delivered;
}

function person(id: string, cpr: string, municipalityCvr: string): FeedInput {
  return {
    type: 'person',
    id,
    registeredAt: at,
    source: 'CPR',
    cpr,
    birthDate: '1971-05-06',
    name: `Scenarie ${id.slice(-12, -6)}`,
    sex: 'FEMALE',
    civilStatus: 'UNMARRIED',
    addresses: [{ line: 'Prøvestræde 1, 9996 Korsbæk', municipalityCvr, from: '2000-01-01', to: null }],
  };
}

function caseRecord(id: string, facts: AccessFacts, cpr: string): FeedInput {
  return {
    type: 'case',
    id,
    registeredAt: at,
    ...delivered(facts),
    caseNumber: id.slice(-12),
    title: 'Scenarie',
    history: [{ state: 'ARISEN', on: addDays(TODAY, -20) }],
    parties: [{ role: 'PRIMARY', person: urn(cpr) }],
  };
}

function askedRecord(
  asks: Scenario['asks'],
  id: string,
  facts: AccessFacts,
  filedOn: readonly CaseFacts[],
  cpr: string,
): FeedInput[] {
  if (asks.kind === 'citizen') return [];
  if (asks.kind === 'case') return [caseRecord(id, facts, cpr)];
  if (asks.kind === 'document')
    return [
      {
        type: 'document',
        id,
        registeredAt: at,
        ...delivered(facts),
        title: 'Scenarie',
        documentType: 'REPORT',
        state: 'FINAL',
        letterDate: addDays(TODAY, -20),
        caseIds: filedOn.map((caseFacts) => caseFacts.caseId),
        parties: [urn(cpr)],
      },
    ];
  return benefitRecords(asks, id, facts, filedOn[0]?.caseId ?? null, cpr);
}

function benefitRecords(
  { paidDaysAgo = 30 }: Scenario['asks'],
  id: string,
  facts: AccessFacts,
  caseId: string | null,
  cpr: string,
): FeedInput[] {
  const { ownerCvr, kle, sensitivity, source, profile } = delivered(facts);
  const head = { registeredAt: at, source, ownerCvr };
  const grant: FeedInput = {
    type: 'grant',
    id,
    ...head,
    sensitivity,
    profile,
    status: 'ACTIVE',
    startsOn: addDays(TODAY, -400),
    caseId,
    party: urn(cpr),
    benefits: [{ id: `${id.slice(0, -1)}9`, name: 'Ydelse', kle, startsOn: addDays(TODAY, -400) }],
  };
  if (paidDaysAgo === null) return [grant];
  const paidOn = addDays(TODAY, -paidDaysAgo);
  const amounts = { grossOre: 100_00, afterTaxOre: 60_00, sentOre: 60_00 };
  const payment: FeedInput = {
    type: 'payment',
    id: `${id.slice(0, -1)}8`,
    ...head,
    grantId: id,
    periodFrom: addDays(paidOn, -30),
    periodTo: paidOn,
    disposalDate: paidOn,
    ...amounts,
    lines: [{ text: 'Ydelse', kle, amountOre: 100_00 }],
  };
  return [grant, payment];
}

/** Delivers every scenario's records through the one write path. */
export async function deliverScenarios(ports: SubgraphPorts, staged: readonly Staged[]): Promise<void> {
  await deliver(ports, checkRecords(staged.flatMap((scenario) => scenario.records)));
}

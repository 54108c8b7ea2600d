import { createHash } from 'node:crypto';
import type { SeededContent } from '../subgraphs/access/ingest/seeded-contents.js';
import type { RecordKind } from '../subgraphs/shared/policy/grants.js';
import type { SensitivityRank } from '../subgraphs/shared/policy/sensitivity.js';
import { AUTHORITIES, UDK, type UnitName } from './authorities.js';

/** A source system of the synthetic world and the KLE numbers its cases have. */
export interface SourceSystem {
  readonly code: string;
  readonly name: string;
  readonly kinds: readonly RecordKind[];
  /** KLE patterns of its agreement. */
  readonly kle: readonly string[];
  /** KLE numbers its generated cases have. */
  readonly topics: readonly string[];
  readonly sensitivity: SensitivityRank;
  /** The authority that owns what it delivers, when that is not the municipality. */
  readonly ownerCvr?: string;
  readonly unit: UnitName;
  readonly staleAfterHours: number;
  readonly what: string;
}

const YEAR_HOURS = 365 * 24;
const CASES: readonly RecordKind[] = ['cases', 'documents', 'alerts'];
const PAYING: readonly RecordKind[] = ['cases', 'documents', 'benefits', 'alerts'];
const UDK_KINDS: readonly RecordKind[] = ['benefits', 'alerts'];

type Stated = Omit<SourceSystem, 'kle' | 'staleAfterHours'> & Partial<SourceSystem>;

/** @returns a system that covers the groups of its topics and may be silent for a year, unless it says otherwise */
const system = (stated: Stated): SourceSystem => ({
  kle: [...new Set(stated.topics.map((topic) => `${topic.slice(0, 5)}.*`))],
  staleAfterHours: YEAR_HOURS,
  ...stated,
});

/** Every source system of the synthetic municipality, in the guide's order. */
export const SOURCE_SYSTEMS: readonly SourceSystem[] = [
  system({
    code: 'KSD',
    name: 'Kommunernes Sygedagpengesystem',
    what: 'sickness benefit',
    kinds: PAYING,
    topics: ['32.30.00', '32.30.04'],
    unit: 'sickness',
    sensitivity: 4,
  }),
  system({
    code: 'KY',
    name: 'Kommunernes Ydelsessystem',
    what: 'cash benefit',
    kinds: PAYING,
    topics: ['32.24.04', '32.24.12', '32.24.28'],
    unit: 'benefits',
    sensitivity: 4,
    // Mentor support is granted beside cash benefit.
    kle: ['32.24.*', '15.17.*'],
  }),
  system({
    code: 'KP',
    name: 'Kommunernes Pensionssystem',
    what: 'pension supplements',
    kinds: PAYING,
    topics: ['32.03.12', '32.03.13', '32.03.10'],
    unit: 'benefits',
    sensitivity: 4,
  }),
  system({
    code: 'UDK_FAMILIE',
    name: 'Udbetaling Danmark Familie',
    what: 'family benefits',
    kinds: UDK_KINDS,
    topics: ['32.12.06', '32.10.04', '32.10.56'],
    unit: 'benefits',
    sensitivity: 3,
    ownerCvr: UDK,
  }),
  system({
    code: 'UDK_BARSEL',
    name: 'Udbetaling Danmark Barsel',
    what: 'maternity benefit',
    kinds: UDK_KINDS,
    topics: ['32.30.08'],
    unit: 'benefits',
    sensitivity: 3,
    ownerCvr: UDK,
  }),
  system({
    code: 'UDK_BOLIG',
    name: 'Udbetaling Danmark Bolig',
    what: 'housing benefit',
    kinds: UDK_KINDS,
    topics: ['32.06.04', '32.06.08'],
    unit: 'benefits',
    sensitivity: 3,
    ownerCvr: UDK,
  }),
  system({
    code: 'UDK_PENSION',
    name: 'Udbetaling Danmark Pension',
    what: 'state pension',
    kinds: UDK_KINDS,
    topics: ['32.03.04', '32.03.16'],
    unit: 'benefits',
    sensitivity: 3,
    ownerCvr: UDK,
  }),
  system({
    code: 'UDK_SAL',
    name: 'Udbetaling Danmark SAL',
    what: 'benefits administered by law',
    kinds: UDK_KINDS,
    topics: ['32.00.00'],
    unit: 'benefits',
    sensitivity: 3,
    ownerCvr: UDK,
  }),
  system({
    code: 'KMD_SAG',
    name: 'KMD Sag',
    what: 'older general cases',
    kinds: CASES,
    topics: ['32.21.12', '32.18.08', '32.21.24'],
    unit: 'service',
    sensitivity: 4,
  }),
  system({
    code: 'SBSYS',
    name: 'SBSYS (ESDH)',
    what: 'records and correspondence',
    kinds: CASES,
    topics: ['32.21.20', '32.24.05', '23.05.00', '23.05.10'],
    unit: 'service',
    sensitivity: 4,
  }),
  system({
    code: 'DUBU',
    name: 'DUBU',
    what: 'children and young people at risk',
    kinds: CASES,
    topics: ['27.12.00', '27.00.00'],
    unit: 'family',
    sensitivity: 4,
  }),
  system({
    code: 'JOBCENTER',
    name: 'Jobcentersystemet',
    what: 'employment',
    kinds: CASES,
    topics: ['15.20.00', '15.17.00', '32.27.00'],
    unit: 'jobs',
    sensitivity: 4,
  }),
  system({
    code: 'EOJ',
    name: 'Elektronisk Omsorgsjournal',
    what: 'care of the elderly',
    kinds: CASES,
    topics: ['27.36.00', '29.18.00'],
    unit: 'elderly',
    sensitivity: 4,
    staleAfterHours: 24,
  }),
  system({
    code: 'CPR',
    name: 'Det Centrale Personregister',
    what: 'person data and life events',
    kinds: ['persons', 'alerts'],
    topics: ['23.05.00'],
    unit: 'service',
    sensitivity: 4,
    kle: ['*'],
  }),
  system({
    code: 'CVR',
    name: 'Det Centrale Virksomhedsregister',
    what: 'companies',
    kinds: ['companies'],
    topics: ['24.00.00'],
    unit: 'service',
    sensitivity: 1,
    kle: ['*'],
  }),
  system({
    code: 'ORGANISATION',
    name: 'Støttesystemet Organisation',
    what: 'units and users',
    kinds: ['organisation'],
    topics: ['81.00.00'],
    unit: 'service',
    sensitivity: 1,
    kle: ['*'],
  }),
  system({
    code: 'KLASSIFIKATION',
    name: 'Støttesystemet Klassifikation',
    what: 'KLE topics (KL’s classification)',
    kinds: ['classification'],
    topics: ['00.00.00'],
    unit: 'service',
    sensitivity: 1,
    kle: ['*'],
  }),
];

/** Source systems that fetch the journal notes written on their cases; the others have them written in themselves. */
const NOTE_TAKERS = ['KSD', 'KY', 'KP', 'KMD_SAG', 'SBSYS'];

/** @returns whether a source system takes notes on its cases. */
export function takesNotes(code: string): boolean {
  return NOTE_TAKERS.includes(code);
}

/** @returns a source system by code. */
export function sourceByCode(code: string): SourceSystem {
  const found = SOURCE_SYSTEMS.find((sourceSystem) => sourceSystem.code === code);
  if (!found) throw new Error(`unknown source system ${code}`);
  return found;
}

/** @returns the IT-system UUID of a seeded source system, the same in every run. */
export function systemId(code: string): string {
  const digest = createHash('sha256').update(`overblik-source-system|${code}`).digest('hex');
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-4${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
}

/** Agreements of all three municipalities with every source system. */
export function agreements(): SeededContent[] {
  return AUTHORITIES.flatMap(({ cvr }) =>
    SOURCE_SYSTEMS.map(({ code, name, kinds, kle, sensitivity, ownerCvr, staleAfterHours }) => ({
      cvr,
      key: code,
      content: {
        kind: 'agreement' as const,
        source: code,
        name,
        kinds,
        read: true,
        deliver: true,
        kle,
        sensitivity,
        crossAuthority: ownerCvr !== undefined,
        staleAfterHours,
        ended: false,
      },
    })),
  );
}

/** Where cases of KSD open in its stand-in (`npm run ksd`), for all three municipalities. */
export function jumps(): SeededContent[] {
  return AUTHORITIES.map(({ cvr }) => ({
    cvr,
    key: systemId('KSD'),
    content: { kind: 'jump' as const, source: 'KSD', template: 'http://localhost:4100/sag/{caseId}' },
  }));
}

import { createHash } from 'node:crypto';
import type { SeededContent } from '../subgraphs/access/ingest/access-ingest.js';
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

const system = (
  code: string,
  name: string,
  what: string,
  kinds: readonly RecordKind[],
  topics: readonly string[],
  unit: UnitName,
  sensitivity: SensitivityRank,
  more: Partial<SourceSystem> = {},
): SourceSystem => ({
  code,
  name,
  what,
  kinds,
  topics,
  kle: [...new Set(topics.map((topic) => `${topic.slice(0, 5)}.*`))],
  unit,
  sensitivity,
  staleAfterHours: YEAR_HOURS,
  ...more,
});

/** Every source system of the synthetic municipality, in the guide's order. */
export const SOURCE_SYSTEMS: readonly SourceSystem[] = [
  system(
    'KSD',
    'Kommunernes Sygedagpengesystem',
    'sickness benefit',
    PAYING,
    ['32.30.00', '32.30.04'],
    'sickness',
    4,
  ),
  system(
    'KY',
    'Kommunernes Ydelsessystem',
    'cash benefit',
    PAYING,
    ['32.24.04', '32.24.12', '32.24.28'],
    'benefits',
    4,
    // Mentor support is granted beside cash benefit.
    { kle: ['32.24.*', '15.17.*'] },
  ),
  system(
    'KP',
    'Kommunernes Pensionssystem',
    'pension supplements',
    PAYING,
    ['32.03.12', '32.03.13', '32.03.10'],
    'benefits',
    4,
  ),
  system(
    'UDK_FAMILIE',
    'Udbetaling Danmark Familie',
    'family benefits',
    UDK_KINDS,
    ['32.12.06', '32.10.04', '32.10.56'],
    'benefits',
    3,
    { ownerCvr: UDK },
  ),
  system(
    'UDK_BARSEL',
    'Udbetaling Danmark Barsel',
    'maternity benefit',
    UDK_KINDS,
    ['32.30.08'],
    'benefits',
    3,
    { ownerCvr: UDK },
  ),
  system(
    'UDK_BOLIG',
    'Udbetaling Danmark Bolig',
    'housing benefit',
    UDK_KINDS,
    ['32.06.04', '32.06.08'],
    'benefits',
    3,
    { ownerCvr: UDK },
  ),
  system(
    'UDK_PENSION',
    'Udbetaling Danmark Pension',
    'state pension',
    UDK_KINDS,
    ['32.03.04', '32.03.16'],
    'benefits',
    3,
    { ownerCvr: UDK },
  ),
  system(
    'UDK_SAL',
    'Udbetaling Danmark SAL',
    'benefits administered by law',
    UDK_KINDS,
    ['32.00.00'],
    'benefits',
    3,
    { ownerCvr: UDK },
  ),
  system(
    'KMD_SAG',
    'KMD Sag',
    'older general cases',
    CASES,
    ['32.21.12', '32.18.08', '32.21.24'],
    'service',
    4,
  ),
  system(
    'SBSYS',
    'SBSYS (ESDH)',
    'records and correspondence',
    CASES,
    ['32.21.20', '32.24.05', '23.05.00', '23.05.10'],
    'service',
    4,
  ),
  system('DUBU', 'DUBU', 'children and young people at risk', CASES, ['27.12.00', '27.00.00'], 'family', 4),
  system(
    'JOBCENTER',
    'Jobcentersystemet',
    'employment',
    CASES,
    ['15.20.00', '15.17.00', '32.27.00'],
    'jobs',
    4,
  ),
  system(
    'EOJ',
    'Elektronisk Omsorgsjournal',
    'care of the elderly',
    CASES,
    ['27.36.00', '29.18.00'],
    'elderly',
    4,
    { staleAfterHours: 24 },
  ),
  system(
    'CPR',
    'Det Centrale Personregister',
    'person data and life events',
    ['persons', 'alerts'],
    ['23.05.00'],
    'service',
    4,
    {
      kle: ['*'],
    },
  ),
  system('CVR', 'Det Centrale Virksomhedsregister', 'companies', ['companies'], ['24.00.00'], 'service', 1, {
    kle: ['*'],
  }),
  system(
    'ORGANISATION',
    'Støttesystemet Organisation',
    'units and users',
    ['organisation'],
    ['81.00.00'],
    'service',
    1,
    { kle: ['*'] },
  ),
  system(
    'KLASSIFIKATION',
    'Støttesystemet Klassifikation',
    'KLE topics (KL’s classification)',
    ['classification'],
    ['00.00.00'],
    'service',
    1,
    { kle: ['*'] },
  ),
];

/** Source systems that fetch the journal notes written on their cases; the others have them written in themselves. */
const NOTE_TAKERS = ['KSD', 'KY', 'KP', 'KMD_SAG', 'SBSYS'];

/** @returns whether a source system takes notes on its cases. */
export function takesNotes(code: string): boolean {
  return NOTE_TAKERS.includes(code);
}

/** @returns a source system by code. */
export function sourceByCode(code: string): SourceSystem {
  const found = SOURCE_SYSTEMS.find((one) => one.code === code);
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

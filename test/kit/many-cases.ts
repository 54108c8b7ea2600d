import { randomUUID } from 'node:crypto';
import { KORSBAEK } from '../../seed/authorities.js';
import type { FeedInput } from '../../subgraphs/shared/records/records.js';

/** @returns so many cases of one person, as KY delivers them; their numbers are LANG-00001 and on. */
export function manyCases(cpr: string, count: number): FeedInput[] {
  return Array.from({ length: count }, (_, i) => ({
    type: 'case',
    id: randomUUID(),
    registeredAt: '2026-01-01T00:00:00Z',
    source: 'KY',
    ownerCvr: KORSBAEK,
    kle: '32.24.04',
    sensitivity: 2,
    unit: null,
    caseNumber: `LANG-${String(i + 1).padStart(5, '0')}`,
    title: `Sag nummer ${i + 1}`,
    history: [{ state: 'ARISEN', on: '2026-01-01' }],
    parties: [{ role: 'PRIMARY', person: `urn:oio:cpr-nr:${cpr}` }],
  }));
}

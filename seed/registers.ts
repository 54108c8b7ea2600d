import { createHash } from 'node:crypto';
import { isKleNumber } from '../subgraphs/shared/policy/kle.js';
import type { FeedInput } from '../subgraphs/shared/records/records.js';
import { KORSBAEK } from './authorities.js';
import { referenceRecords } from './reference.js';

/** When the registers began to deliver. */
const REGISTERED_AT = '2020-01-01T00:00:00Z';
const WEIGHTS = [2, 7, 6, 5, 4, 3, 2];

/** Employers of Korsbæk; made up, like everything that is seeded. */
const COMPANIES = [
  'Korsbæk Bageri ApS',
  'Havnens Fiskeauktion A/S',
  'Møllegårdens Planteskole',
  'Varnæs Byggeforretning A/S',
  'Korsbæk Boghandel I/S',
  'Larsens Vognmandsforretning',
  'Det Grønne Køkken ApS',
  'Banegårdens Kiosk',
];

/**
 * What classification, organisation and company register deliver, as records of the feed.
 * @returns KLE topics, units and companies
 */
export function registerRecords(): FeedInput[] {
  const head = (source: string, id: string) => ({ id, source, registeredAt: REGISTERED_AT });
  const references = referenceRecords().flatMap((record): FeedInput[] => {
    if ('title' in record) {
      const number = record._id.slice('kle:'.length);
      if (!isKleNumber(number)) return [];
      return [
        { type: 'kle-topic', ...head('KLASSIFIKATION', stableId(record._id)), number, title: record.title },
      ];
    }
    if (!('contact' in record)) return [];
    const { cvr, name, contact } = record;
    const id = record._id.slice('unit:'.length);
    return [{ type: 'organisation-unit', ...head('ORGANISATION', id), cvr, name, contact }];
  });
  const companies = COMPANIES.map((name, i): FeedInput => ({
    type: 'company',
    ...head('CVR', stableId(`company|${name}`)),
    cvr: cvrNumber(2_000_000 + i * 11),
    name,
    addressLine: `Havnegade ${i + 1}, 9999 Korsbæk`,
    municipalityCvr: KORSBAEK,
    startsOn: '2004-01-01',
    employees: 3 + 7 * i,
    productionUnits: [{ pNumber: String(1_000_000_000 + i), name }],
  }));
  return [...references, ...companies];
}

/** @returns a CVR number with a right check digit from seven digits, or the next that has one (docs/field.md, Company numbers). */
function cvrNumber(from: number): string {
  const digits = String(from).padStart(7, '0');
  const sum = WEIGHTS.reduce((total, weight, i) => total + Number(digits[i]) * weight, 0);
  const remainder = sum % 11;
  return remainder === 1 ? cvrNumber(from + 1) : `${digits}${remainder === 0 ? 0 : 11 - remainder}`;
}

function stableId(text: string): string {
  const hex = createHash('sha256').update(`overblik-register|${text}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

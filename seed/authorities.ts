import { namesOf } from '../subgraphs/shared/names/known-names.js';
/** Authorities of the synthetic world. The municipalities' CVR numbers fail modulus 11, so they are nobody's. */
export const KORSBAEK = '12345678';
export const MOSEKAER = '23456780';
export const FJORDBY = '34567892';
/** Udbetaling Danmark (docs/field.md, Company numbers). */
export const UDK = '33236239';

export const AUTHORITIES = [
  { cvr: KORSBAEK, name: 'Korsbæk Kommune', postcode: '9996', town: 'Korsbæk' },
  { cvr: MOSEKAER, name: 'Mosekær Kommune', postcode: '9997', town: 'Mosekær' },
  { cvr: FJORDBY, name: 'Fjordby Kommune', postcode: '9998', town: 'Fjordby' },
] as const;

export type Municipality = (typeof AUTHORITIES)[number];

/** Units of every municipality, by the work they do. */
export const UNITS = {
  benefits: 'Ydelsescenter',
  sickness: 'Sygedagpenge',
  jobs: 'Jobcenter',
  family: 'Familie og Børn',
  elderly: 'Sundhed og Ældre',
  service: 'Borgerservice',
} as const;

export type UnitName = keyof typeof UNITS;

/** Names of the units that every municipality has. */
export const UNIT_NAMES = namesOf(UNITS);

/** @returns the id of a municipality's unit, the same in every run. */
export function unitId(cvr: string, unit: UnitName): string {
  return `0000${cvr.slice(0, 4)}-${cvr.slice(4)}-4000-8000-${String(UNIT_NAMES.indexOf(unit) + 1).padStart(12, '0')}`;
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReferenceRecord } from '../subgraphs/shared/reference/reference-copy.js';
import { AUTHORITIES, UDK, UNIT_NAMES, unitId, UNITS } from './authorities.js';

/** seed/data, found both from source and from a build folder (data files are not compiled). */
const DATA = existsSync(join(import.meta.dirname, 'data', 'kle-topics.csv'))
  ? join(import.meta.dirname, 'data')
  : join(import.meta.dirname, '..', '..', 'seed', 'data');

/** @returns KLE numbers with titles (KL's classification, see NOTICE.md), units and authorities. */
export function referenceRecords(): ReferenceRecord[] {
  const rows = readFileSync(join(DATA, 'kle-topics.csv'), 'utf8').trim().split('\n').slice(1);
  const topics = rows.map((row): ReferenceRecord => {
    const [number = '', title = ''] = row.split(';');
    return { _id: `kle:${number}`, title };
  });
  const units = AUTHORITIES.flatMap(({ cvr, name }) =>
    UNIT_NAMES.map((unit): ReferenceRecord => ({
      _id: `unit:${unitId(cvr, unit)}`,
      cvr,
      name: UNITS[unit],
      contact: `${UNITS[unit]}, ${name}, tlf. 00 00 00 0${Object.keys(UNITS).indexOf(unit)}`,
    })),
  );
  const authorities = [...AUTHORITIES, { cvr: UDK, name: 'Udbetaling Danmark' }].map(
    ({ cvr, name }): ReferenceRecord => ({ _id: `authority:${cvr}`, name }),
  );
  return [...topics, ...units, ...authorities];
}

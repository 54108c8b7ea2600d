import type { Filter } from 'mongodb';
import type { Surroundings } from '../../shared/ports/shapes.js';
import type { PersonFacts } from '../../shared/records/events.js';
import { addressOn, householdFilter, householdOn } from '../source/addresses.js';
import type { CitizenCollections } from '../source/collections.js';
import type { CitizenRecord } from '../source/records.js';

/** Most people at one address that an event concerns. */
const MAX_HOUSEHOLD = 50;

type Head = Pick<CitizenRecord, '_id' | 'cpr' | 'birthDate' | 'relations' | 'homes' | 'addresses'>;

/**
 * @param today `yyyy-mm-dd` in Denmark
 * @returns persons with whom an event of theirs concerns, read when the event arrives
 */
export async function surroundingsOf(
  { citizens }: CitizenCollections,
  ids: readonly string[],
  today: string,
): Promise<Surroundings> {
  const read = async (filter: Filter<CitizenRecord>, limit: number): Promise<Head[]> =>
    citizens
      .find({ $and: [filter, { mergedInto: null }] }, { projection: PROJECTION })
      .limit(limit)
      .toArray();
  const persons = await read({ _id: { $in: [...ids] } }, ids.length);
  const spouseIds = persons.flatMap(({ relations }) =>
    relations.flatMap(({ relation, id }) => (relation === 'SPOUSE' && id !== null ? [id] : [])),
  );
  const addresses = persons.flatMap(({ addresses: all }) => householdOn(all, today) ?? []);
  const spouses = spouseIds.length === 0 ? [] : await read({ _id: { $in: spouseIds } }, spouseIds.length);
  const shared = householdFilter(addresses, today);
  const household = addresses.length === 0 ? [] : await read(shared, MAX_HOUSEHOLD);
  return {
    persons: persons.map(factsOf),
    spouses: spouses.map(factsOf),
    household: household
      .filter(
        ({ _id, addresses: all }) => !ids.includes(_id) && addresses.includes(householdOn(all, today) ?? ''),
      )
      .map(factsOf),
    homes: [
      ...new Set(
        persons.flatMap(({ homes }) => homes.flatMap((home) => (home.from <= today ? home.cvr : []))),
      ),
    ],
    currentHomes: [
      ...new Set(persons.flatMap(({ addresses: all }) => addressOn(all, today)?.municipalityCvr ?? [])),
    ],
  };
}

const PROJECTION = { cpr: 1, birthDate: 1, relations: 1, homes: 1, addresses: 1 } as const;

function factsOf({ _id, cpr, birthDate }: Head): PersonFacts {
  return { id: _id, key: cpr, birthDate };
}

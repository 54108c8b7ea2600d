import type { Db } from 'mongodb';
import {
  keepJoined,
  keepNewest,
  keepRecords,
  lowerCaseIds,
  type Stored,
} from '../../shared/in-step/lower-case-ids.js';
import { citizenCollections } from '../source/collections.js';
import { citizenStores } from './citizens-ingest.js';

/** Spells the ids of everything stored here in lower case, once. @returns how many documents were changed */
export function keepCitizenIds(database: Db): Promise<number> {
  const collections = citizenCollections(database);
  const { personStore, companyStore, remarkStore } = citizenStores(collections);
  const persons = keepRecords(personStore, {
    handOver: (changed) => [...new Set(changed.flatMap(({ cprKeys }) => cprKeys))],
  });
  const companies = keepRecords(companyStore, {
    handOver: (changed) => [...new Set(changed.map(({ cvr }) => cvr))],
  });
  const remarks = keepRecords(remarkStore, { handOver: () => [] });
  const others = [keepNewest(collections.ties), keepJoined(collections.ownPersons, joinOwnPersons)];
  return lowerCaseIds(database, [persons, companies, remarks], others);
}

/** Opened when it was opened last, and a favourite when it was one under either id. */
function joinOwnPersons(known: Stored, other: Stored): Stored {
  const times = [known['openedAt'], other['openedAt']].filter((at) => at instanceof Date);
  const openedAt = times.sort((a, b) => b.getTime() - a.getTime())[0] ?? null;
  return { ...known, openedAt, favourite: known['favourite'] === true || other['favourite'] === true };
}

import type { Collection, Db } from 'mongodb';
import { ensureIndexes } from '../../../store/indexes.js';
import type { CitizenRecord, RemarkRecord, TieRecord } from './records.js';

export interface CitizenCollections {
  readonly citizens: Collection<CitizenRecord>;
  readonly remarks: Collection<RemarkRecord>;
  readonly ties: Collection<TieRecord>;
}

export function citizenCollections(database: Db): CitizenCollections {
  return {
    citizens: database.collection<CitizenRecord>('citizens'),
    remarks: database.collection<RemarkRecord>('remarks'),
    ties: database.collection<TieRecord>('ties'),
  };
}

/** Creates the indexes; called at start. */
export async function ensureCitizenIndexes({ citizens, remarks, ties }: CitizenCollections): Promise<void> {
  await ensureIndexes(citizens, [
    { name: 'cpr', key: { cprKeys: 1 }, unique: true },
    { name: 'name', key: { nameTokens: 1 } },
    { name: 'address', key: { addressTokens: 1 } },
    { name: 'birth', key: { birthDate: 1 } },
    { name: 'household', key: { householdKey: 1 } },
  ]);
  await ensureIndexes(remarks, [
    { name: 'citizen', key: { citizenId: 1 } },
    { name: 'waiting', key: { personKey: 1 } },
  ]);
  await ensureIndexes(ties, [{ name: 'citizens', key: { citizenIds: 1 } }]);
}

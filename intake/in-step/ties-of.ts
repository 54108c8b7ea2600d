import { accessFacts } from '../../subgraphs/shared/in-step/access-facts.js';
import type { IngestOutcome } from '../../subgraphs/shared/in-step/registered.js';
import { registrationTime } from '../../subgraphs/shared/in-step/registration-time.js';
import type { TieInput } from '../../subgraphs/shared/ports/shapes.js';
import { partyKey } from '../../subgraphs/shared/records/parties.js';
import type { FeedRecord, FeedRecordOf } from '../../subgraphs/shared/records/records.js';

/** @returns which persons the records that were taken tie to which facts. */
export function tiesOf(records: readonly FeedRecord[], outcomes: readonly IngestOutcome[]): TieInput[] {
  return records.flatMap((record, i) => (outcomes[i] === 'foreign' ? [] : (tieOf(record) ?? [])));
}

/** What is filed on a case is tied through the case; what is gone ties nobody. */
function tieOf(record: FeedRecord): TieInput | undefined {
  const base = { recordId: record.id, ...registrationTime(record) };
  switch (record.type) {
    case 'case': {
      const keys = record.parties.map(({ person }) => partyKey(person));
      return { ...base, kind: 'case', keys, ties: [{ kind: 'case', ...accessFacts(record, []) }] };
    }
    case 'document': {
      const own = { kind: 'document' as const, ...accessFacts(record, []) };
      const ties = record.caseIds.length === 0 ? [own] : [];
      return { ...base, kind: 'document', keys: record.parties.map(partyKey), ties };
    }
    case 'alert': {
      const ties = record.caseId === null ? [{ kind: 'alert' as const, ...accessFacts(record, []) }] : [];
      return { ...base, kind: 'alert', keys: [partyKey(record.party)], ties };
    }
    case 'grant': {
      const ties = record.benefits.map(({ kle }) => ({
        kind: 'grant' as const,
        ...accessFacts({ ...record, kle, unit: null, hiddenFrom: [] }, []),
      }));
      return { ...base, kind: 'grant', keys: [partyKey(record.party)], ties };
    }
    case 'removal':
      return goneTie(record);
    default:
      return undefined;
  }
}

function goneTie(removal: FeedRecordOf<'removal'>): TieInput | undefined {
  const { id: recordId, of } = removal;
  if (of !== 'case' && of !== 'document' && of !== 'grant' && of !== 'alert') return undefined;
  return { kind: of, recordId, ...registrationTime(removal), keys: [], ties: [] };
}

import { registrationTime } from '../../shared/in-step/registration-time.js';
import { partyKey, type ResolvedParties } from '../../shared/records/parties.js';
import type { FeedRecordOf } from '../../shared/records/records.js';
import { personFields, remarkFields } from '../../shared/records/register-records.js';
import { storedFields } from '../../shared/records/stored-fields.js';
import type { CitizenRecord, CompanyRecord, RemarkRecord } from '../source/records.js';
import { searchKeysOf } from '../source/search-keys.js';
import { nameKeys } from '../source/search-text.js';

/** @returns a person as stored, without ties: those are derived. */
export function toCitizen(record: FeedRecordOf<'person'>, resolved: ResolvedParties): CitizenRecord {
  const { id, source, cpr, formerCprs } = record;
  return {
    _id: id,
    ...registrationTime(record),
    rev: 1,
    source,
    ...storedFields(record, personFields),
    cprKeys: [...new Set([cpr, ...formerCprs])],
    ...searchKeysOf(record),
    relations: record.relations.map(({ relation, person }) => {
      const key = partyKey(person);
      return { relation, key, id: resolved.get(key) ?? null };
    }),
    ties: [],
  };
}

/** @returns a company as stored. */
export function toCompany(record: FeedRecordOf<'company'>): CompanyRecord {
  const { id, type: _type, ...fields } = record;
  return { _id: id, rev: 1, ...fields, nameTokens: nameKeys(record.name) };
}

/** @returns a remark as stored; `citizenId` is null while the register has not delivered the person. */
export function toRemark(record: FeedRecordOf<'remark'>, resolved: ResolvedParties): RemarkRecord {
  const { id, source } = record;
  const { person, remarkType: type, ...fields } = storedFields(record, remarkFields);
  const personKey = partyKey(person);
  const citizenId = resolved.get(personKey) ?? null;
  return { _id: id, ...registrationTime(record), rev: 1, source, ...fields, citizenId, personKey, type };
}

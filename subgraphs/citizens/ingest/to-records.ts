import { registrationTime } from '../../shared/in-step/registration-time.js';
import { partyKey, type ResolvedParties } from '../../shared/records/parties.js';
import type { FeedRecordOf } from '../../shared/records/records.js';
import type { CitizenRecord, CompanyRecord, RemarkRecord } from '../source/records.js';
import { searchKeysOf } from '../source/search-keys.js';
import { nameKeys } from '../source/search-text.js';

/** @returns a person as stored, without ties: those are derived. */
export function toCitizen(record: FeedRecordOf<'person'>, resolved: ResolvedParties): CitizenRecord {
  const { id, source, cpr, formerCprs, name, birthDate, sex, civilStatus } = record;
  const { addresses, protectedAddress, status, statusSince, mergedInto } = record;
  return {
    _id: id,
    ...registrationTime(record),
    rev: 1,
    source,
    cpr,
    formerCprs,
    cprKeys: [...new Set([cpr, ...formerCprs])],
    name,
    ...searchKeysOf(record),
    birthDate,
    sex,
    civilStatus,
    status,
    statusSince,
    addresses,
    protectedAddress,
    relations: record.relations.map(({ relation, person }) => {
      const key = partyKey(person);
      return { relation, key, id: resolved.get(key) ?? null };
    }),
    mergedInto,
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
  const { id, source, cvr, remarkType: type, text, validFrom, validTo } = record;
  const personKey = partyKey(record.person);
  const citizenId = resolved.get(personKey) ?? null;
  const time = registrationTime(record);
  return { _id: id, ...time, rev: 1, source, cvr, citizenId, personKey, type, text, validFrom, validTo };
}

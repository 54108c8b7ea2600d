import { danishClock, danishMoment } from '../../../subgraphs/shared/days/danish-clock.js';
import type { ContentPartsFragment, MappingInput } from '../../generated/operations.js';
import type { FieldsOf } from '../../parts/form/field-spec.js';
import type { Words } from '../../text/text.js';
import { grantFields, grantInput, LEADER, type GrantFields } from './grant-fields.js';

type Mapping = NonNullable<ContentPartsFragment['mapping']>;

/** A grant being edited; the number keeps its fields its own while others come and go. */
export interface Numbered {
  readonly number: number;
  readonly grant: GrantFields;
}

/** A mapping as it is edited. */
export interface MappingFields {
  readonly uri: string;
  readonly name: string;
  readonly description: string;
  readonly validTo: string;
  readonly caseNumber: string;
  readonly grants: readonly Numbered[];
  readonly why: string;
}

/**
 * @param uri the job-function role's; null for a new mapping
 * @returns what its editor begins with
 */
export function mappingFields(uri: string | null, mapping: Mapping | null): MappingFields {
  const given = mapping?.grants ?? [{ role: 'citizen-read' }];
  const leader = given.find(({ role }) => role === LEADER);
  const grants = given.map((grant) => grantFields(grant, leader));
  return {
    uri: uri ?? '',
    name: mapping?.name ?? '',
    description: mapping?.description ?? '',
    validTo: mapping?.validTo == null ? '' : danishClock(new Date(mapping.validTo)),
    caseNumber: mapping?.caseNumber ?? '',
    grants: grants.map((grant, number) => ({ number, grant })),
    why: '',
  };
}

/** @returns the grant that the others can follow; undefined when there is none. */
export function leaderOf(grants: readonly Numbered[]): GrantFields | undefined {
  return grants.find(({ grant }) => grant.role === LEADER)?.grant;
}

/** @returns a mapping as it is sent; from when it holds is as it was. */
export function mappingInput(fields: MappingFields, revision: number, before: Mapping | null): MappingInput {
  const { validTo, caseNumber, grants, ...texts } = fields;
  const leader = leaderOf(grants);
  return {
    ...texts,
    revision,
    grants: grants.map(({ grant }) => grantInput(grant, grant === leader ? undefined : leader)),
    validFrom: before?.validFrom ?? null,
    validTo: validTo === '' ? null : danishMoment(validTo).toISOString(),
    caseNumber: caseNumber === '' ? null : caseNumber,
  };
}

/** @returns the fields of a mapping's editor beside its grants; the job-function role is asked for a new one. */
export function mappingList(isNew: boolean, { t }: Words): FieldsOf<MappingFields> {
  return [
    isNew ? { as: 'text', name: 'uri', label: t('mappingUri') } : null,
    { as: 'text', name: 'name', label: t('mappingName') },
    { as: 'text', name: 'description', label: t('description'), required: false },
    { as: 'text', name: 'validTo', label: t('mappingTo'), type: 'datetime-local', required: false },
    { as: 'text', name: 'caseNumber', label: t('mappingCase'), required: false, maxLength: 50 },
  ];
}

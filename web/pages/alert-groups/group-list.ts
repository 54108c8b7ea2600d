import type { AlertGroupChoicesQuery, AlertRelation } from '../../generated/operations.js';
import { EVENT_TYPES } from '../../parts/event-types.js';
import type { FieldsOf } from '../../parts/form/field-spec.js';
import type { Words } from '../../text/text.js';
import type { GroupFields } from './group-fields.js';

const RELATIONS: readonly AlertRelation[] = ['PERSON', 'SPOUSE', 'SECONDARY_PARTY', 'SAME_ADDRESS'];

/** @returns the fields of a group's editor: what it is about, whom it tells, and from when to when. */
export function groupList(
  fields: GroupFields,
  choices: AlertGroupChoicesQuery | undefined,
  words: Words,
): FieldsOf<GroupFields> {
  return [...aboutList(fields, choices, words), ...receiverList(fields, choices, words), periodRow(words)];
}

function aboutList(
  { eventTypes, eventCodes }: GroupFields,
  choices: AlertGroupChoicesQuery | undefined,
  { t, word, language }: Words,
): FieldsOf<GroupFields> {
  const types = EVENT_TYPES.map((eventType) => [eventType, word('event', eventType)] as const);
  const codes = (choices?.registerEvents ?? []).map(
    ({ code, textDa, textEn }) => [code, `${code} ${language === 'da' ? textDa : textEn}`] as const,
  );
  const folded = t('groupCodes', { count: eventCodes.length });
  const age = { as: 'text', type: 'number', required: false, min: 0, max: 130 } as const;
  return [
    { as: 'text', name: 'name', label: t('mappingName'), maxLength: 100 },
    { as: 'choices', name: 'eventTypes', label: t('event'), options: types },
    eventTypes.includes('REGISTER_EVENT')
      ? { as: 'choices', name: 'eventCodes', label: t('groupCodesHint'), options: codes, folded }
      : null,
    { as: 'kle', name: 'kle', label: t('groupKle') },
    { as: 'text', name: 'topic', label: t('groupTopic'), hint: t('groupTopicHint'), maxLength: 8 },
    {
      as: 'row',
      fields: [
        { ...age, name: 'ageFrom', label: t('groupAgeFrom') },
        { ...age, name: 'ageTo', label: t('groupAgeTo') },
      ],
    },
  ];
}

function receiverList(
  { receivers }: GroupFields,
  choices: AlertGroupChoicesQuery | undefined,
  { t, word }: Words,
): FieldsOf<GroupFields> {
  const relations = RELATIONS.map((relation) => [relation, word('concerns', relation)] as const);
  const units = (choices?.organisationUnits ?? []).map(({ id, name }) => [`UNIT:${id}`, name ?? id] as const);
  const users = (choices?.colleagues ?? []).map(({ id, name }) => [`USER:${id}`, name ?? id] as const);
  const count = receivers.filter((receiver) => receiver.startsWith('USER:')).length;
  const label = t('groupReceivers');
  return [
    { as: 'choices', name: 'relations', label: t('groupRelations'), options: relations },
    { as: 'choices', name: 'receivers', label, options: units },
    { as: 'choices', name: 'receivers', label, options: users, folded: t('groupUsers', { count }) },
  ];
}

function periodRow({ t }: Words): FieldsOf<GroupFields>[number] {
  return {
    as: 'row',
    fields: [
      { as: 'text', name: 'validFrom', label: t('groupFrom'), type: 'date' },
      { as: 'text', name: 'lastDay', label: t('groupTo'), type: 'date', required: false },
      {
        as: 'text',
        name: 'cleanUpDays',
        label: t('groupCleanUp'),
        type: 'number',
        required: false,
        min: 1,
        max: 3650,
      },
    ],
  };
}

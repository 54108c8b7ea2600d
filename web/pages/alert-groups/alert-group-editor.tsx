import { useState, type SubmitEvent } from 'react';
import { useMutation, useQuery } from 'urql';
import {
  AlertGroupChoices,
  SaveAlertGroup,
  type AlertGroupInput,
  type AlertReceiverKind,
  type AlertRelation,
} from '../../generated/operations.js';
import { firstDayAfter, lastDayBefore } from '../../../subgraphs/shared/days/period.js';
import { EVENT_TYPES } from '../../parts/event-types.js';
import { ChoicesField } from '../../parts/fields/choice-field.js';
import { KleField } from '../../parts/fields/kle-field.js';
import { TextField } from '../../parts/fields/text-field.js';
import { ProblemMessage } from '../../parts/problem-message.js';
import { useWords } from '../../text/text.js';
import type { Group } from './group.js';
import { danishDay } from '../../../subgraphs/shared/days/danish-day.js';

const RELATIONS: readonly AlertRelation[] = ['PERSON', 'SPOUSE', 'SECONDARY_PARTY', 'SAME_ADDRESS'];

interface AlertGroupEditorProps {
  /** Null for a new one. */
  readonly group: Group | null;
  readonly onDone: (saved: boolean) => void;
}

/** What a new group begins with: every area, the person herself, from today. */
const NEW: Pick<
  Group,
  'name' | 'eventTypes' | 'eventCodes' | 'kle' | 'topic' | 'relations' | 'receivers' | 'validFrom'
> = {
  name: '',
  eventTypes: [],
  eventCodes: [],
  kle: ['*'],
  topic: null,
  relations: ['PERSON'],
  receivers: [],
  validFrom: danishDay(new Date()),
};

type Fields = ReturnType<typeof fieldsOf>;

function fieldsOf(group: Group | null) {
  const { name, eventTypes, eventCodes, kle, topic, relations, receivers, validFrom } = group ?? NEW;
  return {
    name: name ?? '',
    eventTypes: eventTypes ?? [],
    eventCodes: eventCodes ?? [],
    kle: kle ?? [],
    topic: topic?.number ?? '',
    relations: relations ?? [],
    receivers: (receivers ?? []).map(({ kind, id }) => `${kind}:${id}`),
    validFrom: validFrom ?? '',
    lastDay: lastDayBefore(group?.validTo ?? null) ?? '',
    ageFrom: textOf(group?.ageFrom),
    ageTo: textOf(group?.ageTo),
    cleanUpDays: textOf(group?.cleanUpDays),
  };
}

function inputOf(group: Group | null, fields: Fields): AlertGroupInput {
  const { lastDay, ...others } = fields;
  return {
    ...others,
    id: group?.id ?? null,
    revision: group?.revision ?? 0,
    ageFrom: numberOf(fields.ageFrom),
    ageTo: numberOf(fields.ageTo),
    cleanUpDays: numberOf(fields.cleanUpDays),
    validTo: lastDay === '' ? null : firstDayAfter(lastDay),
    receivers: fields.receivers.map((one) => ({
      kind: one.slice(0, one.indexOf(':')) as AlertReceiverKind,
      id: one.slice(one.indexOf(':') + 1),
    })),
  };
}

const numberOf = (text: string): number | null => (text.trim() === '' ? null : Number(text));
const textOf = (number: number | null | undefined): string => (number == null ? '' : String(number));

/** Makes or changes a group. What is written stays until the server has taken it. */
export function AlertGroupEditor({ group, onDone }: AlertGroupEditorProps) {
  const { t, word, language } = useWords();
  const [{ data: choices }] = useQuery({ query: AlertGroupChoices });
  const [{ fetching, error }, save] = useMutation(SaveAlertGroup);
  const [fields, setFields] = useState(() => fieldsOf(group));
  const set = (change: Partial<typeof fields>) => setFields({ ...fields, ...change });
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const { data } = await save({ input: inputOf(group, fields) });
    if (data?.saveAlertGroup) onDone(true);
  };
  const events = (choices?.registerEvents ?? []).map(
    ({ code, textDa, textEn }) => [code, `${code} ${language === 'da' ? textDa : textEn}`] as const,
  );
  const units = (choices?.organisationUnits ?? []).map(({ id, name }) => [`UNIT:${id}`, name ?? id] as const);
  const users = (choices?.colleagues ?? []).map(({ id }) => [`USER:${id}`, id] as const);
  return (
    <form className="section-card" onSubmit={(event: SubmitEvent) => void submit(event)}>
      <TextField
        label={t('mappingName')}
        value={fields.name}
        maxLength={100}
        onChange={(name) => set({ name })}
      />
      <ChoicesField
        label={t('event')}
        values={fields.eventTypes}
        options={EVENT_TYPES.map((one) => [one, word('event', one)] as const)}
        onChange={(values) => set({ eventTypes: EVENT_TYPES.filter((one) => values.includes(one)) })}
      />
      {fields.eventTypes.includes('REGISTER_EVENT') ? (
        <details>
          <summary>{t('groupCodes', { count: fields.eventCodes.length })}</summary>
          <ChoicesField
            label={t('groupCodesHint')}
            values={fields.eventCodes}
            options={events}
            onChange={(eventCodes) => set({ eventCodes })}
          />
        </details>
      ) : null}
      <KleField label={t('groupKle')} values={fields.kle} onChange={(kle) => set({ kle })} />
      <TextField
        label={t('groupTopic')}
        hint={t('groupTopicHint')}
        value={fields.topic}
        maxLength={8}
        onChange={(topic) => set({ topic })}
      />
      <div className="filters">
        <TextField
          label={t('groupAgeFrom')}
          type="number"
          required={false}
          min={0}
          max={130}
          value={fields.ageFrom}
          onChange={(ageFrom) => set({ ageFrom })}
        />
        <TextField
          label={t('groupAgeTo')}
          type="number"
          required={false}
          min={0}
          max={130}
          value={fields.ageTo}
          onChange={(ageTo) => set({ ageTo })}
        />
      </div>
      <ChoicesField
        label={t('groupRelations')}
        values={fields.relations}
        options={RELATIONS.map((one) => [one, word('concerns', one)] as const)}
        onChange={(values) => set({ relations: RELATIONS.filter((one) => values.includes(one)) })}
      />
      <ChoicesField
        label={t('groupReceivers')}
        values={fields.receivers}
        options={units}
        onChange={(receivers) => set({ receivers: [...receivers] })}
      />
      <details>
        <summary>
          {t('groupUsers', { count: fields.receivers.filter((one) => one.startsWith('USER:')).length })}
        </summary>
        <ChoicesField
          label={t('groupReceivers')}
          values={fields.receivers}
          options={users}
          onChange={(receivers) => set({ receivers: [...receivers] })}
        />
      </details>
      <div className="filters">
        <TextField
          label={t('groupFrom')}
          type="date"
          value={fields.validFrom}
          onChange={(validFrom) => set({ validFrom })}
        />
        <TextField
          label={t('groupTo')}
          type="date"
          required={false}
          value={fields.lastDay}
          onChange={(lastDay) => set({ lastDay })}
        />
        <TextField
          label={t('groupCleanUp')}
          type="number"
          required={false}
          min={1}
          max={3650}
          value={fields.cleanUpDays}
          onChange={(cleanUpDays) => set({ cleanUpDays })}
        />
      </div>
      <p className="actions">
        <button type="submit" className="button button-primary" disabled={fetching}>
          {t('groupSave')}
        </button>
        <button type="button" className="button button-secondary" onClick={() => onDone(false)}>
          {t('cancel')}
        </button>
      </p>
      {error ? <ProblemMessage error={error} /> : null}
    </form>
  );
}
